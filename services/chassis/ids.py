"""Identifiers of things and messages."""

import secrets
import time
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1d4f0a-8f5a-5c39-9c2b-6f0a3a3f7c11")


def new_id() -> UUID:
    """A new identifier that sorts by time (UUID version 7, RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    chance = secrets.randbits(74)  # at once: each asking is a call of the system
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (chance >> 62) << 64
    return UUID(int=value | 0b10 << 62 | chance & ((1 << 62) - 1))


def stable_id(*parts: str) -> UUID:
    """The identifier of a thing that has a natural key: the same parts always give the same identifier."""
    return uuid5(_NAMESPACE, "\x1f".join(parts))
