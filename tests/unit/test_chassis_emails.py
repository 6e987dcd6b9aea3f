"""One rule of what an e-mail address is."""

import pytest

from services.chassis.emails import address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna@poczta.example", "anna@poczta.example"),
        ("Anna.Z+woda@POCZTA.Example", "Anna.Z+woda@poczta.example"),
        ("o'neil@poczta.example", "o'neil@poczta.example"),
        ("adam@żółta-poczta.example", "adam@xn--"),
    ],
)
def test_an_address_is_kept_as_mail_servers_take_it(typed: str, kept: str) -> None:
    assert address(typed).startswith(kept)
    assert address(typed).isascii()
    assert address(address(typed)) == address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@poczta",
        "anna@@poczta.example",
        "kazia.@probny.example",
        "jan..b@probny.example",
        ".jan@probny.example",
        "a,b@c.pl",
        "<b@c.pl>",
        "ą@ćma.pl",
        "a b@c.pl",
        "a@c.pl\nBcc: x@y.pl",
        "Anna <anna@poczta.example>",
        "a" * 70 + "@poczta.example",
        "a@" + "b." * 120 + "pl",
        "a@c.pl, b@c.pl",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no e-mail address"):
        address(typed)
