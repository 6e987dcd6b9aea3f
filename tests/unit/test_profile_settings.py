"""No setting without a reader: what a profile says, something obeys."""

from pathlib import Path

import pytest

from deploy.catalog import sections
from services.chassis.profile.reading import OF_EVERYBODY
from services.identity.profile import Registration, RegistrationField
from tests.support.settings_read import Setting, read_by_code, read_by_templates, settings

ROOT = Path(__file__).parents[2]
EVERY = (*OF_EVERYBODY, *sections())
FOLDERS = ("services", "gateway", "deploy")


@pytest.fixture(scope="module")
def read() -> set[Setting]:
    """What code and templates read."""
    by_code = {setting for folder in FOLDERS for setting in read_by_code(ROOT / folder)}
    return by_code | {setting for folder in FOLDERS for setting in read_by_templates(ROOT / folder, EVERY)}


def test_every_setting_is_read_by_something(read: set[Setting]) -> None:
    assert sorted(f"{group.__name__}.{name}" for group, name in settings(EVERY) - read) == []


def test_a_setting_that_nothing_reads_is_found_though_its_name_is_everywhere(tmp_path: Path) -> None:
    reader = """
from services.identity.profile import Registration

def fields(work, applicant):
    registration = work.profile.of(Registration)
    return [field.name for field in registration.fields], applicant.required
"""
    (tmp_path / "reader.py").write_text(reader, encoding="utf-8")
    assert read_by_code(tmp_path) == {(Registration, "fields"), (RegistrationField, "name")}
    assert (RegistrationField, "required") in settings([Registration])
