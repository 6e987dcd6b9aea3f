"""What `ebok doctor` looks at, where no stack is needed to see it."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.local import checks
from deploy.local.account import Account
from deploy.local.checks import Level


class Usage(NamedTuple):
    free: int


def test_doctor_looks_at_the_disk_of_each_folder_that_is_a_mount_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account("me", 1, 1, tmp_path)
    for name in ("postgres", "rabbitmq", "mail"):
        (tmp_path / "stack" / name).mkdir(parents=True)
    own_mount = tmp_path / "stack" / "rabbitmq"
    monkeypatch.setattr(checks, "device_of", lambda folder: 2 if folder == own_mount else 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0 if folder == own_mount else 10**12))

    found = list(checks.disks(account))

    assert [(finding.level, str(own_mount) in finding.text) for finding in found] == [
        (Level.FINE, False),
        (Level.PROBLEM, True),
    ]
