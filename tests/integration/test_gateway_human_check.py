"""One solved human check, one form: held by the gateway's database."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from gateway.applications.human_check import give_back, new_check, passed, use
from gateway.web.visitors.pools import open_pools
from services.chassis.clock import system_clock
from tests.support.service import UnderTest

NOW = system_clock()
SECRET = "of this test"


@pytest.fixture
async def pool(under_test: UnderTest) -> AsyncIterator[asyncpg.Pool]:
    gateway = await under_test("gateway")
    async with open_pools(gateway.process.settings.database_url) as pools:
        yield pools.public


async def test_a_refused_form_gives_its_own_check_back(pool: asyncpg.Pool) -> None:
    token = new_check(SECRET, NOW).token
    assert await use(pool, SECRET, token, "a form", NOW)
    await give_back(pool, SECRET, token, "a form")
    assert await use(pool, SECRET, token, "another form", NOW)


async def test_a_refused_form_gives_no_check_back_that_another_form_has_used(pool: asyncpg.Pool) -> None:
    token = new_check(SECRET, NOW).token
    assert await use(pool, SECRET, token, "a form", NOW)
    await give_back(pool, SECRET, token, "a refused form that came at the same time")
    assert not await use(pool, SECRET, token, "another form", NOW)


async def test_a_passed_check_is_the_same_one(pool: asyncpg.Pool) -> None:
    token = new_check(SECRET, NOW).token
    assert await use(pool, SECRET, passed(SECRET, token, "k" * 22).token, "a form", NOW)
    assert not await use(pool, SECRET, token, "another form", NOW)
