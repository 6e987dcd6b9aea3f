"""What a person does with events that a service has given up."""

import asyncio
import json
import struct

import pytest

from contracts.identity import CredentialsIssued
from contracts.metering import ReadingAccepted
from deploy.cli import dead_letters as command
from deploy.local.errors import LocalStackError
from services.chassis.errors import Permanent
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.dead_letters import MASK, DeadLetters
from services.chassis.messaging.failing import ATTEMPT, REASON
from services.chassis.messaging.topology import Part
from services.chassis.process import Process
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.toy import note
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped, properties, text


class Stubborn:
    """Billing that refuses everything until it is mended."""

    def __init__(self) -> None:
        self.mended = False

    async def handle(self, event: ReadingAccepted, work: UnitOfWork) -> None:
        if not self.mended:
            raise Permanent(f"no tariff for {event.service_point}")
        await note(work, event.reading_id)


def reading(**changes: object) -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()} | changes)


async def parked_readings(toys: Toys, stubborn: Stubborn, *events: ReadingAccepted) -> Process:
    process = toys.process("billing")
    process.service.on(ReadingAccepted, stubborn.handle)
    await toys.start(process)
    for event in events:
        await toys.wire.event(enveloped(event))

    async def all_parked() -> bool:
        return await toys.wire.waiting("billing.parked") == len(events)

    await until(all_parked)
    return process


async def test_list_tells_id_type_and_reason_and_leaves_everything_where_it_is(toys: Toys) -> None:
    events = [reading(service_point=f"PP-{n}") for n in range(3)]
    await parked_readings(toys, Stubborn(), *events)
    async with DeadLetters("billing", toys.address) as letters:
        for _ in range(3):
            found = await letters.all()
            assert sorted(letter.reason for letter in found) == [f"no tariff for PP-{n}" for n in range(3)]
    assert {letter.type for letter in found} == {"metering.reading.accepted.v1"}
    assert all(letter.parked_at for letter in found)


async def test_retried_event_takes_effect_once_its_reason_is_gone(toys: Toys) -> None:
    stubborn = Stubborn()
    wanted, left = reading(service_point="PP-1"), reading(service_point="PP-2")
    process = await parked_readings(toys, stubborn, wanted, left)
    stubborn.mended = True
    async with DeadLetters("billing", toys.address) as letters:
        assert await letters.retry(lambda letter: "PP-1" in letter.reason) == 1

        async def done() -> bool:
            return [thing for thing, _ in await noted_by(process)] == [wanted.reading_id]

        await until(done)
        assert [letter.reason for letter in await letters.all()] == ["no tariff for PP-2"]


async def test_retried_event_that_fails_again_comes_back_with_all_its_tries_before_it(toys: Toys) -> None:
    await parked_readings(toys, Stubborn(), reading())
    headers = {**enveloped(reading()).headers(), ATTEMPT: 6, REASON: "given up after 7 attempts: Transient: x"}
    await toys.wire.raw(topology.retry_exchange("billing"), topology.PARKED, headers, enveloped(reading()).data)
    async with DeadLetters("billing", toys.address) as letters:
        assert await letters.retry(lambda _: True) == 2

        async def both_back() -> bool:
            return await toys.wire.waiting("billing.parked") == 2

        await until(both_back)
        for letter in await letters.all():
            assert ATTEMPT not in letter.headers
            assert letter.reason.startswith("no tariff for")


async def test_dropped_event_is_gone(toys: Toys) -> None:
    await parked_readings(toys, Stubborn(), reading(service_point="PP-1"), reading(service_point="PP-2"))
    async with DeadLetters("billing", toys.address) as letters:
        assert await letters.drop(lambda letter: "PP-1" in letter.reason) == 1
        assert [letter.reason for letter in await letters.all()] == ["no tariff for PP-2"]


async def test_of_many_each_is_dropped_or_retried_as_told(toys: Toys) -> None:
    await toys.declare(extra=[Part("billing", consumes=(ReadingAccepted.message_type,))])
    parked = [enveloped(reading()) for _ in range(600)]
    key, retry = topology.PARKED, topology.retry_exchange("billing")
    await asyncio.gather(*(toys.wire.raw(retry, key, {**e.headers(), REASON: "no tariff"}, e.data) for e in parked))
    dropped, kept = {str(e.id) for e in parked[:300]}, {str(e.id) for e in parked[300:]}
    async with DeadLetters("billing", toys.address) as letters:
        assert await letters.drop(lambda letter: letter.id in dropped) == 300
    async with DeadLetters("billing", toys.address) as letters:
        assert {letter.id for letter in await letters.all()} == kept
        assert await letters.retry(lambda letter: letter.id in kept) == 300
    async with DeadLetters("billing", toys.address) as letters:
        assert await letters.all() == []


async def test_secrets_are_masked_when_an_event_is_shown(toys: Toys) -> None:
    await toys.declare(extra=[Part("correspondence", consumes=(CredentialsIssued.message_type,))])
    event = CredentialsIssued.model_validate(CredentialsIssued.example)
    envelope = enveloped(event, "identity")
    for body in (envelope.data, b"temporary_password=" + event.temporary_password.encode()):
        headers = {**envelope.headers(), REASON: "refused"}
        await toys.wire.raw(topology.retry_exchange("correspondence"), topology.PARKED, headers, body)
    async with DeadLetters("correspondence", toys.address) as letters:
        whole, broken = await letters.all()
    assert event.temporary_password not in json.dumps([whole.shown(), broken.shown()])
    body = whole.shown()["body"]
    assert body["temporary_password"] == MASK
    assert body["identifier"] == event.identifier


async def test_message_without_an_id_can_be_named_too(toys: Toys) -> None:
    await toys.declare(extra=[Part("billing", consumes=(ReadingAccepted.message_type,))])
    await toys.wire.raw(topology.retry_exchange("billing"), topology.PARKED, {REASON: "no id"}, b"junk")
    async with DeadLetters("billing", toys.address) as letters:
        (letter,) = await letters.all()
        assert len(letter.id) == 12
        assert letter.shown()["body"] == "junk"
        assert await letters.drop(lambda each: each.id == letter.id) == 1


async def test_message_whose_frame_is_odd_hides_no_other_and_can_be_dropped(toys: Toys) -> None:
    await toys.declare(extra=[Part("billing", consumes=(ReadingAccepted.message_type,))])
    retry, good = topology.retry_exchange("billing"), enveloped(reading())
    far = struct.pack(">Q", 2**62)
    for sent in (properties({}, odd={b"\xff": text("x")}), properties({REASON: "odd"}, timestamp=far)):
        await toys.wire.bytes(retry, topology.PARKED.encode(), sent, b"{}")
    await toys.wire.raw(retry, topology.PARKED, {**good.headers(), REASON: "no tariff"}, good.data)
    async with DeadLetters("billing", toys.address) as letters:
        unreadable, odd, last = await letters.all()
        assert "cannot be read" in unreadable.reason
        assert (odd.reason, last.id) == ("odd", str(good.id))
        assert await letters.drop(lambda each: each.body == b"{}") == 2
        assert await letters.retry(lambda _: True) == 1


async def test_commands_tell_retry_and_drop_by_the_beginning_of_an_id(
    toys: Toys, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await toys.declare(extra=[Part("gateway", consumes=(ReadingAccepted.message_type,))])
    envelope = enveloped(reading())
    headers = {**envelope.headers(), REASON: "no tariff"}
    await toys.wire.raw(topology.retry_exchange("gateway"), topology.PARKED, headers, envelope.data)
    monkeypatch.setenv("EBOK_AMQP_URL", toys.address)
    import asyncio

    def run(*arguments: str) -> str:
        command.app(arguments, result_action="return_value")
        return capsys.readouterr().out

    assert "no tariff" in await asyncio.to_thread(run, "list", "--service", "gateway")
    shown = await asyncio.to_thread(run, "show", str(envelope.id)[:20], "--service", "gateway")
    assert '"cloudEvents_type": "metering.reading.accepted.v1"' in shown
    assert "Given again: 1." in await asyncio.to_thread(run, "retry", str(envelope.id), "--service", "gateway")
    assert await toys.wire.waiting("gateway.events") == 1
    assert "Nothing is parked." in await asyncio.to_thread(run, "list", "--service", "gateway")
    for what in ("show", "retry", "drop"):
        with pytest.raises(LocalStackError, match="No event abc is parked"):
            await asyncio.to_thread(run, what, "abc", "--service", "gateway")
