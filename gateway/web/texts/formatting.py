"""What templates write for a Polish reader: the office's figures, and moments, months and links (`FILTERS`).

Polish habits hold in every language of the office: amounts are in PLN and the papers that they are compared with are
Polish. Babel serves where words are needed.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from babel.dates import format_date, format_timedelta, get_month_names
from markupsafe import Markup

from services.chassis import figures
from services.chassis.clock import local
from services.chassis.unbroken import plain, unbroken


def ago(moment: datetime, now: datetime, lang: str = "pl") -> str:
    """Say how long before `now` something was (`3 godziny temu`), in the language `lang`.

    Under a minute, and in the future by a clock's drift, it is counted as one minute.
    Raises ValueError for a time without a zone.
    """
    past = max(local(now) - local(moment), timedelta(minutes=1))
    return format_timedelta(-past, granularity="minute", threshold=1, add_direction=True, locale=lang)


@lru_cache(maxsize=1024)
def day_in_words(day: date, lang: str = "pl") -> str:
    """Say a near day as people do, without its year: `6 grudnia`."""
    return format_date(day, "d MMMM", locale=lang)


@lru_cache(maxsize=1024)
def month_name(day: date, lang: str = "pl") -> str:
    """Name the month and the year of a day, as a heading has it: `listopad 2026`."""
    return f"{get_month_names('wide', 'stand-alone', lang)[day.month]} {day.year}"


@lru_cache(maxsize=1024)
def month_short(day: date, lang: str = "pl") -> str:
    """Name the month of a day in the few letters that an axis has room for: `lis`."""
    return str(get_month_names("abbreviated", "stand-alone", lang)[day.month]).rstrip(".")


def nrb(digits: str) -> str:
    """Group an account number as 12 1020 1068 …, with plain spaces: it is long, so on a page it may break over lines.

    What is not 26 digits is returned as it came.
    """
    return figures.nrb(digits).replace(figures.NO_BREAK_SPACE, " ")


def email(address: str) -> Markup:
    """Write an e-mail address that, where it is too long for a line, breaks before its `@` and at no odd place."""
    return Markup("<wbr>@").join(address.split("@"))


_WHOLE = Markup('<span class="unbroken">{}</span>')


def company(name: str) -> Markup:
    """Write a company's name with no line end where none belongs (`unbroken`); a copy of it has plain spaces."""
    words = ((word, plain(word)) for word in unbroken(name).split(" "))
    return Markup(" ").join(word if word == told else _WHOLE.format(told) for word, told in words)


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "money": figures.money,
    "amount": figures.amount,
    "number": figures.number,
    "unit": figures.unit,
    "quantity": figures.quantity,
    "percent": figures.percent,
    "date": figures.day,
    "datetime": figures.moment,
    "ago": ago,
    "month_name": month_name,
    "month_short": month_short,
    "nip": figures.nip,
    "nrb": nrb,
    "phone": figures.phone,
    "email": email,
    "company": company,
}
"""Names under which templates use these functions."""

FIGURES: Final = frozenset({"money", "amount", "number", "percent", "date", "datetime"})
"""Those that take numbers and days and nothing else, so that nothing in what they write needs to be escaped."""
