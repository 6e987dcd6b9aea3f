"""What all forms share."""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.reply import Rejected
from gateway.accounts import passwords, public
from gateway.web.forms import TOO_LONG, UNPRINTABLE, Form
from gateway.web.visitors.paths import local_path
from services.identity.refusals import reasons as identity
from tests.support import samples


@pytest.mark.parametrize("path", ["/bills", "/bills?page=2", "/readings/660", "/office/applications?state=waiting"])
def test_a_path_of_this_site_is_followed_after_login(path: str) -> None:
    assert local_path(path, "/bills") == path


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/a\nSet-Cookie:",
        "//[",
    ],
)
def test_a_link_from_outside_leads_nowhere_else(outside: str) -> None:
    assert local_path(outside, "/bills") == "/bills"


def test_a_refusal_stands_beside_its_fields_under_the_names_of_the_form() -> None:
    rejected = Rejected(
        code="invalid",
        errors=(
            identity.error("wrong_old_password", "old_password"),
            identity.error("password_too_short", "new_password", shortest=12),
            identity.error("password_without_digit", "new_password"),
        ),
    )
    form = Form({"email": "anna"}).refused(rejected, "identity", "en", {"old_password": "password"})
    assert form.errors == {
        "password": "This is not your old password.",
        "new_password": (
            "The password is too short: it must have at least 12\u00a0characters. "
            "The password must have at least one digit."
        ),
    }
    assert (form.code, form.status, form.value("email")) == ("invalid", 422, "anna")


def test_a_form_sent_again_keeps_its_key() -> None:
    key = Form().key
    assert Form.sent({"idempotency_key": key}).key == key


@pytest.mark.parametrize("foreign", ["", "k", "k" * 140_000, "a key with blanks in it", "klucz-ćwierć-jaźń-12345"])
def test_a_key_that_is_not_ours_is_replaced(foreign: str) -> None:
    key = Form.sent({"idempotency_key": foreign}).key
    assert key != foreign
    assert len(key) == len(Form().key)


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\ufeff", "\x00", "\x1b", "\ue000", "\udc80"])
def test_what_nobody_sees_is_told_at_its_field_and_left_out(unseen: str) -> None:
    form = Form.sent({"name": f"Anna{unseen} Żółć", "email": "anna@poczta.example"})
    assert dict(form.errors) == {"name": UNPRINTABLE}
    assert form.value("name") == "Anna Żółć"


def test_a_soft_hyphen_and_line_ends_come_with_what_people_copy() -> None:
    assert Form.sent({"reason": "Rachu\u00adnek\r\nz\tpaździernika"}).errors == {}


def test_a_password_may_hold_a_sign_that_is_made_of_several() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}"
    assert Form.sent({"password": family}).values["password"] == family


@pytest.mark.parametrize("name", ["old_password", "new_password", "new_password_again"])
async def test_a_password_longer_than_any_field_is_told_at_its_field(tmp_path: Path, name: str) -> None:
    who = samples.by_customer()
    assert who.customer
    typed = {"old_password": "kora-7", "new_password": "bryza-8", "new_password_again": "bryza-8", name: "a" * 3_000}
    shown = await passwords.change(samples.site(tmp_path), who, who.customer, typed)
    assert (shown.status_code, TOO_LONG in str(shown.content)) == (422, True)


@pytest.mark.parametrize(("who", "source"), [("customer", "przysłaliśmy"), ("clerk", "administrator")])
def test_whoever_has_a_temporary_password_is_told_so_and_where_it_came_from(
    tmp_path: Path, who: str, source: str
) -> None:
    site, visit = samples.site(tmp_path), samples.by_customer() if who == "customer" else samples.by_clerk()
    person = visit.customer or visit.clerk
    assert person
    form = replace(passwords.shown_form(site, visit, person, Form()), forced=True)
    text = str(site.page(visit, form).content)
    assert "Masz hasło tymczasowe" in text
    assert source in text


@pytest.mark.parametrize("door", ["customer", "office"])
def test_what_people_log_in_with_is_called_as_on_their_login_page(tmp_path: Path, door: str) -> None:
    site = samples.site(tmp_path)
    visit, word, other = (
        (samples.by_customer(), "Identyfikator", "Login ")
        if door == "customer"
        else (samples.by_clerk(), "Login", "Identyfikator")
    )
    login = public.login(site, Form()) if door == "customer" else public.office_login(site, visit, Form())
    person = visit.customer or visit.clerk
    assert person
    form = replace(passwords.shown_form(site, visit, person, Form()), forced=True)
    for page in (site.page(visit, login), site.page(visit, form)):
        assert word in str(page.content)
        assert other not in str(page.content)
