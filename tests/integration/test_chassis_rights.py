"""Least rights on a real broker: what a service's user may not do, the broker refuses."""

from collections.abc import AsyncIterator

import aio_pika
import pytest
from aio_pika.abc import AbstractConnection
from aiormq.exceptions import ChannelAccessRefused

from contracts.identity import CredentialsIssued
from contracts.metering import ReadingAccepted, SubmitReading
from services.chassis.messaging import topology
from services.chassis.messaging.topology import Part
from tests.support.brokers import Addresses
from tests.support.infrastructure import Servers
from tests.support.wire import Wire, enveloped

METERING = Part("metering", answers=(SubmitReading.message_type,))
BILLING = Part("billing", consumes=(ReadingAccepted.message_type,))
CORRESPONDENCE = Part("correspondence", consumes=(CredentialsIssued.message_type,))
GATEWAY = Part("gateway", consumes=(ReadingAccepted.message_type,), asks=True, projects=True)


@pytest.fixture(scope="module")
def addresses(servers: Servers) -> Addresses:
    addresses = servers.broker.fresh([METERING, BILLING, CORRESPONDENCE, GATEWAY])
    if not addresses.least_rights:
        pytest.skip("the broker is known by one address only, so all services share its user")
    return addresses


@pytest.fixture
async def billing(addresses: Addresses) -> AsyncIterator[AbstractConnection]:
    async with await aio_pika.connect(addresses.parts["billing"]) as connection:
        yield connection


async def test_a_service_reads_its_own_queue(addresses: Addresses, billing: AbstractConnection) -> None:
    async with Wire(addresses.admin) as wire:
        await wire.event(enveloped(ReadingAccepted.model_validate(ReadingAccepted.example)))
    async with billing.channel() as channel:
        queue = await channel.get_queue("billing.events", ensure=False)
        assert await queue.get(no_ack=True, timeout=5) is not None


@pytest.mark.parametrize(
    "queue", ["gateway.events", "correspondence.events", "correspondence.parked", "metering.requests"]
)
async def test_a_service_cannot_read_anothers_queue(billing: AbstractConnection, queue: str) -> None:
    async with billing.channel() as channel:
        with pytest.raises(ChannelAccessRefused):
            await (await channel.get_queue(queue, ensure=False)).get(no_ack=True)


async def test_a_service_cannot_bind_itself_to_an_event_that_it_was_not_given(billing: AbstractConnection) -> None:
    async with billing.channel() as channel:
        queue = await channel.get_queue("billing.events", ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await queue.bind(topology.EVENTS, CredentialsIssued.message_type)


async def test_a_service_cannot_make_a_queue_of_its_own_to_listen_with(billing: AbstractConnection) -> None:
    async with billing.channel() as channel:
        with pytest.raises(ChannelAccessRefused):
            await channel.declare_queue("billing.events.copy", durable=True)


async def test_a_service_cannot_publish_anothers_event(billing: AbstractConnection) -> None:
    async with billing.channel() as channel:
        exchange = await channel.get_exchange(topology.EVENTS, ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await exchange.publish(aio_pika.Message(b"{}"), routing_key=ReadingAccepted.message_type)


async def test_a_service_that_asks_nobody_cannot_send_requests(billing: AbstractConnection) -> None:
    async with billing.channel() as channel:
        exchange = await channel.get_exchange(topology.REQUESTS, ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await exchange.publish(aio_pika.Message(b"{}"), routing_key=SubmitReading.message_type)


async def test_a_service_cannot_move_anothers_failed_events(billing: AbstractConnection) -> None:
    async with billing.channel() as channel:
        exchange = await channel.get_exchange(topology.retry_exchange("gateway"), ensure=False)
        with pytest.raises(ChannelAccessRefused):
            await exchange.publish(aio_pika.Message(b"{}"), routing_key=topology.PARKED)


async def test_the_office_and_customers_gateway_cannot_read_the_credentials(addresses: Addresses) -> None:
    async with await aio_pika.connect(addresses.parts["gateway"]) as gateway, gateway.channel() as channel:
        queue = await channel.declare_queue("gateway.replies.mine", exclusive=True)
        with pytest.raises(ChannelAccessRefused):
            await queue.bind(topology.EVENTS, CredentialsIssued.message_type)
