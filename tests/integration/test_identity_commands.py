"""`ebok staff` and `ebok account`, run as a person runs them."""

import os
import subprocess
import sys
from collections.abc import Callable

import asyncpg
import pytest

from contracts.identity import CredentialsIssued
from services.chassis.ids import stable_id
from services.identity import passwords

PASSWORD = "Zielony-Parasol-1957"


class Terminal:
    """A shell whose `ebok` works on one database of identity."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url

    def ebok(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "deploy.cli", *words],
            input=typed,
            env={**os.environ, "EBOK_DATABASE_URL": self.database_url, "EBOK_PROFILE": "demo", "COLUMNS": "200"},
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",  # so a test types bytes that are no UTF-8
            timeout=60,
            check=False,
        )

    async def value(self, query: str) -> object:
        connection = await asyncpg.connect(self.database_url)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()


@pytest.fixture
def terminal(database: Callable[[str], str]) -> Terminal:
    return Terminal(database("services.identity"))


@pytest.mark.parametrize(
    ("login", "name", "told"),
    [
        ("", "Jan Referent", "--login must have 1 to 100 characters."),
        ("jan", "  ", "--name must have 1 to 100 characters."),
        ("jan", "Jan\u200bReferent", "--name has a character that cannot be seen (U+200B); type the text again."),
        ("j" * 101, "Jan Referent", "--login must have 1 to 100 characters."),
    ],
)
def test_a_clerk_has_a_login_and_a_name_that_can_be_read(terminal: Terminal, login: str, name: str, told: str) -> None:
    refused = terminal.ebok("staff", "add", "--login", login, "--name", name)
    assert refused.returncode == 1
    assert told in " ".join(refused.stderr.split())


async def test_a_clerk_gets_a_temporary_password_that_is_shown_once_and_works(terminal: Terminal) -> None:
    done = terminal.ebok(
        "staff", "add", "--login", "maria", "--name", "Maria Urzędnik", "--role", "clerk", "--role", "admin"
    )
    assert done.returncode == 0, done.stderr
    shown = done.stdout.rpartition(": ")[2].strip()
    kept = await terminal.value("SELECT password_hash FROM credential WHERE identifier = 'maria' AND must_change")
    assert await passwords.verify(str(kept), shown)
    assert await terminal.value("SELECT roles FROM clerk WHERE name = 'Maria Urzędnik' AND active") == [
        "clerk",
        "admin",
    ]


async def test_a_clerk_s_own_password_is_read_from_standard_input_and_never_printed(terminal: Terminal) -> None:
    words = ("staff", "add", "--login", "jan", "--name", "Jan Referent", "--password-stdin", "--no-must-change")
    done = terminal.ebok(*words, typed=PASSWORD + "\n")
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert await terminal.value("SELECT must_change FROM credential WHERE identifier = 'jan'") is False


def test_a_login_that_is_taken_a_weak_password_and_an_unknown_role_are_told_without_a_traceback(
    terminal: Terminal,
) -> None:
    words = ("staff", "add", "--login", "maria", "--name", "Maria Urzędnik")
    assert terminal.ebok(*words).returncode == 0
    for code, done, told in (
        (1, terminal.ebok(*words), "The user name maria is already taken"),
        (1, terminal.ebok(*words, "--password-stdin", typed="krótkie\n"), "at least 12 characters"),
        (1, terminal.ebok(*words, "--password-stdin", typed="zima\udcbf\n"), "is not written in UTF-8"),
        (2, terminal.ebok(*words, "--role", "boss"), "boss"),
    ):
        assert done.returncode == code
        assert told in done.stderr + done.stdout
        assert "Traceback" not in done.stderr


async def test_an_account_is_opened_for_a_known_party_and_once_only(terminal: Terminal) -> None:
    party_id = stable_id("party", "100001")
    await terminal.value(
        f"INSERT INTO party VALUES ('{party_id}', '100001', 'Anna Przykładowa', NULL, NULL, 'anna@poczta.example', 1)"  # noqa: S608
    )
    words = ("account", "open", "--party", "100001", "--no-must-change")
    first, second = (terminal.ebok(*words, typed=PASSWORD + "\n") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "is ready" in first.stdout
    assert "nothing has changed" in second.stdout
    assert await terminal.value("SELECT count(*) FROM outbox") == 1
    unknown = terminal.ebok("account", "open", "--party", "999999", typed=PASSWORD + "\n")
    assert unknown.returncode == 1
    assert "There is no party 999999" in unknown.stderr


async def test_a_lost_password_is_replaced_and_mailed_but_not_shown(terminal: Terminal) -> None:
    party_id = stable_id("party", "100001")
    await terminal.value(
        f"INSERT INTO party VALUES ('{party_id}', '100001', 'Anna Przykładowa', NULL, NULL, 'anna@poczta.example', 1)"  # noqa: S608
    )
    assert terminal.ebok("account", "open", "--party", "100001", typed=PASSWORD + "\n").returncode == 0
    done = terminal.ebok("account", "reset", "--party", "100001")
    assert done.returncode == 0, done.stderr
    assert "anna@poczta.example" in done.stdout
    query = "SELECT convert_from(body, 'UTF8') FROM outbox WHERE message_type LIKE 'identity.credentials.%'"
    issued = CredentialsIssued.model_validate_json(str(await terminal.value(query)))
    assert issued.temporary_password not in done.stdout + done.stderr
    unknown = terminal.ebok("account", "reset", "--party", "999999")
    assert unknown.returncode == 1
    assert "Party 999999 has no account" in unknown.stderr


async def test_a_clerk_is_deactivated_and_comes_back_with_a_new_password(terminal: Terminal) -> None:
    assert terminal.ebok("staff", "add", "--login", "maria", "--name", "Maria Urzędnik").returncode == 0
    assert terminal.ebok("staff", "deactivate", "--login", "maria").returncode == 0
    assert await terminal.value("SELECT active FROM clerk") is False
    refused = terminal.ebok("staff", "reset", "--login", "maria")
    assert (refused.returncode, "--reactivate" in refused.stderr) == (1, True)
    done = terminal.ebok("staff", "reset", "--login", "maria", "--reactivate")
    shown = done.stdout.rpartition(": ")[2].strip()
    kept = await terminal.value("SELECT password_hash FROM credential WHERE identifier = 'maria' AND must_change")
    assert await passwords.verify(str(kept), shown)


def test_a_database_that_is_away_is_told_without_a_traceback() -> None:
    away = Terminal("postgresql://ebok:x@127.0.0.1:9/ebok")
    done = away.ebok("staff", "add", "--login", "maria", "--name", "Maria Urzędnik")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
