"""Files of tariffs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from contracts.message import Medium
from services.billing.invoicing.settlement import CHARGES, UNSETTLED_PRICES
from services.billing.tariffs import tariff_book
from services.billing.tariffs.tariff_book import Publication
from services.billing.tariffs.tariffs import ALWAYS
from services.chassis.imports.importing import Importer, Numbered, Outcome, RowProblem
from services.chassis.imports.row_models import FileRow
from services.chassis.storage.unit_of_work import UnitOfWork

Price = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=6)]


class TariffRow(FileRow):
    """A tariff as it was published: net prices in PLN by tariff group; without `valid_from` it holds always."""

    code: str
    utility: str
    medium: Medium
    vat: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
    valid_from: date = ALWAYS
    source: str
    groups: Annotated[dict[str, dict[str, Price]], Field(min_length=1)]

    @model_validator(mode="after")
    def _prices_of_the_medium(self) -> Self:
        known = {charge.price for charge in CHARGES[self.medium]} | UNSETTLED_PRICES[self.medium]
        for group, prices in self.groups.items():
            if unknown := sorted(prices.keys() - known):
                raise ValueError(
                    f"group {group}: there is no price {unknown[0]}; there are: {', '.join(sorted(known))}"
                )
        return self


async def store(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Insert new tariffs and overwrite changed ones; the medium of a tariff's code never changes."""
    stored = await tariff_book.publications(work.connection)
    known = {(each.code, each.valid_from): each for each in stored}
    media = {each.code: each.medium for each in stored}
    problems: list[RowProblem] = []
    fresh: list[Publication] = []
    for numbered in rows:
        row: TariffRow = numbered.row
        if media.setdefault(row.code, row.medium) != row.medium:
            reason = f"tariff {row.code} is stored already for another medium: {media[row.code]}"
            problems.append(RowProblem(numbered.line, "medium", reason))
            continue
        after = Publication(**row.model_dump())
        if known.get((row.code, row.valid_from)) != after:
            fresh.append(after)
    await tariff_book.publish(work.connection, fresh)
    added = sum((each.code, each.valid_from) not in known for each in fresh)
    return Outcome(
        added=added,
        changed=len(fresh) - added,
        unchanged=len(rows) - len(problems) - len(fresh),
        problems=tuple(problems),
    )


IMPORTER = Importer("tariffs", TariffRow, store, key=("code", "valid_from"))
