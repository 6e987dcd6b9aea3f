"""The migrations of a service as files say, and as Alembic reads them."""

from importlib.resources import files

import pytest
from alembic.script import ScriptDirectory

from deploy.catalog import SERVICES
from services.chassis.storage.versions import history


@pytest.mark.parametrize("package", [service.package for service in SERVICES])
def test_migrations_are_in_the_order_of_their_files(package: str) -> None:
    folder = str(files(package) / "migrations")
    scripts = ScriptDirectory(folder, version_locations=[f"{folder}/versions"])
    assert history(package) == [script.revision for script in scripts.walk_revisions()][::-1]
