"""Tariffs (taryfy): what a tariff group pays for a unit, and from which day on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.message import Medium

ALWAYS = date.min
"""The first day of a tariff that was published without one."""


class NoPrice(LookupError):
    """No tariff says what to charge; the text tells which one is missing."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A tariff as it stands from `valid_from` on: net prices in PLN by tariff group and name of the price."""

    valid_from: date
    groups: Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff through time; `editions` in the order of their first days."""

    code: str
    medium: Medium
    editions: tuple[Edition, ...]

    def prices(self, group: str, on: date) -> Mapping[str, Decimal]:
        """The group's prices on a day. Raises `NoPrice` before the first edition and for an unknown group."""
        current = next((edition for edition in reversed(self.editions) if edition.valid_from <= on), None)
        if current is None:
            raise NoPrice(f"tariff {self.code} has no prices for {on}")
        if group not in current.groups:
            raise NoPrice(f"tariff {self.code} has no group {group} on {on}")
        return current.groups[group]

    def changes(self, after: date, until: date) -> list[date]:
        """First days of editions that begin after `after` and not later than `until`."""
        return [edition.valid_from for edition in self.editions if after < edition.valid_from <= until]


def from_editions(code: str, medium: Medium, editions: Iterable[Edition]) -> Tariff:
    """The tariff whose editions may come in any order."""
    return Tariff(code, medium, tuple(sorted(editions, key=lambda edition: edition.valid_from)))
