"""How people write numbers and days in Poland, in files and in forms; `figures.py` writes them.

Python and pydantic would take 1e3, 1_000, Arabic digits and, for a day, a count of seconds: nobody means those.
"""

import re
from datetime import date
from decimal import Decimal

# A blank sets thousands apart, after one to three digits and no zero: `00015 345` is a meter's black and red digits.
_NUMBER = re.compile(r"[+-]?([1-9][0-9]{0,2}([ \u00a0\u202f][0-9]{3})+|[0-9]+)([.,][0-9]+)?")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def number(text: str) -> Decimal | None:
    """`1234.5`, `1234,5` or `1 234,5`, with a blank that breaks, does not, or is narrow; None for anything else."""
    return Decimal(_SPACES.sub("", text).replace(",", ".")) if _NUMBER.fullmatch(text) else None


def day(text: str) -> date | None:
    """`22.11.2026`, `1.2.2026` or `2026-11-22`; None for anything else, and for a day that no calendar has."""
    if polish := _DAY.fullmatch(text):
        of_month, month, year = polish.groups()
    elif iso := _ISO_DAY.fullmatch(text):
        year, month, of_month = iso.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None
