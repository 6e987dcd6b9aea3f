"""The human check of W03: five digits are shown, the person types the two that the instruction names.

The form carries a signed token instead of server state, so the form can wait as long as the person needs (an hour).
Once the digits are right the token says so, for this form only: other mistakes ask for no new digits.
Only a check that was used is remembered until it expires, so that one solved check makes one application.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import asyncpg

from gateway.read_model.queries import Query
from gateway.web.visitors.signing import signed, text_of

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


Answer = Literal["right", "missing", "wrong", "over"]
"""What the person typed: the digits asked for, nothing, others; or the check is over: too late, or none of ours."""

_PASSED = "passed"


@dataclass(frozen=True)
class HumanCheck:
    """What the form shows: the digits, and which places (counted from 1) are asked for.

    One that was passed shows and asks nothing more; its token still goes with the form.
    """

    token: str
    digits: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()


def new_check(secret: str, now: datetime) -> HumanCheck:
    """A fresh check, signed with `secret`."""
    digits = tuple(str(secrets.randbelow(10)) for _ in range(DIGITS))
    asked = tuple(sorted(secrets.SystemRandom().sample(range(1, DIGITS + 1), ASKED)))
    until = int((now + VALID).timestamp())
    content = f"{''.join(digits)}.{''.join(map(str, asked))}.{until}.{secrets.token_hex(8)}"  # no two are the same
    return HumanCheck(signed(secret, "human check", content), digits, asked)


def judge(secret: str, token: str, typed: tuple[str, ...], form_key: str, now: datetime) -> Answer:
    """What `typed` is to the check of `token`; of a check that the form of this key has passed, nothing is asked."""
    content = text_of(token, secret, "human check")
    if content is None:
        return "over"
    digits, asked, until, _ = content.split(".")
    if now.timestamp() > int(until):
        return "over"
    if digits == _PASSED:
        return "right" if asked == form_key else "over"
    given = tuple(entry.strip() for entry in typed)
    if not any(given):
        return "missing"
    return "right" if tuple(digits[int(place) - 1] for place in asked) == given else "wrong"


def passed(secret: str, token: str, form_key: str) -> HumanCheck:
    """The check of `token`, which was answered right, as the form of this key carries it from now on."""
    _, _, until, nonce = (text_of(token, secret, "human check") or "...").split(".")
    return HumanCheck(signed(secret, "human check", f"{_PASSED}.{form_key}.{until}.{nonce}"))


async def use(pool: asyncpg.Pool, secret: str, token: str, form: str, now: datetime) -> bool:
    """Use up the check of `token`, which was answered right, for `form`; False when another form has used it.

    The same form may be sent again: it is answered with what the first one caused.
    """
    row = await _USE.fetch_one(pool, _id(secret, token), _hash(form), now + VALID)
    return row is not None and bool(row["same_form"])


async def give_back(pool: asyncpg.Pool, secret: str, token: str, form: str) -> None:
    """`form` was refused: the check is as good as before, unless another form has used it meanwhile."""
    await _GIVE_BACK.run(pool, _id(secret, token), _hash(form))


async def sweep(pool: asyncpg.Pool, now: datetime) -> None:
    """Forget used checks that expired."""
    await _SWEEP.run(pool, now)


def _hash(form: str) -> bytes:
    return hashlib.sha256(form.encode()).digest()


def _id(secret: str, token: str) -> str:
    """What a check has of its own, before and after it was passed."""
    return (text_of(token, secret, "human check") or "").rpartition(".")[2]
