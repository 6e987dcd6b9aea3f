"""Connections of the pages to the read model: a pool for each kind of visitor, since each sees something else."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy.engine import make_url

from contracts.identity import Audience
from gateway.read_model.scope import EVERYTHING, NOTHING
from gateway.web.visitors.scoped import SECONDS

_SESSION = {"application_name": "ebok gateway pages", "plan_cache_mode": "force_generic_plan", "jit": "off"}
"""A page finds a few rows by their keys, so one plan serves all; making it anew took longer than the query itself."""


@dataclass(frozen=True, slots=True)
class Pools:
    """`public` sees nobody's rows and never has a scope; `customer` only ever within one; `office` sees everything."""

    public: asyncpg.Pool
    customer: asyncpg.Pool
    office: asyncpg.Pool

    def of(self, audience: Audience) -> asyncpg.Pool:
        """The pool for those who came in by a door."""
        return self.office if audience == "office" else self.customer


@asynccontextmanager
async def open_pools(database_url: str, size: int = 10) -> AsyncIterator[Pools]:
    """Pools of at most `size` connections each; they connect when first asked, and bear that the database is away."""
    async with (
        _pool(database_url, size, NOTHING) as public,
        _pool(database_url, size, NOTHING) as customer,
        _pool(database_url, size, EVERYTHING) as office,
    ):
        yield Pools(public, customer, office)


def _pool(database_url: str, size: int, settings: Mapping[str, str]) -> asyncpg.Pool:
    return asyncpg.create_pool(
        make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False),
        min_size=0,
        max_size=size,
        timeout=5,
        command_timeout=SECONDS,
        init=_read_json,
        reset=_leave,
        server_settings={**_SESSION, **settings},
    )


async def _leave(_connection: asyncpg.Connection) -> None:
    """What a visit leaves is its scope, which the next one sets anew; clearing it would be a round trip for nothing."""


async def _read_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
