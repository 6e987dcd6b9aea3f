"""Nothing is lost and nothing happens twice while processes die and servers go away.

Readings are submitted at once while each service is killed (kill -9) in the middle of its work; then two further bursts
go through a restart of the broker and of the database. Afterwards everything is counted. With `--long` it is the same
story with four times the readings and one more kill.
"""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from services.chassis.messaging import topology
from services.chassis.messaging.dead_letters import DeadLetters
from tests.resilience.storm import Storm, Wave, after, kill_and_start
from tests.support.infrastructure import Servers
from tests.support.mailbox import plain_of
from tests.support.processes import OfficeProcesses
from tests.support.waiting import wait_until

pytestmark = pytest.mark.timeout(600)

KILLED, BROKER, DATABASE = "services killed", "broker restarted", "database restarted"
SHORT = {KILLED: 120, BROKER: 40, DATABASE: 40}
LONG = {KILLED: 500, BROKER: 150, DATABASE: 150}
SETTLED_SECONDS = 240.0

FIRST_KILLS = ((0.12, "metering"), (0.32, "billing"), (0.44, "identity"), (0.56, "gateway"))
"""Who is killed when this share of the wave has been answered."""
FURTHER_KILLS = ((0.68, "billing"),)


@pytest.fixture(scope="module")
def storm(pytestconfig: pytest.Config) -> Iterator[Storm]:
    logging.getLogger("aiormq").setLevel(logging.CRITICAL)  # it tells of every refused connection of all customers
    long = pytestconfig.getoption("long")
    sizes = LONG if long else SHORT
    with Servers(own=True) as servers, OfficeProcesses(servers, "demo") as office:
        storm = Storm(office, sum(sizes.values()))

        def kill_each_service(wave: Wave) -> None:
            for share, name in (*FIRST_KILLS, *(FURTHER_KILLS if long else ())):
                after(wave, share)
                kill_and_start(office, name)
            wait_until(lambda: len(office.mailbox.messages) >= 20, 60, "mails are being sent")
            kill_and_start(office, "correspondence")
            kill_and_start(office, "metering")

        def restart_broker(wave: Wave) -> None:
            after(wave, 0.25)
            servers.node.stop()
            servers.node.start()

        def restart_database(wave: Wave) -> None:
            after(wave, 0.25)
            servers.cluster.stop()
            time.sleep(1)
            servers.cluster.start()

        storm.wave(KILLED, sizes[KILLED], kill_each_service)
        storm.wave(BROKER, sizes[BROKER], restart_broker)
        storm.wave(DATABASE, sizes[DATABASE], restart_database)
        settle(storm)
        yield storm


def settle(storm: Storm) -> None:
    """Wait until everything that will happen has happened."""
    wanted = len(storm.accepted())

    def left() -> dict[str, int]:
        states = {
            "to be invoiced": wanted - storm.count("billing", "SELECT count(*) FROM invoice"),
            "to be printed": storm.count("billing", "SELECT count(*) FROM document_job"),
            "to be shown": wanted - storm.count("gateway", "SELECT count(document_key) FROM invoice"),
            "to be mailed": wanted - storm.count("gateway", "SELECT count(*) FROM mail WHERE kind = 'new_bill'"),
        }
        for name in storm.office.databases:
            states[f"{name}'s outbox"] = storm.count(name, "SELECT count(*) FROM outbox")
        return {name: count for name, count in states.items() if count}

    try:
        wait_until(lambda: not left(), SETTLED_SECONDS, "the office has caught up")
    except AssertionError as error:
        raise AssertionError(f"{error}; left: {left()}; {logs(storm)}") from error


def logs(storm: Storm) -> str:
    return "\n".join(f"{name}:\n{storm.office.log(name).read_text()[-1500:]}" for name in storm.office.databases)


@pytest.mark.parametrize("name", LONG)
def test_every_customer_got_an_answer_and_none_was_refused(storm: Storm, name: str) -> None:
    wave = storm.waves[name]
    assert wave.refused == []
    assert set(wave.accepted) == set(wave.meters)
    # On a quick machine the last troubles come when everybody has been answered, and their work is still under way.
    assert any(0 < count < len(wave.meters) for count in wave.troubled_at), "the trouble came in the middle"


def test_every_accepted_reading_is_there_exactly_once(storm: Storm) -> None:
    rows = storm.rows("metering", "SELECT meter_id, reading_id, value FROM reading WHERE source = 'customer'")
    accepted = storm.accepted()
    assert Counter(row["meter_id"] for row in rows) == Counter(dict.fromkeys(accepted, 1))
    assert {row["meter_id"]: row["reading_id"] for row in rows} == {m: r.reading_id for m, r in accepted.items()}
    assert {row["value"] for row in rows} == {reading.value for reading in accepted.values()}


def test_every_accepted_reading_is_invoiced_exactly_once(storm: Storm) -> None:
    rows = storm.rows("billing", "SELECT reading_id, number FROM invoice")
    assert Counter(r["reading_id"] for r in rows) == Counter(r.reading_id for r in storm.accepted().values())
    serials = sorted(int(row["number"].rpartition("/")[2]) for row in rows)
    assert serials == list(range(1, len(rows) + 1)), "numbers of invoices have no gap"


def test_ledger_sums(storm: Storm) -> None:
    charged = storm.count("billing", "SELECT count(*) FROM ledger_entry WHERE kind = 'charge'")
    assert charged == len(storm.accepted())
    wrong = storm.rows(
        "billing",
        """
        SELECT a.party_id FROM account a
        LEFT JOIN (SELECT party_id, sum(amount) AS sum, max(version) AS last, count(*) AS entries
                   FROM ledger_entry GROUP BY party_id) e USING (party_id)
        LEFT JOIN (SELECT party_id, sum(gross) AS invoiced FROM invoice GROUP BY party_id) i USING (party_id)
        WHERE a.balance <> e.sum OR a.version <> e.last OR e.last <> e.entries OR e.sum <> i.invoiced
        """,
    )
    assert wrong == []
    total = storm.rows(
        "billing", "SELECT (SELECT sum(amount) FROM ledger_entry) = (SELECT sum(gross) FROM invoice) AS ok"
    )
    assert total == [{"ok": True}]


def test_pages_show_what_billing_knows(storm: Storm) -> None:
    query = "SELECT invoice_id, number, gross FROM invoice ORDER BY invoice_id"
    assert storm.rows("gateway", query) == storm.rows("billing", query)
    balances = "SELECT party_id, balance FROM {} ORDER BY party_id"
    assert storm.rows("gateway", balances.format("balance")) == storm.rows("billing", balances.format("account"))
    readings = "SELECT count(*) FROM reading"
    assert storm.count("gateway", readings) == storm.count("metering", readings)


def test_every_bill_is_mailed_once_and_a_repeat_has_the_same_message_id(storm: Storm) -> None:
    mails = [
        m for m in storm.office.mailbox.messages if any(p.get_content_type() == "application/pdf" for p in m.walk())
    ]
    numbers = {row["number"] for row in storm.rows("billing", "SELECT number FROM invoice")}
    ids: dict[str, set[str]] = {}
    for mail in mails:
        (number,) = set(re.findall(r"FV/\d{4}/\d{2}/\d{6}", str(mail["Subject"]) + plain_of(mail)))
        ids.setdefault(number, set()).add(str(mail["Message-ID"]))
    assert set(ids) == numbers
    assert [number for number, of_one in ids.items() if len(of_one) != 1] == []
    assert len({i for of_one in ids.values() for i in of_one}) == len(numbers)
    repeats = len(mails) - len(numbers)
    assert repeats <= 8, "only what a killed sender had in hand may come again"


def test_nothing_is_parked(storm: Storm) -> None:
    async def parked() -> list[str]:
        found = []
        for part in storm.office.parts:
            if part.consumes:
                async with DeadLetters(part.name, storm.office.broker.parts[part.name]) as letters:
                    found += [f"{topology.parked_queue(part.name)}: {letter.reason}" for letter in await letters.all()]
        return found

    assert asyncio.run(parked()) == []
