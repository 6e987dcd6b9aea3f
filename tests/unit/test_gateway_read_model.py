"""What the read model keeps can be told again, so that `ebok replay` may empty it."""

import pytest

from deploy import catalog
from gateway.projections import FED_BY
from services.chassis.settings import Settings
from tests.support.profiles import a_profile


@pytest.mark.parametrize("owner", FED_BY)
def test_whoever_feeds_the_read_model_tells_its_history_again(owner: str) -> None:
    service = catalog.entry(owner).build(Settings(), a_profile())
    assert service.histories, (
        f"services/{owner}/app.py lacks `service.replays(…)`, or its projections `told_again=False`"
    )
