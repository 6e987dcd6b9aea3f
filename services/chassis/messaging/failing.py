"""What happens to an event that fails: it is tried again after growing delays, then parked with the reason."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from services.chassis.messaging import topology
from services.chassis.messaging.publishing import BROKER_FAULTS, ConfirmedChannel, amqp_message

log = structlog.get_logger()

ATTEMPT = "x-ebok-attempt"
REASON = "x-ebok-reason"
PARKED_AT = "x-ebok-parked-at"

STEPS = ("wait-5s", "wait-1m", "wait-1m", "wait-15m", "wait-15m", "wait-15m")
"""The delay before each further attempt; after the last one the event is parked."""

WAITS_ELSEWHERE = "wait-1m"
"""Where an event waits for a database that is away for long."""

FAULT_SECONDS = 1.0
"""How long to wait before the next try to move an event when the broker did not take its copy."""

_BROKERS_OWN = {"x-death", "x-delivery-count", "x-acquired-count"}
"""Headers that the broker adds to a delivery; what a client sends under these names means different things to 3.10 and
4.x."""


MOST_HEADERS, LONGEST_NAME, LONGEST_VALUE = 40, 60, 512
"""What of a delivery's headers is kept when it is moved, in characters. Together they must fit into one frame of
128 kB, else the broker cuts the connection; what our services send is shorter, so only what is not ours is cut."""


def own_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """The headers of a delivery as they may be sent on: without those that the broker added, and cut to length.

    What is neither text nor a whole number is written as text.
    """
    own = [(name, value) for name, value in headers.items() if name not in _BROKERS_OWN]
    return {name[:LONGEST_NAME]: _kept(value) for name, value in own[:MOST_HEADERS]}


def _kept(value: object) -> str | int:
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    text = value if isinstance(value, str) else ascii(value)
    if len(text) <= LONGEST_VALUE:
        return text
    return f"{text[:LONGEST_VALUE]}… ({len(text)} characters)"


def attempts(headers: Mapping[str, Any]) -> int:
    """How often an event has failed before; what is no such number counts as never."""
    attempt = headers.get(ATTEMPT)
    return attempt if isinstance(attempt, int) and attempt >= 0 else 0


def next_step(headers: Mapping[str, Any]) -> str | None:
    """The wait queue's step for an event that has just failed, or None when its tries are used up."""
    attempt = attempts(headers)
    return STEPS[attempt] if attempt < len(STEPS) else None


class FailedEvents:
    """Moves a service's failed events, with confirms: the delivery is acknowledged only after its copy is safe.

    `exchange` is where they go to, and where they come back from.
    """

    def __init__(self, service: str, channel: ConfirmedChannel) -> None:
        self.exchange = topology.retry_exchange(service)
        self._channel = channel

    async def retry_later(self, headers: Mapping[str, Any], body: bytes, reason: str, now: datetime) -> None:
        """Send the event to its next wait queue, or park it when its tries are used up."""
        step = next_step(headers)
        if step is None:
            await self.park(headers, body, f"given up after {len(STEPS) + 1} attempts: {reason}", now)
            return
        attempt = attempts(headers) + 1
        log.warning("event.retried_later", step=step, attempt=attempt, reason=reason)
        await self._publish(step, headers, {ATTEMPT: attempt, REASON: reason}, body)

    async def wait(self, headers: Mapping[str, Any], body: bytes) -> None:
        """Send the event to wait, because of something that is no fault of its own: it counts as no attempt."""
        await self._publish(WAITS_ELSEWHERE, headers, {}, body)

    async def park(self, headers: Mapping[str, Any], body: bytes, reason: str, now: datetime) -> None:
        """Put the event aside for a person (`ebok dead-letters`)."""
        log.error("event.parked", reason=reason)
        await self._publish(topology.PARKED, headers, {REASON: reason, PARKED_AT: now.isoformat()}, body)

    async def _publish(self, routing_key: str, came: Mapping[str, Any], ours: Mapping[str, Any], body: bytes) -> None:
        own = own_headers({**ours, **came, **ours})  # ours come first, so that none of them is one too many
        while True:
            try:
                exchange = await self._channel.exchange(self.exchange)
                await exchange.publish(amqp_message(own, body), routing_key=routing_key, mandatory=True)
            except BROKER_FAULTS as error:
                # The delivery stays in hand: let go of without an acknowledgement, it would hold its place in the
                # prefetch for as long as the consumer's own connection lives.
                log.warning("event.cannot_be_moved", to=routing_key, error=type(error).__name__)
                await asyncio.sleep(FAULT_SECONDS)
            else:
                return
