"""What a profile that was copied has kept of the other utility's, though it can only be one's own."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from deploy.profiles import load_profile, profile_file, profile_names
from services.chassis.profile.profile import Profile
from services.chassis.profile.reading import ProfileError
from services.identity.profile import Registration

_PHONE_DIGITS = 9
"""A telephone number that is somebody's own; shorter ones, such as 994, are everybody's."""

_PHONES = frozenset({"phones", "registration_phones"})
_NUMBERS = frozenset({"nip", "regon", "bank_account", *_PHONES})


def taken_over(name_or_path: str) -> Iterator[str]:
    """What a profile has in common with another one of the product: the setting, and whose it is.

    No utility has two profiles, so the name is compared too, and only a profile's own file is passed by; so is one
    that cannot be read. The terms of use may neither be the other's nor name it. Raises `ProfileError`.
    """
    mine = load_profile(name_or_path)
    for name in profile_names():
        if profile_file(name).samefile(profile_file(name_or_path)):
            continue
        try:
            other = load_profile(name)
        except ProfileError:
            continue
        yield from _kept(mine, other, name)
        yield from _kept_in_terms(mine, other, name)


def _kept(mine: Profile, other: Profile, name: str) -> Iterator[str]:
    theirs = _own(other)
    phones = {number for setting in _PHONES for number in theirs[setting]}
    for setting, values in _own(mine).items():
        for key, written in values.items():
            if key not in (phones if setting in _PHONES else theirs.get(setting, ())):
                continue
            if setting == "name":
                yield f"utility.name: is that of {name}; one utility has one profile: write the name of yours"
            elif setting in _PHONES:
                yield f"utility.{setting}: {written} is that of {name}"
            else:
                yield f"utility.{setting}: is that of {name}"


def _kept_in_terms(mine: Profile, other: Profile, name: str) -> Iterator[str]:
    theirs = _terms(other).values()
    for setting, terms in _terms(mine).items():
        if terms in theirs:
            yield f"registration.{setting}: is that of {name}"
        else:
            yield from (f"registration.{setting}: names {named} of {name}" for named in _named_in(terms, other))


def _terms(profile: Profile) -> Mapping[str, str]:
    """The terms and their translations, by setting."""
    registration = profile.of(Registration)
    translated = {f"translated_terms.{code}": text for code, text in registration.translated_terms.items()}
    return {"terms": registration.terms, **translated}


def _named_in(terms: str, other: Profile) -> Iterator[str]:
    text = _plain(unescape(terms))
    numbers = [_digits(found) for found in re.findall(r"\d(?:[\s()/.+-]*\d)*", text)]
    for setting, values in _own(other).items():
        for key, written in values.items():
            if setting in _NUMBERS:
                is_named = any(key in number for number in numbers)
            elif setting in {"name", "email", "website"}:
                is_named = re.search(rf"(?<![\w@-]){re.escape(key)}(?![\w-])(?!\.\w)", text) is not None
            else:
                continue
            if is_named:
                yield f"{written}, which is utility.{setting}"


def _own(profile: Profile) -> Mapping[str, Mapping[str, str]]:
    """What belongs to one utility alone, by setting of `[utility]`: each value as it is compared, and as it is written.

    An address is one value, as utilities of one town share its last line.
    """
    found: dict[str, dict[str, str]] = {}
    for setting, value in profile.utility.model_dump(exclude={"media"}, exclude_none=True).items():
        if setting in _PHONES:
            found[setting] = {digits: one for one in value if len(digits := _digits(one)) == _PHONE_DIGITS}
        elif setting == "address":
            found[setting] = {_plain(" ".join(value)): ", ".join(value)}
        elif setting == "website":
            found[setting] = {(urlsplit(value).hostname or value).removeprefix("www."): value}
        else:
            found[setting] = {_plain(value): value}
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digits(phone: str) -> str:
    """A number's digits, without the country's."""
    digits = re.sub(r"\D", "", phone)
    return re.sub(rf"^(00)?48(?=\d{{{_PHONE_DIGITS}}}$)", "", digits)
