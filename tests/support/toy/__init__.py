"""A service that knows no business, with one table: for tests of what every service stands on."""

from uuid import UUID

from sqlalchemy import Column, Identity, Integer, MetaData, Table, Text, Uuid, insert

from services.chassis.storage.unit_of_work import UnitOfWork

PACKAGE = "tests.support.toy"

metadata = MetaData()

noted = Table(
    "noted",
    metadata,
    Column("place", Integer, Identity(), primary_key=True),
    Column("thing_id", Uuid, nullable=False),
    Column("text", Text, nullable=False),
)


async def note(work: UnitOfWork, thing_id: UUID, text: str = "") -> None:
    """Leave a trace of an effect; unlike in a real service, twice is two rows."""
    await work.connection.execute(insert(noted).values(thing_id=thing_id, text=text))
