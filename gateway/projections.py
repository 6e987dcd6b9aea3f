"""The whole read model: which event feeds which table, subject by subject."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table

from gateway.accounts import projections as accounts
from gateway.agreements import projections as agreements
from gateway.applications import projections as applications
from gateway.bills import projections as bills
from gateway.failures import projections as failures
from gateway.mails import projections as mails
from gateway.read_model.projecting import Projects
from gateway.read_model.tables import progress
from gateway.readings import projections as readings

PROJECTIONS: Sequence[Projects] = (
    *agreements.PROJECTIONS,
    *bills.PROJECTIONS,
    *readings.PROJECTIONS,
    *applications.PROJECTIONS,
    *accounts.PROJECTIONS,
    *mails.PROJECTIONS,
    *failures.PROJECTIONS,
)


def _fed_by() -> dict[str, tuple[Table, ...]]:
    fed: dict[str, tuple[Table, ...]] = {}
    for projection in PROJECTIONS:
        if projection.told_again:
            fed[projection.owner] = (*fed.get(projection.owner, ()), *projection.tables)
    return fed


FED_BY: Mapping[str, Sequence[Table]] = _fed_by()
"""Which tables hold what a service told and can tell again; `progress` has a row for each of them."""

READ_MODEL: Sequence[Table] = (*(table for tables in FED_BY.values() for table in tables), progress)
"""What `ebok replay` can make again from the services."""
