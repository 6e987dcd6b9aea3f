"""From an application to the first login, over the real broker: identity and correspondence together (W04, W06)."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from contracts.identity import AccountOpened, ApplicationReceived, LoggedIn, LogIn, SubmitApplication
from contracts.reply import Accepted
from deploy import catalog
from services.chassis.messaging.requester import Requester, events_of
from services.chassis.messaging.topology import Part
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.identity import staff
from tests.support.identity import FORM, agreement, decision, party
from tests.support.infrastructure import Servers
from tests.support.mailbox import Mailbox, plain_of
from tests.support.profiles import a_profile


@pytest.fixture
async def services(
    servers: Servers, database: Callable[[str], str], mailbox: Mailbox, tmp_path: Path
) -> AsyncIterator[dict[str, Process]]:
    profile = a_profile()

    def build(name: str, amqp_url: str = "") -> Process:
        entry = catalog.entry(name)
        settings = Settings(
            amqp_url=amqp_url,
            database_url=database(entry.package),
            smtp_url=mailbox.url,
            files_url=tmp_path.as_uri(),
            secret="kora-7-bryza-sowa-lipa",
        )
        return Process(entry.build(settings, profile))

    names = ("identity", "correspondence")
    parts = [catalog.entry(name).build(Settings(), profile).part for name in names]
    amqp_url = servers.broker.plain([*parts, Part("gateway", asks=True)])
    services = {name: build(name, amqp_url) for name in names}
    for process in services.values():
        await process.start()
    await asyncio.gather(*(process.wait_until_ready() for process in services.values()))
    yield services
    for process in services.values():
        await process.stop()


async def test_w04_w06_an_accepted_applicant_logs_in_with_what_came_by_mail(
    services: dict[str, Process], mailbox: Mailbox
) -> None:
    identity = services["identity"]
    for event in (party(), agreement()):
        async with identity.work() as work:
            await identity.service.event_handlers[type(event)](event, work)
    async with identity.work() as work:
        clerk = await staff.add(
            work, login="maria", name="Maria", roles=("clerk",), password="Kwiecista-Laka-77", must_change=False
        )
    async with Requester(identity.settings.amqp_url, source="gateway", clock=identity.clock) as requester:
        applied = await requester.ask(SubmitApplication.model_validate(FORM), correlation_id="c1")
        assert isinstance(applied, Accepted)
        (received,) = events_of(applied)
        assert isinstance(received, ApplicationReceived)
        accepted = await requester.ask(decision(received, clerk.clerk_id), correlation_id="c2")
        assert isinstance(accepted, Accepted)
        assert AccountOpened in {type(event) for event in events_of(accepted)}

        message = await asyncio.to_thread(mailbox.wait_for, "anna@poczta.example", "Dane do logowania")
        found = re.search(r"Identyfikator: (\S+)\s+Hasło tymczasowe: (\S+)", plain_of(message))
        assert found is not None
        login = await requester.ask(
            LogIn(audience="customer", identifier=found[1], password=found[2]), correlation_id="c3"
        )
        assert isinstance(login, Accepted)
        (session,) = events_of(login)
        assert isinstance(session, LoggedIn)
        assert session.must_change_password
