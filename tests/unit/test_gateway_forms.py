"""What all forms share."""

import pytest

from contracts.reply import FieldError, Rejected
from gateway.web.forms import errors_of, local_path


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
    ],
)
def test_a_link_from_outside_leads_nowhere_else(outside: str) -> None:
    assert local_path(outside, "/bills") == "/bills"


def test_a_refusal_stands_beside_its_fields() -> None:
    rejected = Rejected(
        code="invalid",
        errors=(
            FieldError(field="email", text="Wpisz adres e-mail."),
            FieldError(field="name", text="Wpisz nazwę."),
            FieldError(field="email", text="Sprawdź, czy jest w nim znak @."),
        ),
    )
    assert errors_of(rejected) == {
        "email": "Wpisz adres e-mail. Sprawdź, czy jest w nim znak @.",
        "name": "Wpisz nazwę.",
    }
