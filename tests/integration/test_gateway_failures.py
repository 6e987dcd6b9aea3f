"""The list of what failed: whom it names, what it says was done, and how a mail leaves it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from contracts.billing import InvoiceDocumentFailed, InvoiceDocumentRetried, PartyRecorded
from contracts.correspondence import DropMail, MailDropped, MailFailed, MailRetried, RetryMail
from contracts.identity import LoggedIn
from contracts.message import Event, Request
from contracts.reply import Rejected
from gateway.failures.office import ask_to_drop_mail, drop_mail, failure_list, retry_mail
from gateway.failures.office import retry_all as retry_all_page
from gateway.web.page import OfficePage
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from gateway.web.visitors.visit import Visit
from services.chassis.errors import Unavailable
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage import files
from services.correspondence.refusals import reasons
from tests.support.browser import in_process
from tests.support.pages import parse
from tests.support.service import UnderTest

FAILED = MailFailed.model_validate(MailFailed.example)
LIST = "/office/failures"
DROP = f"{LIST}/mail/{FAILED.mail_id}/drop"


@dataclass
class Desk:
    """A clerk before the list, in which one mail stands."""

    gateway: Process
    browser: httpx.AsyncClient

    async def hears(self, event: type[Event], ago: timedelta = timedelta(0), **changes: object) -> None:
        """Let the gateway hear `event` about the mail, which happened so long ago."""
        at = self.gateway.clock() - ago
        moment = {"retried_at": at} if event is MailRetried else {"dropped_at": at} if event is MailDropped else {}
        await self.gateway.apply([event.model_validate(event.example | moment | changes)])

    async def sees(self, path: str) -> httpx.Response:
        return await self.browser.get(path)


@pytest.fixture
async def desk(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Desk]:
    gateway = (await under_test("gateway")).process
    await gateway.apply([FAILED, PartyRecorded.model_validate(PartyRecorded.example | {"party_id": FAILED.party_id})])
    clerk = {"audience": "office", "party_id": None, "roles": ("clerk",), "must_change_password": False}
    login = LoggedIn.model_validate(LoggedIn.example | clerk | {"logged_in_at": gateway.clock()})
    store = files.open_store(Settings(files_url=tmp_path.as_uri()))
    async with open_pools(gateway.settings.database_url) as pools:
        token = await open_session(pools.public, login, gateway.clock())
        pages = [
            OfficePage(failure_list, "failures"),
            OfficePage(ask_to_drop_mail, "failures"),
            OfficePage(drop_mail, "failures"),
            OfficePage(retry_mail, "failures"),
            OfficePage(retry_all_page, "failures"),
        ]
        transport = in_process(web_application(Site(gateway, pools, store, pages)), faults_are_pages=True)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://office.example", cookies={"ebok_office": token}
        ) as browser:
            yield Desk(gateway, browser)


async def test_a_failure_names_the_payer_s_code(desk: Desk) -> None:
    page = await desk.sees(LIST)
    assert f"Kod płatnika: {PartyRecorded.example['code']}" in page.text


@pytest.mark.parametrize(
    ("done", "words"), [("retry", "Wiadomość czeka na wysłanie"), ("drop", "Wiadomość zdjęta z listy")]
)
async def test_what_was_done_is_said_once_and_stands_in_no_address(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, done: str, words: str
) -> None:
    others = Answers(desk.gateway, ["done"], [])
    monkeypatch.setattr(Site, "ask", lambda _, *args, **kwargs: others.ask(*args, **kwargs))
    answer = await sends(desk, f"{LIST}/mail/{FAILED.mail_id}/{done}")
    assert answer.headers["location"] == LIST
    assert words in parse((await desk.sees(LIST)).text).text
    assert words not in parse((await desk.sees(LIST)).text).text


async def test_a_mail_leaves_the_list_by_a_page_that_asks_first(desk: Desk) -> None:
    assert f'href="{DROP}"' in (await desk.sees(LIST)).text
    asked = await desk.sees(DROP)
    assert asked.status_code == 200
    assert f'action="{DROP}"' in asked.text
    assert FAILED.recipient in asked.text


async def test_who_is_asked_too_late_is_told_that_the_mail_is_not_in_the_list(desk: Desk) -> None:
    await desk.hears(MailDropped)
    asked = await desk.sees(DROP)
    assert asked.status_code == 404
    assert "Tej wiadomości nie ma już na liście" in asked.text
    assert f'action="{DROP}"' not in asked.text


@dataclass
class Answers:
    """What correspondence and billing say to each thing that they are asked to try again, in the order of asking."""

    gateway: Process
    said: list[str]
    asked: list[Request]

    async def ask(self, _: Visit, request: Request, **__: object) -> tuple[Event, ...] | Rejected:
        self.asked.append(request)
        match self.said.pop(0):
            case "away":
                raise Unavailable
            case "refused":
                return Rejected(code="expired", errors=(reasons.error("expired"),))
        about = request.model_dump()
        kinds: dict[type[Request], type[Event]] = {RetryMail: MailRetried, DropMail: MailDropped}
        kind = kinds.get(type(request), InvoiceDocumentRetried)
        event = kind.model_validate(kind.example | about | {"version": 7})
        await self.gateway.apply([event])
        return (event,)


async def sends(desk: Desk, address: str) -> httpx.Response:
    form = parse((await desk.sees(LIST)).text)
    token = next(entry.get("value") for entry in form.all("input") if entry.get("name") == "_csrf_token")
    return await desk.browser.post(address, data={"_csrf_token": token})


MORE = UUID(int=2)
DOCUMENT = InvoiceDocumentFailed.model_validate(InvoiceDocumentFailed.example)


@pytest.mark.parametrize(
    ("answers", "status", "said", "left"),
    [
        (["done", "done", "done"], 200, ["Ponowiono: 3."], 0),
        (["done", "refused", "done"], 200, ["Ponowiono: 2.", "Nie dało się ponowić: 1."], 1),
        (["done", "away"], 503, ["Ponowiono: 1.", "teraz nie odpowiada"], 2),
    ],
)
async def test_everything_is_tried_again_by_one_button_which_says_how_much(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, answers: list[str], status: int, said: list[str], left: int
) -> None:
    assert "Ponów wszystkie" not in (await desk.sees(LIST)).text
    await desk.hears(MailFailed, mail_id=MORE)
    await desk.gateway.apply([DOCUMENT])
    assert "Ponów wszystkie (3)" in (await desk.sees(LIST)).text
    others = Answers(desk.gateway, list(answers), [])
    monkeypatch.setattr(Site, "ask", lambda _, *args, **kwargs: others.ask(*args, **kwargs))
    answer = await sends(desk, f"{LIST}/retry")
    assert answer.status_code == status
    assert [words for words in said if words in answer.text] == said
    assert answer.text.count("Spróbuj ponownie<") == left
    assert others.said == []
