"""Types of settings, and what is checked of each."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from stdnum import iban
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.pl import nip, regon

from services.chassis import emails
from services.chassis.profile import fragments

_LARGEST_MARK, _LARGEST_ICON = 50_000, 200_000


def _text_of(name: object, info: ValidationInfo) -> object:
    content = _bytes_of(name, info)
    try:
        return content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not written in UTF-8: save it again as UTF-8") from error


def _bytes_of(name: object, info: ValidationInfo) -> object:
    folder = (info.context or {}).get("folder")
    if folder is None or not isinstance(name, str):
        return name
    file: Path = folder / name
    if not file.is_file():
        raise ValueError(f"there is no file {name} beside the profile")
    return file.read_bytes()


def _svg(content: bytes) -> bytes:
    if b"<svg" not in content[:1000] or len(content) > _LARGEST_MARK:
        raise ValueError(f"must be an SVG picture of at most {_LARGEST_MARK // 1000} kB")
    return content


def _png(content: bytes) -> bytes:
    size = content[16:24]  # width and height, four bytes each (PNG, 11.2.2)
    if content[:8] != b"\x89PNG\r\n\x1a\n" or size != (512).to_bytes(4) * 2 or len(content) > _LARGEST_ICON:
        raise ValueError(f"must be a PNG picture of 512 × 512 pixels and at most {_LARGEST_ICON // 1000} kB")
    return content


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

Text = Annotated[str, Field(min_length=1)]
Days = Annotated[int, Field(ge=0, le=366)]
Email = Annotated[str, AfterValidator(_email)]
Nip = Annotated[str, AfterValidator(_nip)]
"""Ten digits, with or without dashes."""
Regon = Annotated[str, AfterValidator(_regon)]
Nrb = Annotated[str, AfterValidator(_nrb)]
"""A Polish bank account's 26 digits; spaces are left out."""
FileHtml = Annotated[str, AfterValidator(fragments.checked), BeforeValidator(_text_of)]
"""The profile names a file beside it, the setting is the file's HTML, which a page shows as it is."""
FileSvg = Annotated[bytes, AfterValidator(_svg), BeforeValidator(_bytes_of)]
"""The profile names a file beside it, the setting is the picture in it."""
FilePng = Annotated[bytes, AfterValidator(_png), BeforeValidator(_bytes_of)]
"""The same, of 512 × 512 pixels."""
FileWords = Annotated[frozenset[str], BeforeValidator(_words_of), BeforeValidator(_text_of)]
"""The profile names a file beside it, the setting is its lines, casefolded, without empty ones and comments (#)."""
