"""`ebok import` of meters and readings into a real database."""

import asyncio
import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from deploy.cli import imports
from deploy.cli.imports import ALL_IN, CUT_OFF, NOT_STARTED, SOME_REFUSED, import_
from services.chassis.clock import local_date, system_clock
from services.chassis.imports import loading

REAL_REGISTER = Path(__file__).parents[3] / "shared" / "data" / "heat-meter-660-hourly.csv"
METERS = "number;service_point;medium;unit;street;postal_code;city;installed_on;legalized_until\n"
HEAT_660 = "660;PP-1;heat;GJ;Lipowa 6;00-001;Wierzbogród;2023-05-01;2028-12-31\n"
WATER_7 = "W7;PP-1;water;m3;Lipowa 6;00-001;Wierzbogród;2023-05-01;\n"
READINGS = "meter_number;read_on;register;source\n"
HOURLY = (
    "customer_id,meter_id,time_rounded,energy_heat_kwh,volume_flow_m3,inlet_flow_energy_m3xC,back_flow_energy_m3xC\n"
)


class ImportCommand:
    """Metering's database, files to import, and what the command says."""

    def __init__(self, url: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.folder = folder
        self._capsys = capsys

    def load(self, kind: str, content: str, **options: Any) -> tuple[int, str]:
        """The exit code and the text of `ebok import`."""
        file = self.folder / f"{kind}.csv"
        file.write_text(content)
        return self.load_file(kind, file, **options)

    def load_file(self, kind: str, file: Path, **options: Any) -> tuple[int, str]:
        self._capsys.readouterr()
        code = import_(kind, file, **options)
        return code, self._capsys.readouterr().out

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.run(lambda connection: connection.fetch(query))]

    def execute(self, statement: str) -> None:
        self.run(lambda connection: connection.execute(statement))

    def run(self, act: Callable[[asyncpg.Connection], Any]) -> Any:
        async def connected() -> Any:
            connection = await asyncpg.connect(self.url)
            try:
                return await act(connection)
            finally:
                await connection.close()

        return asyncio.run(connected())

    @property
    def events(self) -> int:
        return int(self.rows("SELECT count(*) FROM outbox")[0][0])


@pytest.fixture
def office(
    database: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> ImportCommand:
    url = database("services.metering")
    monkeypatch.setenv("EBOK_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "200")
    return ImportCommand(url, tmp_path, capsys)


def test_meters_go_in_once_and_a_second_import_changes_nothing(office: ImportCommand) -> None:
    assert office.load("meters", METERS + HEAT_660 + WATER_7) == (
        ALL_IN,
        "Good rows: 2 (new: 2, changed: 0, unchanged: 0). Refused: 0.\n",
    )
    assert office.events == 2
    assert office.load("meters", METERS + HEAT_660 + WATER_7) == (
        ALL_IN,
        "Good rows: 2 (new: 0, changed: 0, unchanged: 2). Refused: 0.\n",
    )
    assert office.events == 2


def test_a_changed_meter_is_told_again_with_the_next_version(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    code, text = office.load("meters", METERS + HEAT_660.replace("PP-1", "PP-2"))
    assert (code, "changed: 1" in text) == (ALL_IN, True)
    assert office.rows("SELECT service_point, version FROM meter") == [("PP-2", 2)]
    assert office.events == 2


def test_a_second_meter_of_a_medium_at_a_service_point_is_refused(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660 + WATER_7)
    second, elsewhere = WATER_7.replace("W7", "W8"), WATER_7.replace("W7", "W9").replace("PP-1", "PP-2")
    code, text = office.load("meters", METERS + WATER_7 + second + elsewhere + elsewhere.replace("W9", "W10"))
    assert code == SOME_REFUSED
    reason = "of this medium stands at this point already; a replacement cannot be imported yet"
    assert text.splitlines()[:2] == [
        f"line 3, service_point: meter W7 {reason}",
        f"line 5, service_point: meter W9 {reason}",
    ]
    assert office.rows("SELECT number FROM meter ORDER BY number") == [("660",), ("W7",), ("W9",)]
    moved_there = elsewhere.replace("PP-2", "PP-1")
    assert office.load("meters", METERS + moved_there)[0] == SOME_REFUSED
    # The place is free once the meter there has gone, within the same file too.
    assert office.load("meters", METERS + WATER_7.replace("PP-1", "PP-3") + moved_there)[0] == ALL_IN


def test_a_meter_that_has_readings_is_not_moved(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    office.load("readings", READINGS + "W7;2026-10-31;30;actual\n")
    code, text = office.load("meters", METERS + WATER_7.replace("PP-1", "PP-2"))
    reason = "meter W7 has readings at PP-1 already; it cannot be moved"
    assert (code, text.splitlines()[0]) == (SOME_REFUSED, f"line 2, service_point: {reason}")
    assert office.rows("SELECT service_point, version FROM meter") == [("PP-1", 1)]
    # What else changes about it goes in.
    assert office.load("meters", METERS + WATER_7.replace("Lipowa 6", "Lipowa 8"))[0] == ALL_IN


def test_a_meter_that_has_readings_was_not_installed_after_the_first(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    office.load("readings", READINGS + "W7;2026-09-30;20;actual\nW7;2026-10-31;30;actual\n")
    code, text = office.load("meters", METERS + WATER_7.replace("2023-05-01", "2026-10-01"))
    reason = "meter W7 has a reading of 2026-09-30 already; it cannot have been installed later"
    assert (code, text.splitlines()[0]) == (SOME_REFUSED, f"line 2, installed_on: {reason}")
    assert office.rows("SELECT installed_on, version FROM meter") == [(date(2023, 5, 1), 1)]
    assert office.load("meters", METERS + WATER_7.replace("2023-05-01", "2026-09-30"))[0] == ALL_IN


def test_meters_of_a_medium_that_the_utility_lacks_are_refused(
    office: ImportCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBOK_PROFILE", "wloclawek")
    code, text = office.load("meters", METERS + HEAT_660 + WATER_7)
    assert code == SOME_REFUSED
    assert text.splitlines()[0].startswith("line 3, medium: ")
    assert "does not supply water (its profile has: heat)" in text
    assert office.rows("SELECT number FROM meter") == [("660",)]


def test_an_hourly_register_beyond_any_meter_is_told_and_the_others_go_in(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    rows = f"1,660,2026-09-30T20:00:00Z,1{'0' * 30},1,1,1\n" + "1,660,2026-10-05T20:00:00Z,2100,1,1,1\n"
    code, text = office.load("readings", HOURLY + rows)
    assert code == SOME_REFUSED
    assert text.startswith("line 2, energy_heat_kwh: must be less than 1000000000000")
    assert office.rows("SELECT count(*) FROM telemetry") == [(1,)]


def test_a_month_end_that_no_register_shows_makes_no_reading_and_is_told(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    rows = f"1,660,2026-09-30T20:00:00Z,{10**12 - 1},1,1,1\n" + f"1,660,2026-10-05T20:00:00Z,{10**12 - 1},1,1,1\n"
    code, text = office.load("readings", HOURLY + rows)
    assert code == SOME_REFUSED
    assert text.startswith("line 2, energy_heat_kwh: ")
    assert office.rows("SELECT count(*) FROM reading") == [(0,)]


def test_bad_meters_are_told_and_the_good_ones_go_in(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    bad_unit = HEAT_660.replace("GJ", "m3")
    bad_code = HEAT_660.replace("660", "661").replace("00-001", "00001")
    other_medium = WATER_7.replace("water;m3", "heat;GJ")
    code, text = office.load("meters", METERS + bad_unit + HEAT_660 + bad_code + other_medium + HEAT_660)
    assert code == SOME_REFUSED
    assert text.splitlines() == [
        "line 2, unit: a meter of heat counts in GJ",
        "line 4, postal_code: a postal code is written 00-000",
        "line 5, medium: meter W7 is stored already with another medium",
        "line 6, number: repeats line 3 of this file",
        "Good rows: 1 (new: 1, changed: 0, unchanged: 0). Refused: 4.",
    ]


def test_readings_are_accepted_in_the_order_of_their_days_whatever_the_files_order(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    rows = ["660;2026-09-30;21;actual\n", "660;2026-10-31;23,5;remote\n", "660;31.08.2026;20.000;estimated\n"]
    assert office.load("readings", READINGS + "".join(rows))[0] == ALL_IN
    assert office.rows("SELECT read_on, value, source, version FROM reading ORDER BY read_on") == [
        (date(2026, 8, 31), Decimal(20), "estimated", 1),
        (date(2026, 9, 30), Decimal(21), "actual", 2),
        (date(2026, 10, 31), Decimal("23.5"), "remote", 3),
    ]
    told = office.rows(
        "SELECT convert_from(body, 'UTF8')::jsonb->>'previous_value' FROM outbox"
        " WHERE message_type = 'metering.reading.accepted.v1' ORDER BY position"
    )
    assert told == [(None,), ("20.000",), ("21.000",)]


def test_a_register_that_no_meter_has_is_refused_in_a_file_as_it_is_for_a_customer(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    office.load("readings", READINGS + "W7;2026-09-30;112;actual\n")
    jumped = READINGS + "W7;2026-10-31;112000;actual\n"
    for content in (jumped, READINGS + "W7;2026-10-31;99999999999;actual\n"):
        code, text = office.load("readings", content)
        assert code == SOME_REFUSED
        assert text.startswith("line 2, register: ")
    assert office.rows("SELECT count(*) FROM reading") == [(1,)]
    assert office.load("readings", jumped, force=True)[0] == ALL_IN
    assert office.load("readings", READINGS + "W7;2026-10-31;99999999999;actual\n", force=True)[0] == SOME_REFUSED


def test_readings_that_cannot_be_are_told_with_line_field_and_reason(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660 + WATER_7)
    office.load("readings", READINGS + "660;2026-09-30;20;actual\n660;2026-10-31;30;actual\n")
    before = office.events
    bad = [
        "660;2026-10-31;31;actual\n",
        "660;2026-10-15;25;actual\n",
        "660;2026-11-01;29;actual\n",
        "660;2036-11-01;40;actual\n",
        "661;2026-11-01;40;actual\n",
        "660;2026-11-02;40.0001;actual\n",
        "660;2026-11-03;40;guess\n",
        "660;2026-09-30;20.000;actual\n",
    ]
    code, text = office.load("readings", READINGS + "".join(bad))
    assert code == SOME_REFUSED
    *problems, counts = text.splitlines()
    assert [problem.split(":")[0] for problem in problems] == [
        "line 2, register",
        "line 3, read_on",
        "line 4, register",
        "line 5, read_on",
        "line 6, meter_number",
        "line 7, register",
        "line 8, source",
    ]
    assert "30 GJ is stored already for 2026-10-31; it stays" in problems[0]
    assert "The reading is lower than the last one (30 GJ of 31.10.2026)" in problems[2]
    assert counts == "Good rows: 1 (new: 0, changed: 0, unchanged: 1). Refused: 7."
    assert office.events == before


def test_a_second_import_of_readings_changes_nothing(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    rows = READINGS + "".join(f"W7;2025-{month:02}-28;{month};customer\n" for month in range(1, 13))
    office.load("readings", rows)
    before = office.events
    counts = "Good rows: 12 (new: 0, changed: 0, unchanged: 12). Refused: 0.\n"
    assert office.load("readings", rows) == (ALL_IN, counts)
    assert office.events == before == 13


def test_a_dry_run_tells_the_same_and_stores_nothing(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    days = [date(2024, 1, 1) + timedelta(days=serial) for serial in range(700)]
    rows = READINGS + "".join(f"W7;{day};{serial};actual\n" for serial, day in enumerate(days))
    rows += "W7;2026-01-20;5;actual\n"
    code, text = office.load("readings", rows, dry_run=True)
    assert code == SOME_REFUSED
    assert "Good rows: 700 (new: 700" in text
    assert "This was a trial: nothing is stored." in text
    assert office.rows("SELECT count(*) FROM reading") == [(0,)]
    assert office.events == 1


def test_a_dry_run_soon_gives_up_on_rows_that_somebody_else_is_changing(
    office: ImportCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TRIAL_LOCK_SECONDS", 1)
    office.load("meters", METERS + WATER_7)

    async def while_locked(connection: asyncpg.Connection) -> tuple[int, str]:
        async with connection.transaction():
            await connection.execute("SELECT FROM meter FOR UPDATE")
            changed = METERS + WATER_7.replace("PP-1", "PP-2")
            return await asyncio.to_thread(office.load, "meters", changed, dry_run=True)

    code, text = office.run(while_locked)
    assert code == CUT_OFF
    assert "Somebody else is changing the same data." in text
    assert "This was a trial: nothing is stored." in text


def test_options_that_mean_nothing_for_a_kind_are_refused(office: ImportCommand) -> None:
    code, text = office.load("meters", METERS + HEAT_660, shift_years=1)
    assert (code, "--shift-years" in text) == (NOT_STARTED, True)


def test_a_kind_that_nobody_loads_is_refused_with_the_kinds_there_are(office: ImportCommand) -> None:
    code, text = office.load("horses", "name\nA\n")
    assert code == NOT_STARTED
    assert "meters" in text
    assert "readings" in text


def test_a_file_of_another_kind_is_refused_before_anything_is_stored(office: ImportCommand) -> None:
    code, text = office.load("readings", METERS + HEAT_660)
    assert (code, "missing columns" in text) == (NOT_STARTED, True)


def test_a_database_without_tables_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EBOK_DATABASE_URL", database_url)
    code, text = ImportCommand(database_url, tmp_path, capsys).load("meters", METERS + HEAT_660)
    assert code == NOT_STARTED
    assert "ebok migrate metering" in text


def test_a_database_that_is_away_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EBOK_DATABASE_URL", "postgresql://nobody:none@127.0.0.1:9/none")
    code, text = ImportCommand("", tmp_path, capsys).load("meters", METERS + HEAT_660)
    assert code == CUT_OFF
    assert "The database does not answer" in text


def _many_meters(count: int) -> str:
    rows = (HEAT_660.replace("660", f"{serial:05}").replace("PP-1", f"PP-{serial}") for serial in range(count))
    return METERS + "".join(rows)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'", "disk is full"),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", "The database does not answer"),
    ],
)
def test_a_fault_in_the_middle_keeps_whole_batches_and_the_same_command_loads_the_rest(
    office: ImportCommand, fault: str, told: str
) -> None:
    office.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NEW.number = '01234' THEN {fault}; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER fail BEFORE INSERT ON meter FOR EACH ROW EXECUTE FUNCTION fail()"
    )
    code, text = office.load("meters", _many_meters(1500))
    assert code == CUT_OFF
    assert told in text
    # Line 1 has the column names, so the first thousand rows end on line 1001.
    assert "stored up to line 1001" in text
    assert office.rows("SELECT count(*), max(number) FROM meter") == [(1000, "00999")]
    office.execute("DROP TRIGGER fail ON meter")
    code, text = office.load("meters", _many_meters(1500))
    assert text == "Good rows: 1500 (new: 500, changed: 0, unchanged: 1000). Refused: 0.\n"
    assert office.events == 1500


def test_a_json_file_that_breaks_off_keeps_whole_batches_and_tells_where(office: ImportCommand) -> None:
    header, *cells = (line.split(";") for line in _many_meters(600).splitlines())
    rows = [dict(zip(header, row, strict=True)) for row in cells]
    content = "[\n" + ",\n".join(json.dumps(row) for row in rows)
    code, text = office.load("meters", content)
    assert code == CUT_OFF
    assert "Line 601: this is no JSON (the file breaks off)" in text
    assert "stored up to line 501" in text
    assert office.rows("SELECT count(*) FROM meter") == [(500,)]
    assert office.load("meters", content + "]")[1].startswith("Good rows: 600 (new: 100, ")


def test_readings_out_of_order_tell_only_lines_that_are_settled_when_a_fault_comes(
    office: ImportCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.load("meters", METERS + WATER_7)
    office.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.value = 900 THEN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER fail BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION fail()"
    )
    days = [date(2024, 1, 1) + timedelta(days=serial) for serial in range(1000)]
    lines = [f"W7;{day};{serial};actual\n" for serial, day in enumerate(days)]
    # The last day stands first: none of the file's lines is settled from the top when its end is missing.
    code, text = office.load("readings", READINGS + lines[-1] + "".join(lines[:-1]))
    assert code == CUT_OFF
    assert "stored up to line 1." in text
    assert office.rows("SELECT count(*) FROM reading") == [(500,)]


def test_hourly_registers_become_telemetry_and_month_end_readings(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    rows = [
        "1,660,2026-08-31T20:00:00Z,1000,1,1,1\n",
        "1,660,2026-08-31T22:00:00Z,1001.25,1,1,1\n",  # the local midnight that ends August
        "1,660,2026-08-31T23:00:00Z,1002,1,1,1\n",
        "1,660,2026-09-30T21:00:00Z,2000,1,1,1\n",  # the last register of September, an hour before its end
        "1,660,2026-10-02T00:00:00Z,2100,1,1,1\n",
        "1,660,2026-10-20T00:00:00Z,2200,1,1,1\n",  # silent on the last day of October
        "1,660,2026-11-03T00:00:00Z,2300,1,1,1\n",
    ]
    code, text = office.load("readings", HOURLY + "".join(rows))
    assert code == ALL_IN
    assert "new: 7" in text
    assert "that came of them: 2" in text
    assert office.rows("SELECT read_on, value, source FROM reading ORDER BY read_on") == [
        (date(2026, 8, 31), Decimal("3.605"), "remote"),
        (date(2026, 9, 30), Decimal("7.200"), "remote"),
    ]


@pytest.mark.parametrize(
    ("last", "readings"),
    [
        ("2024-03-30T22:30:00Z", []),  # 30 March, 23:30: silent on the 31st, which had 23 hours
        ("2024-03-31T00:30:00Z", [date(2024, 3, 31)]),
        ("2024-10-30T22:30:00Z", []),  # 30 October, 23:30 in winter time
        ("2024-10-31T00:30:00Z", [date(2024, 10, 31)]),
    ],
)
def test_the_last_day_of_a_month_is_a_local_day_also_when_the_clocks_change(
    office: ImportCommand, last: str, readings: list[date]
) -> None:
    office.load("meters", METERS + HEAT_660)
    rows = [f"1,660,{last},2000,1,1,1\n", f"1,660,{last[:5]}{int(last[5:7]) + 1:02}-10T00:00:00Z,2100,1,1,1\n"]
    code, _ = office.load("readings", HOURLY + "".join(rows))
    assert code == ALL_IN
    assert [row[0] for row in office.rows("SELECT read_on FROM reading")] == readings


def test_a_month_end_between_two_files_is_not_missed(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    office.load("readings", HOURLY + "1,660,2026-09-30T20:00:00Z,2000,1,1,1\n")
    assert office.rows("SELECT count(*) FROM reading") == [(0,)]
    office.load("readings", HOURLY + "1,660,2026-10-05T20:00:00Z,2100,1,1,1\n")
    assert office.rows("SELECT read_on, value FROM reading") == [(date(2026, 9, 30), Decimal("7.2"))]


def test_a_month_end_is_not_missed_when_the_earlier_file_comes_later(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660)
    office.load("readings", HOURLY + "1,660,2026-10-05T20:00:00Z,2100,1,1,1\n")
    office.load("readings", HOURLY + "1,660,2026-09-30T20:00:00Z,2000,1,1,1\n")
    assert office.rows("SELECT read_on, value FROM reading") == [(date(2026, 9, 30), Decimal("7.2"))]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00"])
def test_an_hour_of_an_impossible_year_is_told_and_the_others_go_in(office: ImportCommand, at: str) -> None:
    office.load("meters", METERS + HEAT_660)
    code, text = office.load("readings", HOURLY + f"1,660,{at},1,1,1,1\n1,660,2026-10-05T20:00:00Z,2100,1,1,1\n")
    assert code == SOME_REFUSED
    assert text.startswith("line 2, time_rounded: the year must be between 2000 and 9998")
    assert office.rows("SELECT count(*) FROM telemetry") == [(1,)]


def test_a_remote_reading_that_no_meter_can_have_counted_needs_somebody_who_vouches_for_it(
    office: ImportCommand,
) -> None:
    office.load("meters", METERS + WATER_7)
    office.load("readings", READINGS + "W7;2026-10-31;112;remote\n")
    beyond = READINGS + "W7;2026-11-02;60113;remote\n"  # 30 000,5 m3 a day
    code, text = office.load("readings", beyond)
    assert (code, text.startswith("line 2, register: This reading would mean")) == (SOME_REFUSED, True)
    assert office.load("readings", beyond, force=True)[0] == ALL_IN


def test_a_reading_of_a_year_long_gone_is_told(office: ImportCommand) -> None:
    office.load("meters", METERS + WATER_7)
    code, text = office.load("readings", READINGS + "W7;1026-10-31;30;actual\n")
    assert (code, text.splitlines()[0].startswith("line 2, read_on: must be at least")) == (SOME_REFUSED, True)


def test_bad_hourly_rows_are_told_and_neighbours_with_the_same_fault_in_one_line(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660 + WATER_7)
    office.load("readings", HOURLY + "1,660,2026-09-30T20:00:00Z,2000,1,1,1\n")
    rows = [
        "1,660,2026-09-30T20:00:00Z,2001,1,1,1\n",
        "1,660,2036-09-30T20:00:00Z,2001,1,1,1\n",
        "1,660,2036-09-30T21:00:00Z,2001,1,1,1\n",
        "1,W7,2026-09-30T20:00:00Z,2001,1,1,1\n",
        "1,661,2026-09-30T20:00:00Z,2001,1,1,1\n",
        "1,660,2026-09-30,2001,1,1,1\n",
        "1,660,2026-09-30T23:00:00Z,,1,1,1\n",
    ]
    code, text = office.load("readings", HOURLY + "".join(rows))
    assert code == SOME_REFUSED
    today = local_date(system_clock()).isoformat()
    assert text.splitlines() == [
        "line 2, time_rounded: other registers are stored already for this hour; they stay",
        f"lines 3–4, time_rounded: is in the future; today is {today}",
        "line 5, meter_id: meter W7 does not measure heat",
        "line 6, meter_id: there is no meter 661; import the meters first",
        "line 7, time_rounded: is no moment; write for example 2026-10-31T12:00:00Z",
        "line 8, energy_heat_kwh: is missing",
        "Good rows: 0 (new: 0, changed: 0, unchanged: 0). Refused: 7.",
    ]


@pytest.mark.skipif(not REAL_REGISTER.exists(), reason="the real register of meter 660 is not on this machine")
def test_the_real_register_of_meter_660_gives_the_month_ends_that_the_demo_carries(office: ImportCommand) -> None:
    office.load("meters", METERS + HEAT_660.replace(";2023-05-01;", ";2017-05-01;"))
    code, text = office.load_file("readings", REAL_REGISTER, shift_years=5)
    assert code == ALL_IN
    assert office.rows("SELECT count(*) FROM telemetry") == [(26256 - 24,)]
    assert "Left out, since the new year has no such day: 24." in text
    demo = Path(imports.__file__).parents[1] / "demo" / "meter-660-month-ends.csv"
    with demo.open(encoding="utf-8") as file:
        facts = list(csv.DictReader(file))
    expected = {}
    for fact in facts:
        ended = local_date(datetime.fromisoformat(fact["measured_at"]).astimezone(UTC))
        value = round(Decimal(fact["energy_kwh"]) * Decimal("0.0036"), 3)
        expected[ended.year + 5, ended.month] = value
    stored = {(row[0].year, row[0].month): row[1] for row in office.rows("SELECT read_on + 1, value FROM reading")}
    assert expected.items() <= stored.items()
    assert len(stored) == 35  # January 2018 to November 2020; December is not over in the file
    before = office.events
    again = office.load_file("readings", REAL_REGISTER, shift_years=5)[1]
    assert "new: 0, changed: 0, unchanged: 26232" in again
    assert office.events == before


@pytest.mark.skipif(not REAL_REGISTER.exists(), reason="the real register of meter 660 is not on this machine")
def test_the_real_register_agrees_with_the_demos_readings_and_leaves_out_older_and_future_months(
    office: ImportCommand,
) -> None:
    demo = Path(imports.__file__).parents[1] / "demo"
    assert office.load_file("meters", demo / "meters.csv")[0] == ALL_IN
    assert office.load_file("readings", demo / "readings.csv")[0] == ALL_IN
    before = office.rows("SELECT count(*) FROM reading")
    code, text = office.load_file("readings", REAL_REGISTER, shift_years=6)
    future = [line for line in text.splitlines() if "in the future" in line]
    problems = [line for line in text.splitlines() if line.startswith("line")]
    assert problems == future
    assert code == (SOME_REFUSED if future else ALL_IN)
    # Only months that have ended since the demo's data were made can add a reading.
    ended = (datetime.now(UTC).year - 2026) * 12 + datetime.now(UTC).month - 11
    assert office.rows("SELECT count(*) FROM reading")[0][0] - before[0][0] == min(max(ended, 0), 1)
