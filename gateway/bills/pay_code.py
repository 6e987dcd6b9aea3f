"""The code that a bank's application reads instead of a typed transfer (ZBP's recommendation "Kod 2D", 2013)."""

from decimal import Decimal
from functools import lru_cache

import segno
from markupsafe import Markup

from gateway.bills.queries import Transfer

_MOST = Decimal("9999.99")
_PAYEE, _TITLE = 20, 32
_MASK = 2
"""Any of the eight is read alike; looking for the evenest one takes four times as long as all the rest."""


def pay_code(transfer: Transfer, payee_nip: str, amount: Decimal) -> Markup | None:
    """The QR code of this transfer of `amount` in PLN, as SVG.

    None where the code has no room for it: for more than 9 999.99 PLN, or for a title that would have to be cut.
    """
    title = transfer.short_title
    if amount > _MOST or len(title) > _TITLE:
        return None
    fields = (payee_nip, "PL", transfer.account, f"{amount * 100:06.0f}", transfer.payee[:_PAYEE], title, "", "", "")
    return _drawn("|".join(field.replace("|", " ") for field in fields))


@lru_cache(maxsize=256)
def _drawn(text: str) -> Markup:
    code = segno.make_qr(text, error="m", mask=_MASK, encoding="utf-8", boost_error=False)
    # The texts within are patterns of squares; nothing of what somebody wrote stands in the drawing.
    return Markup(code.svg_inline(omitsize=True, light="#fff"))  # noqa: S704
