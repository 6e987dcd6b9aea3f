"""Invoices as PDF: tagged (PDF/UA-1), in Polish, with the font that the typesetter brings."""

import json
import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any

import structlog
import typst

from services.billing.documents.contents import NOTHING, contents
from services.billing.invoicing.invoices import Invoice
from services.chassis.errors import Permanent
from services.chassis.profile.utility import Utility

log = structlog.get_logger()

NO_GLYPH = "\N{WHITE SQUARE}"
MOST_REPLACED = 50
"""Stretches of letters that the font does not have; the typesetter tells of them one after another."""

_WITHOUT_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)
_UNICODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(r'does not contain key "(?P<name>[^"]+)"')


def invoice_pdf(invoice: Invoice, utility: Utility, paid_ahead: Decimal = NOTHING) -> bytes:
    """The PDF of `invoice`, of which an overpayment had paid `paid_ahead` (PLN); the same always gives the same file.

    `Permanent` when the template is at fault.
    """
    return typeset(_template(), contents(invoice, utility, paid_ahead))


def typeset(template: bytes, texts: dict[str, Any]) -> bytes:
    """Typeset `texts` by a typst `template`. `Permanent` names the field that the template asks for in vain.

    A letter that the font does not have is replaced by `NO_GLYPH`: the bill is owed all the same.
    """
    data = json.dumps(texts, ensure_ascii=False)
    for _ in range(MOST_REPLACED):
        try:
            made: bytes = typst.compile(
                template,
                format="pdf",
                sys_inputs={"invoice": data},
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            found = _WITHOUT_GLYPH.search(str(error))
            if found is None:
                raise Permanent(_reason(str(error))) from error
            letters = set(_UNICODE.sub(lambda code: chr(int(code[1], 16)), found["text"])) & set(_letters(texts))
            if not letters:
                raise Permanent(_reason(str(error))) from error
            log.warning("document.letters_replaced", letters=[f"U+{ord(letter):04X}" for letter in letters])
            texts = _without(texts, letters)
            data = json.dumps(texts, ensure_ascii=False)
        else:
            return made
    raise Permanent("tekstów faktury nie da się złożyć: za dużo w nich liter, których nie ma w kroju pisma")


def _reason(error: str) -> str:
    """Why, for the clerks who see it in the list of what failed."""
    missing = _MISSING.search(error)
    if missing:
        return f"szablon faktury pyta o pole {missing['name']}, którego faktura nie ma"
    return f"szablonu faktury nie da się złożyć: {error}"


def _letters(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _letters(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _letters(inner)


def _without(value: Any, letters: Collection[str]) -> Any:
    if isinstance(value, str):
        return "".join(NO_GLYPH if letter in letters else letter for letter in value)
    if isinstance(value, dict):
        return {name: _without(inner, letters) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, letters) for inner in value]
    return value


def _template() -> bytes:
    return (files("services.billing.documents") / "invoice.typ").read_bytes()
