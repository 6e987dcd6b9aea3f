"""A bill's PDF, from the object store to the customer."""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from obstore.store import HTTPStore, ObjectStore

from contracts.billing import InvoiceDocumentStored, InvoiceIssued
from contracts.identity import LoggedIn
from gateway.bills.customer import bill_document
from gateway.web.page import CustomerPage
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage import files
from tests.support.browser import in_process
from tests.support.service import UnderTest

INVOICE = UUID(InvoiceIssued.example["invoice_id"])
KEY = InvoiceDocumentStored.example["key"]
PDF = b"%PDF-1.7".ljust(InvoiceDocumentStored.example["size"])
STORED = InvoiceDocumentStored.model_validate(
    InvoiceDocumentStored.example | {"sha256": hashlib.sha256(PDF).hexdigest()}
)


@dataclass
class Reader:
    """A customer who asks for the PDF of the one bill; `store` is where it should lie."""

    browser: httpx.AsyncClient
    gateway: Process
    site: Site
    store: ObjectStore

    async def asks(self) -> httpx.Response:
        return await self.browser.get(f"/bills/{INVOICE}/pdf")


@pytest.fixture
async def reader(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Reader]:
    gateway = (await under_test("gateway")).process
    await gateway.apply([InvoiceIssued.model_validate(InvoiceIssued.example), STORED])
    whose = {"party_id": InvoiceIssued.example["party_id"], "must_change_password": False}
    login = LoggedIn.example | whose | {"logged_in_at": gateway.clock()}
    store = files.open_store(Settings(files_url=tmp_path.as_uri()))
    async with open_pools(gateway.settings.database_url) as pools:
        token = await open_session(pools.public, LoggedIn.model_validate(login), gateway.clock())
        site = Site(gateway, pools, store, [CustomerPage(bill_document)])
        transport = in_process(web_application(site), faults_are_pages=True)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://office.example", cookies={"ebok": token}
        ) as browser:
            yield Reader(browser, gateway, site, store)


async def test_the_pdf_comes_under_the_number_of_the_bill(reader: Reader) -> None:
    await files.put(reader.store, KEY, PDF)
    answer = await reader.asks()
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="FV-2026-11-000123.pdf"'


@pytest.mark.parametrize(
    ("number", "disposition"),
    [
        ("FŁ/2026/1", "inline; filename=\"F_-2026-1.pdf\"; filename*=UTF-8''F%C5%81-2026-1.pdf"),
        ('F"V/1\\2', "inline; filename=\"F_V-1-2.pdf\"; filename*=UTF-8''F%22V-1-2.pdf"),
    ],
)
async def test_a_number_of_any_signs_is_the_name_of_the_file(reader: Reader, number: str, disposition: str) -> None:
    await files.put(reader.store, KEY, PDF)
    again = InvoiceIssued.model_validate(InvoiceIssued.example | {"number": number, "version": 2})
    await reader.gateway.apply([again])
    answer = await reader.asks()
    assert (answer.status_code, answer.headers["content-disposition"]) == (200, disposition)


async def test_a_pdf_that_is_not_to_be_had_now_is_said_to_be_so_and_comes_when_it_is_there_again(
    reader: Reader,
) -> None:
    answer = await reader.asks()
    assert answer.status_code == 503
    assert "Spróbuj" in answer.text
    await files.put(reader.store, KEY, PDF)
    assert (await reader.asks()).status_code == 200


@pytest.mark.parametrize("other", [PDF[:1000], PDF.replace(b"1.7", b"1.6")], ids=["a part", "another of its size"])
async def test_a_file_that_is_not_the_one_that_was_stored_is_not_shown(reader: Reader, other: bytes) -> None:
    await files.put(reader.store, KEY, other)
    answer = await reader.asks()
    assert answer.status_code == 503
    assert "Spróbuj" in answer.text


async def test_a_pdf_is_not_waited_for_longer_than_a_few_seconds(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        reader.site.files = HTTPStore.from_url(
            f"http://127.0.0.1:{silent.getsockname()[1]}", client_options={"allow_http": True}
        )
        async with asyncio.timeout(5):
            answer = await reader.asks()
    assert answer.status_code == 503
    assert "Spróbuj" in answer.text
