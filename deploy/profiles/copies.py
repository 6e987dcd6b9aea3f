"""What a profile that was copied has kept of the other utility's, though it can only be one's own."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from deploy.profiles import load_profile, profile_file, profile_names
from gateway.profile import Documents
from services.chassis.profile.profile import Profile
from services.chassis.profile.reading import ProfileError

_PHONE_DIGITS = 9
"""A telephone number that is somebody's own; shorter ones, such as 994, are everybody's."""

_PHONES = frozenset({"phones", "registration_phones", "emergencies"})
_NUMBERS = frozenset({"nip", "regon", "bank_account", *_PHONES})


def taken_over(name_or_path: str) -> Iterator[str]:
    """What a profile has in common with another one of the product: the setting, and whose it is.

    No utility has two profiles, so the name is compared too, and only a profile's own file is passed by; so is one
    that cannot be read. A text that names nobody, such as those of `common`, may be everybody's. Raises `ProfileError`.
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
        yield from _kept_in_documents(mine, other, name)


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


def _kept_in_documents(mine: Profile, other: Profile, name: str) -> Iterator[str]:
    theirs = _documents(other).values()
    for setting, text in _documents(mine).items():
        named = list(_named_in(text, other))
        if named and text in theirs:
            yield f"documents.{setting}: is that of {name}"
        else:
            yield from (f"documents.{setting}: names {one} of {name}" for one in named)
    if _plain(mine.of(Documents).data_protection_email) in _writes_to(other):
        yield f"documents.data_protection_email: is that of {name}"


def _writes_to(other: Profile) -> Collection[str]:
    return {_plain(other.utility.email), _plain(other.of(Documents).data_protection_email)}


def _documents(profile: Profile) -> Mapping[str, str]:
    """Each text in each of its languages, by setting."""
    documents = profile.of(Documents)
    named = {"terms": documents.terms, "accessibility": documents.accessibility, "privacy": documents.privacy}
    return {f"{setting}.{code}": text for setting, texts in named.items() for code, text in texts.items()}


def _named_in(html: str, other: Profile) -> Iterator[str]:
    text = _plain(unescape(html))
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
    for setting, value in profile.utility.model_dump(exclude={"media", "phone_hours"}, exclude_none=True).items():
        if setting == "emergencies":
            found[setting] = _own_phones([emergency["phone"] for emergency in value])
        elif setting in _PHONES:
            found[setting] = _own_phones(value)
        elif setting == "address":
            found[setting] = {_plain(" ".join(value)): ", ".join(value)}
        elif setting == "website":
            found[setting] = {(urlsplit(value).hostname or value).removeprefix("www."): value}
        else:
            found[setting] = {_plain(value): value}
    return found


def _own_phones(phones: Iterable[str]) -> dict[str, str]:
    return {digits: one for one in phones if len(digits := _digits(one)) == _PHONE_DIGITS}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digits(phone: str) -> str:
    """A number's digits, without the country's."""
    digits = re.sub(r"\D", "", phone)
    return re.sub(rf"^(00)?48(?=\d{{{_PHONE_DIGITS}}}$)", "", digits)
