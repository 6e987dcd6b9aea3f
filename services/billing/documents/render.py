"""Invoices as PDF: tagged (PDF/UA-1), in Polish, with the font that the typesetter brings."""

import json
import re
from importlib.resources import files
from typing import Any

import typst

from services.billing.documents.contents import contents
from services.billing.invoicing.invoices import Invoice
from services.chassis.errors import Permanent
from services.chassis.profile.utility import Utility

_MISSING = re.compile(r'does not contain key "(?P<name>[^"]+)"')


def invoice_pdf(invoice: Invoice, utility: Utility) -> bytes:
    """The PDF of `invoice`; the same invoice always gives the same file. `Permanent` when the template is at fault."""
    return typeset(_template(), contents(invoice, utility))


def typeset(template: bytes, texts: dict[str, Any]) -> bytes:
    """Typeset `texts` by a typst `template`. `Permanent` names the field that the template asks for in vain."""
    try:
        made: bytes = typst.compile(
            template,
            format="pdf",
            sys_inputs={"invoice": json.dumps(texts)},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        missing = _MISSING.search(str(error))
        if missing:
            reason = f"the invoice template asks for the field {missing['name']}, which an invoice does not have"
        else:
            reason = f"the invoice template cannot be typeset: {error}"
        raise Permanent(reason) from error
    return made


def _template() -> bytes:
    return (files("services.billing.documents") / "invoice.typ").read_bytes()
