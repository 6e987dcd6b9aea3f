"""What a person is told once, and what was typed before a login: in signed cookies of a short life."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from litestar import Request

from gateway.home.views import Contact
from gateway.web import said, typed
from gateway.web.forms import see_other
from gateway.web.recognition import anonymous_visit
from gateway.web.samples import NOW
from gateway.web.view import Message
from gateway.web.visitors.signing import signed
from tests.support import samples

SECRET = "of this test"
ANNA, JAN = UUID(int=1), UUID(int=2)
TYPED = {"_csrf_token": "x", "idempotency_key": "k", "value": "312,5", "read_on": "2026-11-22"}


def test_a_message_is_heard_in_its_time_and_only_when_it_is_ours() -> None:
    message = Message("success", "Hasło jest zmienione", "Żółć.", (("/bills", "Rachunki"),))
    value = said.said(SECRET, message, "customer", NOW)
    assert said.heard(SECRET, value, "customer", NOW) == message
    assert said.heard(SECRET, value, "office", NOW) is None
    assert said.heard("of somebody else", value, "customer", NOW) is None
    assert said.heard(SECRET, value, "customer", NOW + said.LASTS + timedelta(seconds=1)) is None
    before = signed(SECRET, "said once", json.dumps([int(NOW.timestamp()) + 60, "info", "Gotowe", "", []]))
    for odd in ("", "x", "a.b", "ż.ż", before):
        assert said.heard(SECRET, odd, "customer", NOW) is None


@pytest.mark.parametrize("href", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_message_leads_to_pages_of_the_office_alone(href: str) -> None:
    with pytest.raises(ValueError, match="pages of ours"):
        said.said(SECRET, Message("success", "Gotowe", "", [(href, "Dalej")]), "customer", NOW)


def test_the_next_page_tells_what_a_form_led_to_and_no_page_after_it(tmp_path: Path) -> None:
    site, visit = samples.site(tmp_path), samples.visit()
    links = [("/office/applications/7?page=2", "Następny <wniosek>")]
    told = site.say(visit, "success", "Wniosek przyjęty", "Dla: %(name)s.", links, name="<b>Anna")
    answer = see_other("/contact", told)
    (cookie,) = answer.cookies
    assert (cookie.httponly, cookie.samesite, cookie.max_age) == (True, "lax", 120)
    scope: Any = {"type": "http", "method": "GET", "path": "/contact", "query_string": b"", "state": {}}
    heard = anonymous_visit(Request(scope | {"headers": [(b"cookie", f"ebok_said={cookie.value}".encode())]}), site)
    heard.now = visit.now
    page = site.page(heard, Contact())
    assert "Wniosek przyjęty" in page.content
    assert "Dla: &lt;b&gt;Anna." in page.content
    assert '<a href="/office/applications/7?page=2">Następny &lt;wniosek&gt;' in page.content
    assert [(one.key, one.max_age) for one in page.cookies if one.key == "ebok_said"] == [("ebok_said", 0)]
    assert "Wniosek przyjęty" not in site.page(samples.visit(), Contact()).content


def test_what_was_typed_comes_back_to_the_same_person_on_the_same_page_in_its_time() -> None:
    value = typed.kept(SECRET, ANNA, "/readings/660", TYPED, NOW)
    assert typed.found(SECRET, value, ANNA, "/readings/660", NOW) == {"value": "312,5", "read_on": "2026-11-22"}
    for account, page, now in (
        (JAN, "/readings/660", NOW),
        (ANNA, "/readings/661", NOW),
        (ANNA, "/readings/660", NOW + typed.LASTS + timedelta(seconds=1)),
    ):
        assert typed.found(SECRET, value, account, page, now) == {}
    assert typed.found("of somebody else", value, ANNA, "/readings/660", NOW) == {}


def test_a_message_of_the_office_waits_for_a_page_of_the_office(tmp_path: Path) -> None:
    site, clerk = samples.site(tmp_path), samples.by_clerk()
    clerk.path = "/office/applications"
    told = site.say(clerk, "success", "Wniosek przyjęty")
    scope: Any = {"type": "http", "method": "GET", "query_string": b""}
    for path, heard in (("/bills", False), ("/office", True)):
        headers = [(b"cookie", f"{told.key}={told.value}".encode())]
        visit = anonymous_visit(Request(scope | {"path": path, "state": {}, "headers": headers}), site)
        visit.now = clerk.now
        page = site.page(visit, Contact())
        assert ("Wniosek przyjęty" in page.content) is heard
        assert bool([cookie for cookie in page.cookies if cookie.key == told.key]) is heard


def test_what_comes_back_has_no_signs_that_nobody_can_type() -> None:
    value = typed.kept(SECRET, ANNA, "/p", {"reason": "Numer\0 jest\u202e inny."}, NOW)
    assert typed.found(SECRET, value, ANNA, "/p", NOW) == {"reason": "Numer jest inny."}


@pytest.mark.parametrize(
    "sent", [{}, {"_csrf_token": "x"}, {"old_password": "kora-7", "name": "Anna"}, {"reason": "ż" * 3_000}]
)
def test_no_password_nothing_empty_and_nothing_too_long_is_kept(sent: dict[str, str]) -> None:
    assert typed.kept(SECRET, ANNA, "/office/applications/7", sent, NOW) == ""


def test_a_long_reason_is_kept() -> None:
    reason = "Proszę podać numer ostatniej faktury. " * 26
    value = typed.kept(SECRET, ANNA, "/p", {"reason": reason}, NOW)
    assert typed.found(SECRET, value, ANNA, "/p", NOW) == {"reason": reason}
