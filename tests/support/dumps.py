"""Dumps of every service's database at a release, with a little of real data in every table.

`python -m tests.support.dumps` runs the office, lets a few invented people use it, and writes
`tests/integration/dumps/<service>-<migration>.sql` for each service whose newest migration has no dump yet. A dump that
is there is never made again: it shows what the code of its time stored.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import asyncpg
from sqlalchemy.engine import make_url

from deploy.catalog import SERVICES
from deploy.local import account as accounts_of_machine
from deploy.local.postgres import installed_programs
from gateway.read_model.scope import EVERYTHING
from services.billing.documents.contents import template
from services.chassis.storage.versions import head
from services.identity import accounts
from tests.support import world
from tests.support.browser import Browser
from tests.support.infrastructure import Servers
from tests.support.stack import Stack
from tests.support.waiting import wait_until
from tests.support.world import ANNA, JAN, Customer

DUMPS = Path(__file__).parents[1] / "integration" / "dumps"

EWA = Customer("100003", "Ewa Bąk", "75051700483", "ewa@poczta.example", "UC/2019/0003", "H-3", "UW/2019/0003", "W-3")
"""Has no account, so that her new bill waits in correspondence."""

MAY_BE_EMPTY = {"outbox", "inbox", "answer"}
"""The chassis's tables: every service has all of them, and some services use only one or two."""


def dumps(service: str) -> list[Path]:
    """The dumps of a service, the oldest first."""
    return sorted(DUMPS.glob(f"{service}-*.sql"))


def revision(dump: Path) -> str:
    """The migration that the database of a dump was at."""
    return dump.stem.rpartition("-")[2]


async def restore(dump: Path, database_url: str) -> None:
    """Fill an empty database from a dump; the user of the address owns it all."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(await asyncio.to_thread(dump.read_text, encoding="utf-8"))
    finally:
        await connection.close()


async def rows(database_url: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of a database, by column name as JSON has them."""
    connection = await asyncpg.connect(database_url, server_settings=EVERYTHING)
    try:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        query = 'SELECT to_jsonb(of_table) FROM "{}" of_table'
        return {name: [json.loads(row) for (row,) in await connection.fetch(query.format(name))] for (name,) in names}
    finally:
        await connection.close()


def live(stack: Stack) -> None:
    """Let customers and clerks do everything that leaves a trace, and stop in the middle of the work.

    Afterwards no table of any service is empty: one that is new is filled here, by somebody who does what fills it.
    """
    world.fill(stack, ANNA, JAN, EWA, months=3)
    world.hire_clerk(stack)
    world.open_account(stack, JAN)
    _pay(stack, "WB/1", "100.00")
    _apply(stack, ANNA.email)
    with world.clerk_at_work(stack) as clerk:
        waiting = clerk.get("/office/applications")
        clerk.submit(clerk.get(waiting.link("REJ/")), "/accept")
    _apply(stack, "anna.druga@poczta.example")
    jan = world.customer_at_home(stack, JAN)
    world.give_reading(jan, JAN.water_meter, "225")
    _change_password(jan)
    with stack.browser() as stranger:
        stranger.submit(stranger.get("/login"), status=422, identifier="100999", password="Nie-To-Haslo-1")
    stack.load("readings", _registers_of_the_night())
    _read(stack, EWA.water_meter, 225)
    stack.quiet()
    _fail_for_good(stack)
    _leave_work_undone(stack)


def empty_tables(stack: Stack) -> dict[str, set[str]]:
    """The tables without rows by service, but for the chassis's; only services that have such tables are named."""
    found = {}
    for name, process in stack.processes.items():
        tables = asyncio.run(rows(process.settings.database_url))
        if empty := {table for table, kept in tables.items() if not kept} - MAY_BE_EMPTY:
            found[name] = empty
    return found


def _apply(stack: Stack, email: str) -> None:
    [newest] = stack.rows(
        "billing",
        "SELECT number FROM invoice WHERE agreement_number = :agreement ORDER BY period_to DESC LIMIT 1",
        agreement=ANNA.heat_agreement,
    )
    with stack.browser() as browser:
        page = browser.get("/registration")
        browser.submit(
            page,
            name=ANNA.name,
            tax_id=ANNA.pesel,
            invoice_number=newest["number"],
            agreement_number=ANNA.heat_agreement,
            email=email,
            data_processing=True,
            terms=True,
            **world.right_digits(page),
        )
    stack.quiet()


def _change_password(customer: Browser) -> None:
    new = "Parasol-W-Kropki-1958"
    page = customer.get("/password")
    customer.submit(page, "/password", old_password=world.CUSTOMER_PASSWORD, new_password=new, new_password_again=new)


def _pay(stack: Stack, reference: str, amount: str) -> None:
    payment = {"reference": reference, "party_code": JAN.code, "booked_on": world.today(), "amount": amount}
    stack.load("payments", [payment | {"title": "Wpłata za rachunki"}])


def _read(stack: Stack, meter: str, register: int) -> None:
    stack.load(
        "readings", [{"meter_number": meter, "read_on": world.today(), "register": register, "source": "remote"}]
    )


def _registers_of_the_night() -> Iterator[dict[str, object]]:
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for hour in range(3):
        yield {
            "customer_id": "",
            "meter_id": JAN.heat_meter,
            "time_rounded": (midnight - timedelta(hours=hour)).isoformat(),
            "energy_heat_kwh": 350000 - hour,
            "volume_flow_m3": 9000 - hour,
            "inlet_flow_energy_m3xC": 600000 - hour,
            "back_flow_energy_m3xC": 300000 - hour,
        }


def _fail_for_good(stack: Stack) -> None:
    """A mail to a mailbox that is gone, and a PDF by a template that asks for what no invoice has."""
    stack.mailbox.refused.add(ANNA.email)
    _read(stack, ANNA.heat_meter, 1250)
    stack.quiet()
    at_fault = template() + '\n#invoice.at("sum_in_words")'
    with patch("services.billing.documents.printing.template", lambda: at_fault):
        _read(stack, ANNA.water_meter, 225)
        stack.quiet()


def _leave_work_undone(stack: Stack) -> None:
    """A PDF that cannot be stored; then nothing runs any more while events are written."""
    stack.lose_files()
    _read(stack, JAN.heat_meter, 1250)
    stuck = "SELECT invoice_id FROM document_job WHERE problem IS NOT NULL AND given_up_at IS NULL"
    wait_until(lambda: stack.rows("billing", stuck), 60, "a PDF that cannot be stored")
    for process in stack.processes.values():
        stack.call(process.stop())
    _pay(stack, "WB/2", "25.00")

    async def new_password() -> None:
        async with stack.processes["identity"].work() as work:
            await accounts.reset(work, JAN.code)

    stack.call(new_password())


def _dump(stack: Stack, service: str, path: Path) -> None:
    """Write a database as plain SQL that says nothing of its server, owner or machine."""
    database_url = stack.processes[service].settings.database_url
    programs = installed_programs(accounts_of_machine.ensure())
    sql = subprocess.run(
        [programs / "pg_dump", "--inserts", "--rows-per-insert=1", "--no-owner", "--no-privileges", "--schema=public",
         "--enable-row-security", make_url(database_url).render_as_string(hide_password=False)],
        env={**os.environ, "PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in EVERYTHING.items())},
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    plain = _plain(sql).replace(str(stack.files), "/var/lib/ebok/files")
    path.write_text(plain.replace(stack.address, "https://ebok.example"), encoding="utf-8")


def _plain(dump: str) -> str:
    """Without psql's own commands, comments, and settings that a server of another version may not know."""
    noise = ("\\", "--", "SET ", "SELECT pg_catalog.set_config(", "CREATE SCHEMA ", "COMMENT ON SCHEMA ")
    kept = []
    in_text = False
    for line in dump.splitlines():
        if in_text or (line and not line.startswith(noise)):
            kept.append(line)
        in_text ^= line.count("'") % 2 == 1
    return "\n".join(kept) + "\n"


def main() -> None:
    """Make the dumps that are missing."""
    DUMPS.mkdir(exist_ok=True)
    with Servers(own=True) as servers, Stack(servers, "demo") as stack:
        live(stack)
        if empty := empty_tables(stack):
            told = "; ".join(f"{service}: {', '.join(sorted(tables))}" for service, tables in empty.items())
            raise SystemExit(
                f"No dump is written, as these tables are empty: {told}."
                " Let somebody fill them in `live` of tests/support/dumps.py."
            )
        for service in SERVICES:
            path = DUMPS / f"{service.name}-{head(service.package)}.sql"
            if path.exists():
                sys.stdout.write(f"{path.name} is there already\n")
                continue
            _dump(stack, service.name, path)
            sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
