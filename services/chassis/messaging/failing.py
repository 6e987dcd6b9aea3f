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

FAULT_SECONDS = 1.0
"""How long to wait before the next try to move an event when the broker did not take its copy."""

_BROKERS_OWN = {"x-death", "x-delivery-count", "x-acquired-count"}
"""Headers that the broker adds to a delivery; what a client sends under these names means different things to 3.10 and
4.x."""


def own_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """The headers of a delivery without those that the broker added to it."""
    return {name: value for name, value in headers.items() if name not in _BROKERS_OWN}


def next_step(headers: Mapping[str, Any]) -> str | None:
    """The wait queue's step for an event that has just failed, or None when its tries are used up."""
    attempt = int(headers.get(ATTEMPT, 0))
    return STEPS[attempt] if attempt < len(STEPS) else None


class FailedEvents:
    """Moves a service's failed events, with confirms: the delivery is acknowledged only after its copy is safe."""

    def __init__(self, service: str, channel: ConfirmedChannel) -> None:
        self._exchange = topology.retry_exchange(service)
        self._channel = channel

    async def retry_later(self, headers: Mapping[str, Any], body: bytes, reason: str, now: datetime) -> None:
        """Send the event to its next wait queue, or park it when its tries are used up."""
        step = next_step(headers)
        if step is None:
            await self.park(headers, body, f"given up after {len(STEPS) + 1} attempts: {reason}", now)
            return
        attempt = int(headers.get(ATTEMPT, 0)) + 1
        log.warning("event.retried_later", step=step, attempt=attempt, reason=reason)
        await self._publish(step, {**headers, ATTEMPT: attempt, REASON: reason}, body)

    async def park(self, headers: Mapping[str, Any], body: bytes, reason: str, now: datetime) -> None:
        """Put the event aside for a person (`ebok dead-letters`)."""
        log.error("event.parked", reason=reason)
        await self._publish(topology.PARKED, {**headers, REASON: reason, PARKED_AT: now.isoformat()}, body)

    async def _publish(self, routing_key: str, headers: Mapping[str, Any], body: bytes) -> None:
        own = own_headers(headers)
        while True:
            try:
                exchange = await self._channel.exchange(self._exchange)
                await exchange.publish(amqp_message(own, body), routing_key=routing_key, mandatory=True)
            except BROKER_FAULTS as error:
                # The delivery stays in hand: let go of without an acknowledgement, it would hold its place in the
                # prefetch for as long as the consumer's own connection lives.
                log.warning("event.cannot_be_moved", to=routing_key, error=type(error).__name__)
                await asyncio.sleep(FAULT_SECONDS)
            else:
                return
