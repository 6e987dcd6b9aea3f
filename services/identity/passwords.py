"""Passwords: what they must be, how they are kept, and temporary ones that are easy to type."""

import asyncio
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from contracts.reply import FieldError
from services.identity.profile import PasswordPolicy
from services.identity.refusals import reasons

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Argon2id as OWASP's password storage advice has it: 19 MiB, two passes, so that a dozen logins at once fit."""

NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$G0UhP8ecMQU3Y0mJAuvlag$j0cIzzJUjmbdxylDvNUj14TgTSuUNCGyPHYSmTYc9QE"
"""Compared with when nobody has the identifier, so that the answer takes as long as for a wrong password."""

FEWEST_DIFFERENT = 5
"""Different characters that a password has at least; fewer are `aaaaaaaaaaaa` and its like."""

FEWEST_OWN = 4
"""Letters that a password has at least beside its owner's names; with fewer it is the name, dressed up."""

WORDS = 4
"""Words in a temporary password: four of 512 and a number from 10 to 99 make 42 bits, and logins are throttled."""


async def hashed(password: str) -> str:
    """The form in which `password` is kept."""
    return await asyncio.to_thread(_hasher.hash, normal(password))


async def verify(kept: str, password: str) -> bool:
    """Whether `password` is the one that `kept` was made of; takes as long either way.

    `password` must be of a bounded length (contracts/identity): normalising takes time that grows with its square.
    """
    try:
        return await asyncio.to_thread(_hasher.verify, kept, normal(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether `kept` was made with weaker parameters than today's, so that it should be made again."""
    return _hasher.check_needs_rehash(kept)


def problems(
    password: str, policy: PasswordPolicy, identifier: str, names: Collection[str] = ()
) -> tuple[FieldError, ...]:
    """What keeps `password` from being accepted as the `new_password` of the account `identifier`.

    `names` are what its owner is called: the name, the e-mail address (NIST SP 800-63B-4: names derived from the user).
    """
    return tuple(_problems(password, policy, identifier, names))


def _problems(password: str, policy: PasswordPolicy, identifier: str, names: Collection[str]) -> Iterator[FieldError]:
    field = "new_password"
    password = normal(password)
    folded = password.casefold()
    if len(password) < policy.min_length:
        yield reasons.error("password_too_short", field, shortest=policy.min_length)
    if len(password) > policy.max_length:
        yield reasons.error("password_too_long", field, longest=policy.max_length)
    if policy.letter and not any(c.isalpha() for c in password):
        yield reasons.error("password_without_letter", field)
    if policy.digit and not any(c.isdecimal() for c in password):
        yield reasons.error("password_without_digit", field)
    if identifier.casefold() in folded:
        yield reasons.error("password_with_identifier", field)
    elif _is_of(names, password):
        yield reasons.error("password_of_own_names", field)
    elif _is_common(folded, policy):
        yield reasons.error("password_easy_to_guess", field)


def temporary() -> str:
    """A password for the way to its owner: plain words and a number, without Polish letters or capitals."""
    words = [secrets.choice(_words()) for _ in range(WORDS)]
    return "-".join([*words, str(10 + secrets.randbelow(90))])


def normal(password: str) -> str:
    """The same password whatever keyboard composed its letters (NIST SP 800-63B-4: normalise Unicode)."""
    return unicodedata.normalize("NFKC", password)


def _is_common(folded: str, policy: PasswordPolicy) -> bool:
    if not policy.blocklist:
        return False  # a utility's own weak rule is kept as it is
    return folded in policy.blocklist or len(set(folded)) < FEWEST_DIFFERENT


def _is_of(names: Collection[str], password: str) -> bool:
    """Whether `password` has names and little else, whatever case and whichever accents either has."""
    own = {word for name in names for word in re.findall(r"[a-z]{3,}", _plain(name))}
    whole = rest = _plain(password)
    for word in sorted(own, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != whole and sum(map(str.isalpha, rest)) < FEWEST_OWN


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l")
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


@cache
def _words() -> tuple[str, ...]:
    return tuple((files(__package__) / "words.txt").read_text(encoding="utf-8").split())
