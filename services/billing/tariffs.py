"""Tariffs: published net prices by tariff group, in editions that each hold from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.message import Medium

ALWAYS = date.min
"""The first day of an edition that was published without one."""

Prices = Mapping[str, Decimal]
"""Net prices in PLN by their published names: `capacity_pln_mw_month`, `network_fixed_pln_mw_month`, `energy_pln_gj`,
`network_variable_pln_gj`, `carrier_pln_m3`, `water_pln_m3`, `sewage_pln_m3`, `standing_pln_month`."""


class NoPrice(LookupError):
    """A tariff, a group, or a day without a price; the text says which."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The prices of all groups from the local day `valid_from` until the next edition."""

    valid_from: date
    groups: Mapping[str, Prices]


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff with its editions, the oldest first."""

    code: str
    medium: Medium
    editions: tuple[Edition, ...]

    def prices(self, group: str, day: date) -> Prices:
        """The prices of `group` on `day`. Raises `NoPrice`."""
        valid = [edition for edition in self.editions if edition.valid_from <= day]
        if not valid:
            raise NoPrice(f"tariff {self.code} has no prices for {day}: its first edition is from {self._first}")
        if group not in valid[-1].groups:
            raise NoPrice(f"tariff {self.code} has no group {group} on {day}")
        return valid[-1].groups[group]

    def changes(self, first: date, last: date) -> Sequence[date]:
        """The days after `first`, up to `last`, on which a new edition begins."""
        return [edition.valid_from for edition in self.editions if first < edition.valid_from <= last]

    @property
    def _first(self) -> str:
        return self.editions[0].valid_from.isoformat() if self.editions else "none"


def from_editions(code: str, medium: Medium, editions: Iterable[Edition]) -> Tariff:
    """A tariff of `editions` in any order."""
    return Tariff(code, medium, tuple(sorted(editions, key=lambda edition: edition.valid_from)))
