"""Which fixtures there are: see `tests/support/fixtures.py`; how workers share a run: `tests/support/workers.py`."""

pytest_plugins = ["tests.support.workers", "tests.support.fixtures"]
