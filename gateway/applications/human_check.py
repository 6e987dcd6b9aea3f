"""The human check of W03: five digits are shown, the person types the two that the instruction names.

The form carries a signed token instead of server state, so the form can wait as long as the person needs (an hour).
Only a token that was used is remembered until it expires, so that one solved check makes one application.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from gateway.read_model.queries import Query
from gateway.web.visitors.signing import is_signed, signature

VALID = timedelta(hours=1)
DIGITS = 5
ASKED = 2

_USE = Query("""
    INSERT INTO used_check (signature, form_hash, expires_at) VALUES ($1, $2, $3)
    ON CONFLICT (signature) DO UPDATE SET form_hash = used_check.form_hash
    RETURNING form_hash = $2 AS same_form
""")
_GIVE_BACK = Query("DELETE FROM used_check WHERE signature = $1 AND form_hash = $2")
_SWEEP = Query("DELETE FROM used_check WHERE expires_at < $1")


@dataclass(frozen=True)
class HumanCheck:
    """What the form shows: the digits, and which places (counted from 1) are asked for."""

    token: str
    digits: tuple[str, ...]
    asked: tuple[int, ...]


def new_check(secret: str, now: datetime) -> HumanCheck:
    """A fresh check, signed with `secret`."""
    digits = tuple(str(secrets.randbelow(10)) for _ in range(DIGITS))
    asked = tuple(sorted(secrets.SystemRandom().sample(range(1, DIGITS + 1), ASKED)))
    until = int((now + VALID).timestamp())
    content = f"{''.join(digits)}.{''.join(map(str, asked))}.{until}.{secrets.token_hex(8)}"  # no two are the same
    token = f"{base64.urlsafe_b64encode(content.encode()).decode()}.{signature(secret, 'human check', content)}"
    return HumanCheck(token, digits, asked)


def passes(secret: str, token: str, typed: tuple[str, ...], now: datetime) -> bool:
    """Whether `typed` are the digits that the check of `token` asked for, and in time."""
    encoded, _, given = token.partition(".")
    try:
        content = base64.urlsafe_b64decode(encoded).decode()
    except ValueError:
        return False
    if not is_signed(given, secret, "human check", content):
        return False
    digits, asked, until, _ = content.split(".")
    if now.timestamp() > int(until):
        return False
    return tuple(digits[int(place) - 1] for place in asked) == tuple(entry.strip() for entry in typed)


async def use(pool: asyncpg.Pool, token: str, form: str, now: datetime) -> bool:
    """Use up the check of `token`, which passes, for `form`; False when another form has used it.

    The same form may be sent again: it is answered with what the first one caused.
    """
    row = await _USE.fetch_one(pool, _signature(token), _hash(form), now + VALID)
    return row is not None and bool(row["same_form"])


async def give_back(pool: asyncpg.Pool, token: str, form: str) -> None:
    """`form` was refused: the check is as good as before, unless another form has used it meanwhile."""
    await _GIVE_BACK.run(pool, _signature(token), _hash(form))


async def sweep(pool: asyncpg.Pool, now: datetime) -> None:
    """Forget used checks that expired."""
    await _SWEEP.run(pool, now)


def _hash(form: str) -> bytes:
    return hashlib.sha256(form.encode()).digest()


def _signature(token: str) -> str:
    return token.partition(".")[2]
