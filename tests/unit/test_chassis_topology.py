"""The broker's queues and rights as data: valid on RabbitMQ 3.10 and 4.x, complete, and no wider than needed."""

import re

import pytest

from contracts.identity import CredentialsIssued
from contracts.message import Request, type_registry
from deploy import catalog
from services.chassis.messaging import failing, topology
from services.chassis.messaging.topology import Part
from tests.support.profiles import a_profile
from tests.support.reading import left_behind, unread

ARGUMENTS: dict[str, type | set[str]] = {
    "x-queue-type": {"quorum", "classic"},
    "x-dead-letter-exchange": str,
    "x-dead-letter-routing-key": str,
    "x-dead-letter-strategy": {"at-least-once"},
    "x-overflow": {"reject-publish"},
    "x-message-ttl": int,
    "x-delivery-limit": int,
}
"""What both 3.10 and 4.x take. Left out: x-queue-mode, x-queue-version, x-max-priority (4.3 refuses the first two,
3.10 the last one on quorum queues)."""

PARTS = catalog.parts(a_profile())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_queues_use_only_arguments_that_3_10_and_4_x_take(part: Part) -> None:
    given = [(name, value) for queue in topology.queues(part) for name, value in queue.arguments.items()]
    assert given or not (part.consumes or part.answers)
    assert [argument for argument in given if not is_taken(*argument)] == []


def is_taken(name: str, value: object) -> bool:
    allowed = ARGUMENTS[name]
    return isinstance(value, allowed) if isinstance(allowed, type) else value in allowed


@pytest.mark.parametrize("part", [part for part in PARTS if part.consumes], ids=lambda part: part.name)
def test_every_queue_of_events_survives_and_ends_in_the_services_own_hands(part: Part) -> None:
    for queue in topology.queues(part):
        if queue.name == topology.requests_queue(part.name):
            continue
        assert queue.arguments["x-queue-type"] == "quorum"
        if queue.name != topology.parked_queue(part.name):
            assert queue.arguments["x-dead-letter-exchange"] == topology.retry_exchange(part.name)
    assert queue_of(part, topology.events_queue(part.name)).arguments["x-delivery-limit"]


def queue_of(part: Part, name: str) -> topology.Queue:
    return next(queue for queue in topology.queues(part) if queue.name == name)


def test_every_step_of_a_retry_has_its_wait_queue() -> None:
    assert set(failing.STEPS) <= set(topology.WAITS)
    assert list(failing.STEPS) == sorted(failing.STEPS, key=lambda step: topology.WAITS[step])


def test_every_binding_leads_from_an_exchange_to_a_queue_that_is_declared() -> None:
    exchanges = {exchange.name for exchange in topology.exchanges(PARTS)}
    for part in PARTS:
        own = {queue.name for queue in topology.queues(part)}
        for binding in topology.bindings(part):
            assert binding.exchange in exchanges
            assert binding.queue in own


def test_every_event_has_a_reader() -> None:
    """An event that nobody reads would stay in its service's outbox for ever."""
    assert unread(PARTS, type_registry) == set()


def test_whoever_reads_a_superseded_event_reads_its_successor_too() -> None:
    behind = left_behind(PARTS, type_registry)
    assert behind == [], "in their app.py these services read a first version and not the second one beside it"


def test_every_request_has_exactly_one_service_that_answers_it_and_that_is_its_owner() -> None:
    asked = [(name, model.owner()) for name, model in type_registry.items() if issubclass(model, Request)]
    assert sorted((name, part.name) for part in PARTS for name in part.answers) == sorted(asked)


def test_credentials_are_read_by_correspondence_alone() -> None:
    assert [part.name for part in PARTS if CredentialsIssued.message_type in part.consumes] == ["correspondence"]


def test_a_service_may_configure_read_and_write_only_what_is_its_own() -> None:
    shared = {topology.EVENTS, topology.REQUESTS, topology.REPLIES, topology.REPLAY}
    every = {queue.name for part in PARTS for queue in topology.queues(part)} | {
        exchange.name for exchange in topology.exchanges(PARTS)
    }
    for part in PARTS:
        rights = topology.permissions(part)
        foreign = {name for name in every if not name.startswith(f"{part.name}.")}
        assert [name for name in foreign - shared if re.search(rights["read"], name)] == []
        assert [name for name in foreign - shared if re.search(rights["write"], name)] == []
        assert [name for name in every if re.search(rights["configure"], name)] == []
        assert not re.search(rights["read"], topology.EVENTS)


def test_a_service_publishes_only_events_that_it_owns() -> None:
    for part in PARTS:
        for topic in topology.topic_permissions(part):
            for name, model in type_registry.items():
                assert bool(re.search(topic["write"], name)) == (model.owner() == part.name)


def test_a_password_is_never_in_the_definitions() -> None:
    passwords = {part.name: f"geheim-{part.name}" for part in PARTS}
    assert "geheim" not in str(topology.definitions("x", PARTS, passwords))
