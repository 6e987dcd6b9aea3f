"""Requests: a person waits, so there is one answer in time or a word that there is none, and the work is done once."""

import asyncio
import json
import struct
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from aio_pika.exceptions import ChannelNotFoundEntity
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from contracts.billing import EstimateInvoice, InvoiceEstimate, LedgerPosted
from contracts.identity import LogIn
from contracts.metering import ReadingAccepted, SubmitReading
from contracts.reply import Accepted, FieldError, Rejected
from services.chassis.clock import system_clock
from services.chassis.errors import Refused, Unavailable
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.answering import DEADLINE, IDEMPOTENCY_KEY, Deadline
from services.chassis.messaging.requester import Requester, answer_of, events_of
from services.chassis.messaging.topology import Part
from services.chassis.process import REQUESTS_AT_ONCE, Process
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.proxy import Proxy
from tests.support.toy import note
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped, properties, short, text

REQUEST = SubmitReading.model_validate(SubmitReading.example)
LOWER = FieldError(
    field="value", code="lower", parameters={"last": "116.000 GJ"}, text="Stan jest niższy niż poprzedni."
)


async def accept(request: SubmitReading, work: UnitOfWork) -> None:
    await note(work, request.meter_id, str(request.value))
    work.emit(ReadingAccepted.model_validate(ReadingAccepted.example | {"value": request.value}))


async def pair(toys: Toys, handler: Any = accept, **settings: Any) -> tuple[Process, Requester]:
    """A service that answers, and the requester of one that asks."""
    metering, gateway = toys.process("metering", **settings), toys.process("gateway", asks=True)
    metering.service.answers(SubmitReading, handler)
    await toys.start(metering, gateway)
    assert gateway.requester is not None
    return metering, gateway.requester


async def ask(
    requester: Requester,
    request: SubmitReading = REQUEST,
    key: str = "",
    timeout: timedelta = timedelta(seconds=60),
) -> Accepted | Rejected:
    """The answer; a test that is about the deadline names a short one."""
    return await requester.ask(request, correlation_id="test-correlation", idempotency_key=key or None, timeout=timeout)


async def test_accepted_request_brings_back_the_events_that_it_caused(toys: Toys) -> None:
    metering, requester = await pair(toys)
    reply = await ask(requester)
    assert isinstance(reply, Accepted)
    (event,) = events_of(reply)
    assert isinstance(event, ReadingAccepted)
    assert event.value == REQUEST.value
    assert reply.events[0].correlation_id == "test-correlation"
    assert await noted_by(metering) == [(REQUEST.meter_id, str(REQUEST.value))]


async def test_a_question_is_answered_in_its_reply(toys: Toys) -> None:
    async def estimate(request: EstimateInvoice, work: UnitOfWork) -> None:
        work.answer(InvoiceEstimate(gross=request.value))

    billing, gateway = toys.process("billing"), toys.process("gateway", asks=True)
    billing.service.answers(EstimateInvoice, estimate)
    await toys.start(billing, gateway)
    assert gateway.requester is not None
    question = EstimateInvoice.model_validate(EstimateInvoice.example)
    reply = await gateway.requester.ask(question, correlation_id="c")
    assert isinstance(reply, Accepted)
    assert answer_of(reply, question) == InvoiceEstimate(gross=question.value)


async def test_refused_request_leaves_nothing_but_the_words_for_the_person(toys: Toys) -> None:
    async def refuse(request: SubmitReading, work: UnitOfWork) -> None:
        await accept(request, work)
        raise Refused(LOWER)

    metering, requester = await pair(toys, refuse)
    reply = await ask(requester, key="k")
    assert reply == Rejected(code="lower", errors=(LOWER,))
    assert await noted_by(metering) == []


async def test_refusal_that_keeps_its_traces_keeps_them(toys: Toys) -> None:
    async def refuse(request: SubmitReading, work: UnitOfWork) -> None:
        await note(work, request.meter_id, "a failed login is counted")
        raise Refused(LOWER, keep=True)

    metering, requester = await pair(toys, refuse)
    assert isinstance(await ask(requester), Rejected)
    assert len(await noted_by(metering)) == 1


async def test_same_form_sent_twice_acts_once_and_gets_the_same_reply(toys: Toys) -> None:
    metering, requester = await pair(toys)
    first, second = await ask(requester, key="form-1"), await ask(requester, key="form-1")
    assert first == second
    assert len(await noted_by(metering)) == 1


async def test_twins_sent_at_the_same_moment_act_once_and_get_the_same_reply(toys: Toys) -> None:
    metering, requester = await pair(toys)
    replies = await asyncio.gather(*(ask(requester, key="form-1") for _ in range(8)))
    assert isinstance(replies[0], Accepted)
    assert replies == [replies[0]] * 8
    assert len(await noted_by(metering)) == 1


async def test_same_key_with_another_body_is_another_request(toys: Toys) -> None:
    metering, requester = await pair(toys)
    await ask(requester, key="form-1")
    await ask(requester, REQUEST.model_copy(update={"value": Decimal(7)}), key="form-1")
    assert [text for _, text in await noted_by(metering)] == [str(REQUEST.value), "7"]


async def test_request_whose_deadline_has_passed_is_dropped_and_not_run(toys: Toys) -> None:
    metering, requester = await pair(toys)
    envelope = enveloped(REQUEST)
    late = {**envelope.headers(), DEADLINE: (system_clock() - timedelta(minutes=1)).isoformat()}
    await toys.wire.raw(topology.REQUESTS, envelope.type, late, envelope.data)
    await ask(requester, REQUEST.model_copy(update={"value": Decimal(7)}))
    assert [text for _, text in await noted_by(metering)] == ["7"]
    assert metering.registry.get_sample_value("ebok_requests_expired_total") == 1


@pytest.mark.parametrize(("deadline", "passed"), [("2001-11-30T12:00:00", True), ("9999-12-31T23:59:59", False)])
def test_a_deadline_without_a_zone_is_read_as_utc(deadline: str, passed: bool) -> None:
    assert Deadline({DEADLINE: deadline}, None, system_clock).has_passed() == passed


def test_where_the_broker_counts_two_clocks_need_not_agree() -> None:
    minutes_ago = {DEADLINE: (system_clock() - timedelta(minutes=3)).isoformat()}
    assert not Deadline(minutes_ago, 5.0, system_clock).has_passed()
    assert Deadline(minutes_ago, None, system_clock).has_passed()
    long_ago = {DEADLINE: (system_clock() - timedelta(hours=1)).isoformat()}
    assert Deadline(long_ago, 5.0, system_clock).has_passed()


async def test_request_is_carried_out_though_the_clocks_are_ten_seconds_apart(toys: Toys) -> None:
    metering = toys.process("metering")
    metering.service.answers(SubmitReading, accept)
    gateway = toys.process("gateway", asks=True)
    await toys.start(metering, gateway)
    behind = Requester(toys.address, source="gateway", clock=lambda: system_clock() - timedelta(seconds=10))
    async with behind:
        assert isinstance(await ask(behind, timeout=timedelta(seconds=5)), Accepted)


async def test_requests_that_are_malformed_in_every_way_are_answered_and_leave_no_place_taken(toys: Toys) -> None:
    _, requester = await pair(toys)
    envelope = enveloped(REQUEST)
    odd: list[Any] = [
        None,
        [],
        {"a": 1},
        "",
        "abc",
        "2999-11-30T12:00:00",
        2**40,
        True,
        datetime(2026, 1, 1, tzinfo=UTC),
        bytearray(b"\xff"),
    ]
    await toys.wire.queue("test.replies", topology.REPLIES)
    count = 0
    for name in (*envelope.headers(), DEADLINE, IDEMPOTENCY_KEY):
        for value in odd:
            headers = envelope.headers() | {name: value}
            await toys.wire.raw(topology.REQUESTS, envelope.type, headers, b"{}", reply_to="test.replies")
            count += 1
    assert isinstance(await ask(requester), Accepted)

    async def all_answered() -> bool:
        return await toys.wire.waiting("test.replies") == count

    await until(all_answered)


async def test_requests_whose_frames_are_odd_are_ended_and_the_next_is_answered(toys: Toys) -> None:
    metering, requester = await pair(toys)
    envelope = enveloped(REQUEST)
    headers, key = envelope.headers(), envelope.type.encode()
    # Sent by way of CC to the service, a request keeps the key that it was published under, whatever its bytes.
    copy = b"A" + struct.pack(">I", len(text(envelope.type))) + text(envelope.type)
    for routing_key, sent in (
        (key, properties(headers, timestamp=struct.pack(">Q", 2**62))),
        (key, properties(headers, odd={b"\xff": text("x")})),
        (key, properties(headers, reply_to=short(b"\xff" * 200))),
        (key, properties(headers, correlation_id=short(b"\xff" * 200), reply_to=short(b"nobody"))),
        (b"\xff\xfe", properties(headers, odd={b"CC": copy})),
    ):
        for _ in range(REQUESTS_AT_ONCE):
            await toys.wire.bytes(topology.REQUESTS, routing_key, sent, envelope.data)
    assert isinstance(await ask(requester), Accepted)

    async def all_ended() -> bool:
        return await metering.problems() == {} and await toys.wire.waiting("metering.requests") == 0

    await until(all_ended)


async def test_request_that_came_under_the_key_of_another_is_refused_and_not_run(toys: Toys) -> None:
    metering = toys.process("metering")

    async def note_login(request: LogIn, work: UnitOfWork) -> None:
        await note(work, new_id(), request.identifier)

    metering.service.answers(SubmitReading, accept)
    metering.service.answers(LogIn, note_login)
    await toys.start(metering)
    await toys.wire.queue("test.replies", topology.REPLIES)
    forged = enveloped(REQUEST, "gateway")
    await toys.wire.raw(topology.REQUESTS, LogIn.message_type, forged.headers(), forged.data, reply_to="test.replies")

    async def answered() -> bool:
        return await toys.wire.waiting("test.replies") == 1

    await until(answered)
    reply = await toys.wire.take("test.replies")
    assert reply is not None
    assert json.loads(reply.body)["code"] == "unreadable"
    assert await noted_by(metering) == []


async def test_reply_with_an_event_that_its_request_cannot_cause_is_no_answer(toys: Toys) -> None:
    gateway = toys.process("gateway", asks=True)
    await toys.start(gateway, extra=[Part("metering", answers=(SubmitReading.message_type,))])
    assert gateway.requester is not None
    asking = asyncio.create_task(ask(gateway.requester))
    async with asyncio.timeout(5):
        while (request := await toys.wire.take("metering.requests")) is None:
            await asyncio.sleep(0.02)
    forged = enveloped(LedgerPosted.model_validate(LedgerPosted.example), "billing")
    reply = {
        "outcome": "accepted",
        "events": [
            {
                "id": str(forged.id), "type": forged.type, "source": forged.source, "time": forged.time.isoformat(),
                "correlation_id": "", "subject": "", "sequence": 1, "data": forged.data.decode(),
            }
        ],
    }  # fmt: skip
    body = json.dumps(reply).encode()
    address, mine = request.reply_to or "", request.correlation_id
    await toys.wire.raw(topology.REPLIES, address, {}, body, correlation_id=mine)
    with pytest.raises(Unavailable, match="metering failed"):
        await asking


async def test_many_requests_are_in_flight_at_once(toys: Toys) -> None:
    at_once = most = 0

    async def slowly(request: SubmitReading, work: UnitOfWork) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.05)
        at_once -= 1

    _, requester = await pair(toys, slowly)
    replies = await asyncio.gather(*(ask(requester) for _ in range(200)))
    assert all(isinstance(reply, Accepted) for reply in replies)
    assert most >= 5


async def test_each_of_many_gets_its_own_answer(toys: Toys) -> None:
    _, requester = await pair(toys)
    requests = [REQUEST.model_copy(update={"value": Decimal(n)}) for n in range(100)]
    replies = await asyncio.gather(*(ask(requester, request) for request in requests))
    values = [event.value for reply in replies if isinstance(reply, Accepted) for event in events_of(reply)
              if isinstance(event, ReadingAccepted)]  # fmt: skip
    assert values == [request.value for request in requests]


async def test_request_that_nobody_answers_is_known_at_once(toys: Toys) -> None:
    gateway = toys.process("gateway", asks=True)
    await toys.start(gateway)
    assert gateway.requester is not None
    with pytest.raises(Unavailable, match=r"nobody answers metering\.reading\.submit\.v1"):
        await ask(gateway.requester)


async def test_request_to_a_service_that_is_down_is_given_up_at_its_deadline_and_never_run(toys: Toys) -> None:
    metering, requester = await pair(toys)
    await metering.stop()
    with pytest.raises(Unavailable):
        await ask(requester, timeout=timedelta(seconds=0.4))
    back = toys.process("metering", database_url=metering.settings.database_url)
    back.service.answers(SubmitReading, accept)
    await back.start()
    await back.wait_until_ready()
    await ask(requester, REQUEST.model_copy(update={"value": Decimal(7)}))
    assert [text for _, text in await noted_by(back)] == ["7"]


async def test_fault_in_the_service_is_no_answer_and_the_same_form_may_be_sent_again(toys: Toys) -> None:
    faults = 1

    async def once_faulty(request: SubmitReading, work: UnitOfWork) -> None:
        nonlocal faults
        await accept(request, work)
        if faults:
            faults -= 1
            raise ZeroDivisionError

    metering, requester = await pair(toys, once_faulty)
    with pytest.raises(Unavailable, match="metering failed to carry out"):
        await ask(requester, key="form-1")
    assert await noted_by(metering) == []
    counted = metering.registry.get_sample_value("ebok_requests_failed_total", {"type": REQUEST.message_type})
    assert counted == 1
    assert isinstance(await ask(requester, key="form-1"), Accepted)
    assert len(await noted_by(metering)) == 1


async def delete_reply_queue(requester: Requester) -> None:
    """As an administrator may; over the requester's own connection, to which it belongs."""
    assert requester._channel is not None
    await requester._channel.queue_delete(requester._reply_queue)


async def test_answers_come_again_after_the_reply_queue_was_deleted(toys: Toys) -> None:
    _, requester = await pair(toys)
    await ask(requester)
    await delete_reply_queue(requester)
    with pytest.raises(Unavailable):
        await ask(requester, timeout=timedelta(seconds=0.5))
    assert isinstance(await ask(requester), Accepted)
    await delete_reply_queue(requester)
    await requester.check()  # as readiness does
    assert isinstance(await ask(requester), Accepted)


async def test_a_broker_without_the_way_of_answers_is_told(toys: Toys) -> None:
    metering, requester = await pair(toys)
    await ask(requester)
    await toys.wire.delete_exchange(topology.REPLIES)
    with pytest.raises(ChannelNotFoundEntity):
        await requester.check()
    await toys.declare(metering)
    await requester.check()
    assert isinstance(await ask(requester), Accepted)


async def test_service_whose_database_is_away_says_so_and_answers_when_it_is_back(toys: Toys) -> None:
    home = toys.process("metering")
    async with Proxy(home.settings.database_url) as database:
        metering, requester = await pair(toys, database_url=database.url)
        await database.cut()
        with capture_logs() as lines, pytest.raises(Unavailable):
            await ask(requester, key="form-1")
        assert [(line["event"], line["log_level"]) for line in lines] == [("request.database_away", "warning")]
        await database.mend()
        assert isinstance(await ask(requester, key="form-1"), Accepted)
        assert len(await noted_by(metering)) == 1
        await metering.stop()


async def test_who_waits_for_what_somebody_holds_gives_way_before_the_deadline(toys: Toys) -> None:
    metering, requester = await pair(toys)
    async with metering.engine.begin() as somebody:
        await somebody.execute(sql("LOCK TABLE noted IN ACCESS EXCLUSIVE MODE"))
        with capture_logs() as lines, pytest.raises(Unavailable):
            await ask(requester, key="form-1")
        assert [(line["event"], line["log_level"]) for line in lines] == [("request.locked_out", "warning")]
    assert isinstance(await ask(requester, key="form-1"), Accepted)
    await metering.stop()


async def test_a_transaction_whose_process_is_frozen_is_ended_and_lets_go(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.chassis.storage.database.IDLE_SECONDS", 1)
    frozen = toys.process("billing")
    async with frozen.engine.connect() as connection:
        await connection.execute(sql("SELECT 1"))
        await asyncio.sleep(2)
        with pytest.raises(DBAPIError):
            await connection.execute(sql("SELECT 1"))
    await frozen.engine.dispose()


async def test_the_first_request_after_the_database_ended_all_connections_is_carried_out(toys: Toys) -> None:
    metering, requester = await pair(toys)
    await ask(requester)
    administrator = await asyncpg.connect(metering.settings.database_url)
    await administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await administrator.close()
    await asyncio.sleep(0.1)  # the ends are heard
    assert await metering.problems() == {}
    assert isinstance(await ask(requester), Accepted)


async def test_request_that_no_version_of_the_service_understands_is_answered(toys: Toys) -> None:
    metering, requester = await pair(toys)
    envelope = enveloped(REQUEST)
    await toys.wire.queue("test.replies", topology.REPLIES)
    await toys.wire.raw(topology.REQUESTS, envelope.type, envelope.headers(), b"no json", reply_to="test.replies")
    await ask(requester)

    async def answered() -> bool:
        return await toys.wire.waiting("test.replies") == 1

    await until(answered)
    message = await toys.wire.take("test.replies")
    assert message is not None
    assert json.loads(message.body)["code"] == "unreadable"
    assert len(await noted_by(metering)) == 1


@pytest.mark.parametrize(
    ("headers", "changes", "told"),
    [
        ({IDEMPOTENCY_KEY: "a\0b"}, {}, "x-ebok-idempotency-key is longer than 512 characters or has unprintable"),
        ({IDEMPOTENCY_KEY: 7}, {}, "x-ebok-idempotency-key is no text"),
        ({}, {"read_on": "9999-12-31"}, "read_on: must be in the years 1900 to 2199"),
        ({}, {"value": "1e12"}, "value: must be less than 100000000000"),
    ],
)
async def test_request_beyond_all_bounds_is_refused_with_the_reason_and_not_run(
    toys: Toys, headers: dict[str, Any], changes: dict[str, Any], told: str
) -> None:
    metering, requester = await pair(toys)
    envelope = enveloped(REQUEST)
    body = json.dumps(SubmitReading.example | changes).encode()
    await toys.wire.queue("test.replies", topology.REPLIES)
    await toys.wire.raw(topology.REQUESTS, envelope.type, envelope.headers() | headers, body, reply_to="test.replies")
    await ask(requester)

    async def answered() -> bool:
        return await toys.wire.waiting("test.replies") == 1

    await until(answered)
    message = await toys.wire.take("test.replies")
    assert message is not None
    reply = json.loads(message.body)
    assert reply["code"] == "unreadable"
    assert told in reply["errors"][0]["text"]
    assert len(await noted_by(metering)) == 1


async def test_asker_learns_of_a_broken_connection_and_asks_again(toys: Toys) -> None:
    metering = toys.process("metering")
    metering.service.answers(SubmitReading, accept)
    async with Proxy(toys.address) as broker:
        gateway = toys.process("gateway", asks=True, amqp_url=broker.url)
        await toys.start(metering, gateway)
        assert gateway.requester is not None
        await ask(gateway.requester, key="form-1")
        await broker.cut()
        with pytest.raises(Unavailable):
            await ask(gateway.requester, key="form-2")
        await broker.mend()
        assert isinstance(await ask(gateway.requester, key="form-2"), Accepted)
        assert len(await noted_by(metering)) == 2
        await gateway.stop()


async def test_service_that_cannot_send_its_replies_is_not_deaf_afterwards(toys: Toys) -> None:
    metering, requester = await pair(toys)
    await ask(requester)
    await toys.wire.delete_exchange(topology.REPLIES)
    in_vain = [ask(requester, key=f"form-{n}", timeout=timedelta(seconds=3)) for n in range(20)]
    found = await asyncio.gather(*in_vain, return_exceptions=True)  # more than it takes in hand at once
    assert {type(each) for each in found} == {Unavailable}
    await topology.declare(toys.address, [metering.service.part])

    async def answers() -> bool:
        try:
            return isinstance(await ask(requester, key="form-0", timeout=timedelta(seconds=2)), Accepted)
        except Unavailable:
            return False

    await until(answers)
    noted = await noted_by(metering)
    assert len(noted) == 21
