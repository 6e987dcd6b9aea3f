"""The tables that the code expects are those that the migrations make, for every service of the catalogue."""

from collections.abc import Callable

import pytest

from deploy.catalog import SERVICES, ServiceEntry
from services.chassis.storage import tables as chassis_tables
from services.chassis.storage.database import open_engine
from tests.support.schemas import schema

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


async def make_tables(service: ServiceEntry, database_url: str) -> None:
    """Make the service's tables as its code describes them, without migrations."""
    engine = open_engine(database_url, application_name="test")
    async with engine.begin() as connection:
        for metadata in (chassis_tables.metadata, service.tables()):
            await connection.run_sync(metadata.create_all)
    await engine.dispose()


@each_service
async def test_the_migrations_make_what_the_code_describes(
    service: ServiceEntry, database: Callable[[str], str], database_url: str
) -> None:
    await make_tables(service, database_url)
    assert await schema(database(service.package)) == await schema(database_url)
