"""Which fixtures there are: see `tests/support/fixtures.py`."""

pytest_plugins = ["tests.support.fixtures"]
