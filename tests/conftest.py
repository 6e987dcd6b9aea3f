"""Which fixtures there are: see `tests/support/fixtures.py`; how workers share a run: `tests/support/workers.py`.

Hypothesis tries the same examples in each run, so that a run says something about the change; `--hypothesis-profile
search` tries others, and many of them.
"""

from hypothesis import settings

pytest_plugins = ["tests.support.workers", "tests.support.fixtures"]

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=5_000, deadline=None)
settings.load_profile("same")
