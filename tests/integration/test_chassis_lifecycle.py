"""A service's life: it starts in any order with its neighbours, tells what it waits for, ends without loss."""

import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
import structlog
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from contracts.identity import LogIn
from contracts.metering import ReadingAccepted, SubmitReading
from contracts.reply import Accepted
from deploy.local import health
from deploy.local.ports import free_port
from services.chassis.errors import Unavailable
from services.chassis.ids import new_id
from services.chassis.logs import configure_logs
from services.chassis.messaging import topology
from services.chassis.settings import Settings
from services.chassis.storage.database import is_away
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.proxy import Proxy
from tests.support.toy import PACKAGE, note, noted
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped

ROOT = Path(__file__).resolve().parents[2]


def reading() -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()})


async def note_reading(event: ReadingAccepted, work: UnitOfWork) -> None:
    await note(work, event.reading_id, work.correlation_id)


async def test_service_may_start_before_its_database_and_its_broker(toys: Toys) -> None:
    home = toys.process("billing")
    async with Proxy(home.settings.database_url) as database, Proxy(toys.address) as broker:
        await database.cut()
        await broker.cut()
        process = toys.process("billing", database_url=database.url, amqp_url=broker.url)
        process.service.on(ReadingAccepted, note_reading)
        await toys.declare(process)
        await process.start()

        async def waits_for_database() -> bool:
            return "database" in await process.problems()

        async def waits_for_broker() -> bool:
            return "broker" in await process.problems()

        await until(waits_for_database)
        await database.mend()
        await until(waits_for_broker)
        await broker.mend()
        await process.wait_until_ready(20)
        await toys.wire.event(enveloped(reading()))

        async def done() -> bool:
            return len(await noted_by(home)) == 1

        await until(done)
        await process.stop()


async def test_service_waits_for_its_migrations_and_says_which_command_brings_them(
    toys: Toys, database_url: str
) -> None:
    process = toys.process("billing", database_url=database_url)
    await toys.declare(process)
    await process.start()

    async def told() -> bool:
        return "lacks migration 0001; run: ebok migrate billing" in (await process.problems()).get("database", "")

    await until(told)


async def test_readiness_tells_operators_what_is_away_and_liveness_stays(toys: Toys) -> None:
    home = toys.process("billing")
    port = free_port()
    async with Proxy(home.settings.database_url) as database:
        process = toys.process("billing", database_url=database.url, ops_port=port)
        process.service.on(ReadingAccepted, note_reading)
        await toys.start(process)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as operator:
            assert (await operator.get("/health/ready")).json() == {"status": "ready", "problems": {}}
            metrics = (await operator.get("/metrics")).text
            assert "ebok_outbox_messages 0.0" in metrics
            assert "process_resident_memory_bytes" in metrics
            await database.cut()
            away = await operator.get("/health/ready")
            assert away.status_code == 503
            assert list(away.json()["problems"]) == ["database"]
            assert (await operator.get("/health/live")).status_code == 200
            assert (await operator.get("/metrics")).status_code == 200
            await database.mend()

            async def ready() -> bool:
                return (await operator.get("/health/ready")).status_code == 200

            await until(ready)
        await process.stop()


async def test_a_database_that_takes_nothing_is_told_and_is_waited_for(toys: Toys) -> None:
    process = toys.process("billing")
    process.service.on(ReadingAccepted, note_reading)
    await toys.start(process)
    administrator = await asyncpg.connect(process.settings.database_url)
    name = await administrator.fetchval("SELECT current_database()")
    await administrator.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await end_the_others(administrator)
    assert (await process.problems())["database"].startswith("takes nothing: ")
    with pytest.raises(DBAPIError) as refused:
        async with process.work() as work:
            work.emit(ReadingAccepted.model_validate(ReadingAccepted.example))
    assert is_away(refused.value)
    await administrator.execute("SET default_transaction_read_only = off")
    await administrator.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    await end_the_others(administrator)
    await administrator.close()

    async def ready() -> bool:
        return not await process.problems()

    await until(ready)
    await process.stop()


async def test_a_database_without_room_for_what_was_done_is_told_though_a_row_still_fits(toys: Toys) -> None:
    process = toys.process("billing")
    process.service.on(ReadingAccepted, note_reading)
    await toys.start(process)
    with pytest.raises(DBAPIError):
        async with process.work() as work:
            await work.connection.exec_driver_sql("DO $$ BEGIN RAISE 'full' USING ERRCODE = 'disk_full'; END $$")
    assert await process.problems() == {"database": "has no room left"}
    await process.stop()


async def end_the_others(administrator: asyncpg.Connection) -> None:
    await administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await asyncio.sleep(0.1)  # the ends are heard


async def test_a_broker_that_takes_no_messages_is_no_broker_though_its_connection_stands(toys: Toys) -> None:
    async with Proxy(toys.address) as broker:
        process = toys.process("billing", amqp_url=broker.url)
        process.service.on(ReadingAccepted, note_reading)
        await toys.start(process)
        assert await process.problems() == {}
        broker.freeze()
        assert (await process.problems())["broker"].startswith("takes no messages")
        broker.thaw()

        async def ready() -> bool:
            return not await process.problems()

        await until(ready)
        await process.stop()


async def test_readiness_and_metrics_answer_in_two_seconds_whatever_hangs(toys: Toys) -> None:
    home, port = toys.process("billing"), free_port()
    async with Proxy(home.settings.database_url) as database, Proxy(toys.address) as broker:
        process = toys.process("billing", amqp_url=broker.url, database_url=database.url, ops_port=port)
        process.service.on(ReadingAccepted, note_reading)
        await toys.start(process)
        database.freeze()
        broker.freeze()
        for _ in range(2):
            async with asyncio.timeout(2):
                assert set(await process.problems()) == {"database", "broker"}
            async with asyncio.timeout(2):
                await process.measure()  # for `/metrics`, which tells what it knew before
        told = await asyncio.to_thread(health.problems, f"http://127.0.0.1:{port}")
        assert set(told) == {"database", "broker"}, "`ebok status` waits long enough to hear it"
        assert all(reason for reason in told.values())
        database.thaw()
        broker.thaw()
        await process.wait_until_ready(20)
        await process.stop()


async def test_a_connection_for_deliveries_that_is_down_is_told(toys: Toys) -> None:
    process = toys.process("billing")
    process.service.on(ReadingAccepted, note_reading)
    await toys.start(process)
    connection = process._subscriptions._broker._connection  # type: ignore[union-attr]
    assert connection is not None
    assert connection.transport is not None
    await connection.transport.connection.close()

    async def told() -> bool:
        return "brings no messages" in (await process.problems()).get("broker", "")

    await until(told, 5)
    await process.wait_until_ready(20)


async def test_a_queue_that_is_gone_is_told_until_it_is_there_again(toys: Toys) -> None:
    process = toys.process("billing")
    process.service.on(ReadingAccepted, note_reading)
    await toys.start(process)
    await toys.wire.delete("billing.events")
    told = "brings no messages: the queue billing.events is gone"
    assert await process.problems() == {"broker": told}
    await toys.declare(process)
    await process.wait_until_ready(20)


async def test_a_delivery_that_does_not_end_is_told(toys: Toys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.chassis.process.STANDING_SECONDS", 0.1)
    goes_on = asyncio.Event()

    async def stand(event: ReadingAccepted, work: UnitOfWork) -> None:
        await goes_on.wait()
        await note_reading(event, work)

    process = toys.process("billing")
    process.service.on(ReadingAccepted, stand)
    await toys.start(process)
    await toys.wire.event(enveloped(reading()))

    async def stands() -> bool:
        return "in hand" in (await process.problems()).get("messages", "")

    await until(stands)
    goes_on.set()

    async def ready() -> bool:
        return not await process.problems()

    await until(ready)


async def test_sigterm_lets_the_event_in_hand_finish_and_leaves_the_others_in_the_queue(toys: Toys) -> None:
    home = toys.process("billing")
    await toys.declare(extra=[topology.Part("billing", consumes=(ReadingAccepted.message_type,))])
    environment = {
        **os.environ,
        "EBOK_AMQP_URL": toys.address,
        "EBOK_DATABASE_URL": home.settings.database_url,
        "EBOK_PROFILE": "demo",
        "EBOK_SECRET": "of this test alone",
    }
    events = [reading() for _ in range(30)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"{PACKAGE}", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    for event in events:
        await toys.wire.event(enveloped(event))
    async with asyncio.timeout(20):
        while b"begun" not in await process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    begun = output.count(b"begun") + 1
    finished = [thing for thing, _ in await noted_by(home)]
    assert len(finished) == begun
    assert await toys.wire.waiting("billing.events") == 30 - begun
    assert await toys.wire.waiting("billing.parked") == 0


async def test_correlation_id_travels_from_the_browser_to_the_last_service(toys: Toys) -> None:
    async def submit(request: SubmitReading, work: UnitOfWork) -> None:
        work.emit(reading())

    metering = toys.process("metering")
    metering.service.answers(SubmitReading, submit)
    billing = toys.process("billing")
    billing.service.on(ReadingAccepted, note_reading)
    gateway = toys.process("gateway", asks=True)
    await toys.start(metering, billing, gateway)
    assert gateway.requester is not None
    request = SubmitReading.model_validate(SubmitReading.example)
    assert isinstance(await gateway.requester.ask(request, correlation_id="from-the-browser"), Accepted)

    async def done() -> bool:
        return [text for _, text in await noted_by(billing)] == ["from-the-browser"]

    await until(done)


async def test_no_log_line_holds_a_secret(toys: Toys, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "bardzo-tajne-haslo"

    async def fails(request: LogIn, work: UnitOfWork) -> None:
        await work.connection.execute(insert(noted).values(thing_id=None, text=request.password))

    before = logging.root.handlers[:], logging.root.level
    configure_logs(Settings(log_format="json", log_level="debug"), "identity")
    try:
        identity = toys.process("identity")
        identity.service.answers(LogIn, fails)
        gateway = toys.process("gateway", asks=True)
        await toys.start(identity, gateway)
        assert gateway.requester is not None
        request = LogIn(audience="customer", identifier="100001", password=secret)
        with pytest.raises(Unavailable):
            await gateway.requester.ask(request, correlation_id="c", idempotency_key="k")
        wrong = enveloped(request)
        await toys.wire.raw(
            topology.REQUESTS, wrong.type, wrong.headers(), wrong.data.replace(b"customer", b"stranger")
        )
        await identity.stop()
        await gateway.stop()
    finally:
        logging.root.handlers, logging.root.level = before
        structlog.reset_defaults()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert {"request.failed", "service.ready"} <= {line["event"] for line in lines}
    password = str(urlsplit(identity.settings.database_url).password)
    for line in lines:
        assert secret not in json.dumps(line)
        assert password not in json.dumps(line)
    failed = next(line for line in lines if line["event"] == "request.failed")
    assert failed["correlation_id"] == "c"
    assert failed["service"] == "identity"
