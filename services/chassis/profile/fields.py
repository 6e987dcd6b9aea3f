"""Types of settings, and what is checked of each."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from stdnum import iban
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.pl import nip, regon

from contracts.bounds import bounded
from services.chassis import emails
from services.chassis.profile import fragments, pictures
from services.chassis.texts import made_whole

_PHONE = re.compile(r"\+?[0-9() -]+", re.ASCII)
_SHORT, _LONG, _ABROAD = range(3, 7), 9, range(7, 16)
"""Digits of a telephone number: one for everybody (994), one with its area, one with its country (E.164)."""

_WEBSITE = re.compile(r"https?://[\w.-]+\.\w{2,}(:[0-9]{1,5})?([/?#][^\s\"'<>\\^`{|}]*)?", re.IGNORECASE)


def _text_of(name: object, info: ValidationInfo) -> object:
    content = _bytes_of(name, info)
    try:
        return content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not written in UTF-8: save it again as UTF-8") from error


def _bytes_of(name: object, info: ValidationInfo) -> object:
    folder = (info.context or {}).get("folder")
    if folder is None or not isinstance(name, str):
        return name
    file: Path = folder / name
    if not file.is_file():
        raise ValueError(f"there is no file {name} beside the profile")
    try:
        return file.read_bytes()
    except OSError as error:
        raise ValueError(f"the file {name} cannot be read: {error.strerror}") from error


def _words_of(text: object) -> object:
    if not isinstance(text, str):
        return text
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


def _nip(value: str) -> str:
    try:
        return nip.validate(value)
    except InvalidNumber as error:
        raise ValueError(f"is no NIP: {error}") from error


def _regon(value: str) -> str:
    try:
        return regon.validate(value)
    except InvalidNumber as error:
        raise ValueError(f"is no REGON: {error}") from error


def _nrb(value: str) -> str:
    digits = "".join(value.split())
    try:
        iban.validate("PL" + digits, check_country=False)
    except InvalidNumber as error:
        raise ValueError(f"is no account number (NRB): {error}") from error
    if len(digits) != 26 or not digits.isdigit():
        raise ValueError("an account number (NRB) has 26 digits")
    return digits


def _email(value: str) -> str:
    try:
        return emails.address(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is no e-mail address that every mail server takes") from error


def _text(value: str) -> str:
    text = made_whole(value)
    if not text:
        raise ValueError("is empty: write the text")
    return text


def _phone(value: str) -> str:
    digits = sum(sign.isdigit() for sign in value)
    known = digits in _ABROAD if value.startswith("+") else digits in _SHORT or digits == _LONG
    if not known or not _PHONE.fullmatch(value):
        raise ValueError(
            f"{value!r} is no telephone number: write a single one, with nine digits such as 54 231 73 00, a short one "
            "such as 994, or one that begins with its country such as +48 54 231 73 00"
        )
    return value


def _website(value: str) -> str:
    if not _WEBSITE.fullmatch(value):
        raise ValueError(f"{value!r} is no address of a website: write it as https://www.example.pl")
    return value


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise ValueError("names something twice")
    return names


def built(*values: str) -> AfterValidator:
    """Of the values that utilities asked for, those that the product can do; another is refused as not built yet."""

    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"{value!r} is not built yet; there is {' or '.join(map(repr, values))}")
        return value

    return AfterValidator(check)


UNIQUE = AfterValidator(_unique)
"""Of a tuple of names: none stands twice."""

Text = Annotated[str, AfterValidator(_text)]
"""What people read, in one line: not empty, and without characters that nobody sees."""
Phone = Annotated[Text, AfterValidator(_phone)]
"""One telephone number, as people write it: a link leads to its digits."""
Website = Annotated[str, AfterValidator(_website)]
Day = Annotated[date, AfterValidator(bounded)]
Days = Annotated[int, Field(ge=0, le=366)]
Email = Annotated[str, AfterValidator(_email)]
Nip = Annotated[str, AfterValidator(_nip)]
"""Ten digits, with or without dashes."""
Regon = Annotated[str, AfterValidator(_regon)]
Nrb = Annotated[str, AfterValidator(_nrb)]
"""A Polish bank account's 26 digits; spaces are left out."""
FileHtml = Annotated[str, AfterValidator(fragments.checked), BeforeValidator(_text_of)]
"""The profile names a file beside it, the setting is the file's HTML, which a page shows as it is."""
FileSvg = Annotated[bytes, AfterValidator(pictures.svg), BeforeValidator(_bytes_of)]
"""The profile names a file beside it, the setting is the picture in it."""
FilePng = Annotated[bytes, AfterValidator(pictures.png), BeforeValidator(_bytes_of)]
"""The same, of 512 × 512 pixels."""
FileWords = Annotated[frozenset[str], BeforeValidator(_words_of), BeforeValidator(_text_of)]
"""The profile names a file beside it, the setting is its lines, casefolded, without empty ones and comments (#)."""
