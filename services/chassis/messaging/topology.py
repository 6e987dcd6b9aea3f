"""The broker's exchanges, queues, bindings and rights, as data. Declared by one step, never by the services.

Everything stands before the first service starts, so an event is never unroutable because its reader was never up.
The arguments used here are valid on RabbitMQ 3.10 and 4.x (a test holds them against the list of both).

```
ebok.events (topic)    -> <service>.events          every event type that the service consumes
ebok.requests (direct) -> <service>.requests        every request type that it answers
ebok.replies (direct)  -> gateway.replies.<random>  bound by each gateway process for itself
ebok.replay (topic)    -> <projecting>.events       `ebok replay` speaks to read models only
<service>.retry (direct) -> .events, its wait queues, <service>.parked
```
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aio_pika
from aio_pika import ExchangeType

EVENTS = "ebok.events"
REQUESTS = "ebok.requests"
REPLIES = "ebok.replies"
REPLAY = "ebok.replay"

WAITS: Mapping[str, int] = {"wait-5s": 5_000, "wait-1m": 60_000, "wait-15m": 900_000}
"""Wait queues and their delay in ms. One queue a delay, because a queue expires messages at its head only."""

AGAIN = "again"
PARKED = "parked"

DELIVERY_LIMIT = 20
"""Deliveries of one message that ended with their process or its connection, before it is parked."""

NEVER = 2**31 - 1
"""As a delivery limit. Without one, 4.x drops a parked message after a person has looked at it twenty times."""


@dataclass(frozen=True)
class Part:
    """A service as the broker sees it."""

    name: str
    consumes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    asks: bool = False
    projects: bool = False


@dataclass(frozen=True)
class Exchange:
    """An exchange; all of them are durable."""

    name: str
    type: ExchangeType


@dataclass(frozen=True)
class Queue:
    """A durable queue with the arguments that it is declared with."""

    name: str
    arguments: Mapping[str, str | int]


@dataclass(frozen=True)
class Binding:
    """What of an exchange goes into a queue."""

    exchange: str
    queue: str
    routing_key: str


def events_queue(service: str) -> str:
    """The queue of the events that a service consumes."""
    return f"{service}.events"


def requests_queue(service: str) -> str:
    """The queue of the requests that a service answers."""
    return f"{service}.requests"


def parked_queue(service: str) -> str:
    """The queue of what a service has given up."""
    return f"{service}.parked"


def retry_exchange(service: str) -> str:
    """The exchange by which a service moves its failed events, and through which they come back."""
    return f"{service}.retry"


def exchanges(parts: Iterable[Part]) -> list[Exchange]:
    """All exchanges, in a stable order."""
    return [
        Exchange(EVENTS, ExchangeType.TOPIC),
        Exchange(REQUESTS, ExchangeType.DIRECT),
        Exchange(REPLIES, ExchangeType.DIRECT),
        Exchange(REPLAY, ExchangeType.TOPIC),
        *(Exchange(retry_exchange(part.name), ExchangeType.DIRECT) for part in parts if part.consumes),
    ]


def queues(part: Part) -> list[Queue]:
    """The queues of one service. Quorum queues, but for requests, which live seconds and gain nothing from a log."""
    result = []
    if part.consumes:
        dead_letter = {
            "x-queue-type": "quorum",
            "x-dead-letter-exchange": retry_exchange(part.name),
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        result += [
            Queue(
                events_queue(part.name),
                {**dead_letter, "x-dead-letter-routing-key": PARKED, "x-delivery-limit": DELIVERY_LIMIT},
            ),
            *(
                Queue(
                    f"{events_queue(part.name)}.{step}",
                    {**dead_letter, "x-dead-letter-routing-key": AGAIN, "x-message-ttl": delay},
                )
                for step, delay in WAITS.items()
            ),
            Queue(parked_queue(part.name), {"x-queue-type": "quorum", "x-delivery-limit": NEVER}),
        ]
    if part.answers:
        result.append(Queue(requests_queue(part.name), {"x-queue-type": "classic"}))
    return result


def bindings(part: Part) -> list[Binding]:
    """What reaches the queues of one service."""
    result = []
    if part.consumes:
        queue, retry = events_queue(part.name), retry_exchange(part.name)
        result += [Binding(EVENTS, queue, message_type) for message_type in sorted(part.consumes)]
        result += [Binding(retry, queue, AGAIN), Binding(retry, parked_queue(part.name), PARKED)]
        result += [Binding(retry, f"{queue}.{step}", step) for step in WAITS]
        if part.projects:
            result += [Binding(REPLAY, queue, message_type) for message_type in sorted(part.consumes)]
    result += [Binding(REQUESTS, requests_queue(part.name), message_type) for message_type in sorted(part.answers)]
    return result


def permissions(part: Part) -> dict[str, str]:
    """The least rights of one service's user, as RabbitMQ's patterns: it reads its own queues and declares nothing."""

    def any_of(*names: str) -> str:
        return f"^({'|'.join(names)})$" if names else "^$"

    name = re.escape(part.name)
    replies = rf"{name}\.replies\..*"
    write = [re.escape(EVENTS)]
    read = []
    if part.consumes:
        write.append(rf"{name}\.retry")
        read += [rf"{name}\.events", rf"{name}\.parked"]
    if part.answers:
        write.append(re.escape(REPLIES))
        read.append(rf"{name}\.requests")
    if part.asks:
        write += [re.escape(REQUESTS), replies]
        read += [re.escape(REPLIES), replies]
    if not part.projects:
        write.append(re.escape(REPLAY))
    return {
        "configure": any_of(replies) if part.asks else any_of(),
        "write": any_of(*write),
        "read": any_of(*read),
    }


def topic_permissions(part: Part) -> list[dict[str, str]]:
    """On the topic exchanges a service publishes only what it owns; nobody but the declaring step binds a queue."""
    own = rf"^{re.escape(part.name)}\."
    return [{"exchange": exchange, "write": own, "read": "^$"} for exchange in (EVENTS, REPLAY)]


def password_hash(password: str) -> str:
    """RabbitMQ's `rabbit_password_hashing_sha256`: base64 of a 4-byte salt and SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def user_name(vhost: str, part: str) -> str:
    """What the broker's user of a part is called; by virtual host, so that several stacks can share one node."""
    return f"{'ebok' if vhost == '/' else vhost}.{part}"


def definitions(vhost: str, parts: Iterable[Part], passwords: Mapping[str, str], admin: str = "") -> dict[str, Any]:
    """Everything as RabbitMQ's importable definitions, with one user (`user_name`) for each part in `passwords`.

    Passwords are in it as salted hashes only. `admin`, when given, is the name (in `passwords`) of a user who may do
    anything in the virtual host: the declaring step, `ebok status`.
    """
    parts = list(parts)
    return {
        "vhosts": [{"name": vhost}],
        "users": [_defined_user(user_name(vhost, name), password) for name, password in passwords.items()],
        **_defined_rights(vhost, [part for part in parts if part.name in passwords], admin),
        "exchanges": [_defined_exchange(vhost, exchange) for exchange in exchanges(parts)],
        "queues": [_defined_queue(vhost, queue) for part in parts for queue in queues(part)],
        "bindings": [_defined_binding(vhost, binding) for part in parts for binding in bindings(part)],
    }


def _defined_user(name: str, password: str) -> dict[str, Any]:
    return {
        "name": name,
        "password_hash": password_hash(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "",
        "limits": {},
    }


def _defined_rights(vhost: str, parts: Iterable[Part], admin: str) -> dict[str, list[dict[str, str]]]:
    rights, topics = [], []
    for part in parts:
        of = {"user": user_name(vhost, part.name), "vhost": vhost}
        rights.append({**of, **permissions(part)})
        topics += [{**of, **topic} for topic in topic_permissions(part)]
    if admin:
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        rights.append({"user": user_name(vhost, admin), "vhost": vhost, **everything})
    return {"permissions": rights, "topic_permissions": topics}


def _defined_exchange(vhost: str, exchange: Exchange) -> dict[str, Any]:
    return {
        "name": exchange.name,
        "vhost": vhost,
        "type": exchange.type.value,
        "durable": True,
        "auto_delete": False,
        "internal": False,
        "arguments": {},
    }


def _defined_queue(vhost: str, queue: Queue) -> dict[str, Any]:
    return {
        "name": queue.name,
        "vhost": vhost,
        "durable": True,
        "auto_delete": False,
        "arguments": dict(queue.arguments),
    }


def _defined_binding(vhost: str, binding: Binding) -> dict[str, Any]:
    return {
        "source": binding.exchange,
        "vhost": vhost,
        "destination": binding.queue,
        "destination_type": "queue",
        "routing_key": binding.routing_key,
        "arguments": {},
    }


async def declare(amqp_url: str, parts: Iterable[Part]) -> None:
    """Declare everything but users and rights with an ordinary connection whose user may configure the virtual host."""
    parts = list(parts)
    connection = await aio_pika.connect(amqp_url)
    async with connection, connection.channel() as channel:
        declared = {e.name: await channel.declare_exchange(e.name, e.type, durable=True) for e in exchanges(parts)}
        for part in parts:
            for queue in queues(part):
                await channel.declare_queue(queue.name, durable=True, arguments=dict(queue.arguments))
            for binding in bindings(part):
                bound = await channel.get_queue(binding.queue, ensure=False)
                await bound.bind(declared[binding.exchange], binding.routing_key)
