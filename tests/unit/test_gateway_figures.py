"""Figures as people read them."""

from decimal import Decimal

import pytest

from gateway.web.texts.figures import trimmed


@pytest.mark.parametrize(
    ("kept", "read"), [("312.000", "312"), ("195.303", "195.303"), ("0.100", "0.1"), ("1000", "1000"), ("0.000", "0")]
)
def test_a_register_is_shown_without_idle_zeros(kept: str, read: str) -> None:
    assert str(trimmed(Decimal(kept))) == read
