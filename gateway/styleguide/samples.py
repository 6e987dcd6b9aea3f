"""What the style guide shows: each component with real Polish content, in each of its states."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import get_day_names

from gateway.applications.human_check import HumanCheck
from gateway.applications.queries import Look
from gateway.applications.samples import ROWS
from gateway.bills.queries import NOTHING_OWED
from gateway.bills.samples import BILLS, IN_TIME, ITEMS, LATE, TOTAL, TRANSFER
from gateway.styleguide.views import Balance, Day, Due, Month, Step, StyleGuide
from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.forms import Form
from gateway.web.samples import NOW, TODAY
from gateway.web.site import Site
from gateway.web.texts.formatting import month_name, month_short
from gateway.web.view import Link, View
from gateway.web.visitors.visit import Visit


def style_guide(lang: str) -> StyleGuide:
    """Every component; months and days are named in the language `lang`."""
    return StyleGuide(
        errors={
            "sample_nip": "Wpisz 10 cyfr NIP. Podano 9.",
            "sample_date": "Data odczytu jest w przyszłości. Podaj najpóźniej 22.11.2026.",
            "human_check": "Przepisane cyfry się nie zgadzają. Spróbuj z nowymi.",
        },
        human_check_sample=HumanCheck(str(TODAY), tuple("73918"), (2, 5)),
        balances=[
            (Balance(Decimal("512.18"), TODAY), IN_TIME),
            (Balance(Decimal("1234.56"), TODAY), LATE),
            (Balance(Decimal("-18.40"), TODAY), NOTHING_OWED),
            (Balance(Decimal(0), TODAY), NOTHING_OWED),
        ],
        transfer=TRANSFER,
        bills=BILLS,
        bill_items=ITEMS,
        bill_total=TOTAL,
        applications=ROWS,
        clerks_looks=[Look("Ewa Biurko", 2), Look("Jan Okienko", 0)],
        passwords=[Form(), Form({"password": "sejf robot kolba salon", "look": "yes"})],
        tab_samples=[
            Link("#tabs", "Lista", current=True),
            Link("#tabs", "Kalendarz", current=False),
            Link("#tabs", "Odsetki", current=False),
        ],
        cut_samples=[
            Link("#tabs", "wszystkie", current=True, count=43),
            Link("#tabs", "zgodne", current=False, count=30),
            Link("#tabs", "z różnicami", current=False, count=13),
        ],
        chart=_consumption_chart(lang),
        month=_calendar_month(lang),
        case=_case(),
        fact_samples=[("Licznik", "660"), ("Jednostka", "GJ"), ("Legalizacja ważna do", "31.12.2028")],
        tariff_columns=[("Opłata", "text"), ("Jednostka", "text"), ("Cena netto", "amount")],
        tariff_rows=[["Cena ciepła", "zł/GJ", "91,07"], ["Stawka za przesył", "zł/GJ", "19,16"]],
    )


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """The style guide itself."""
    return (style_guide(visit.lang),)


def _consumption_chart(lang: str) -> BarChart:
    before = (14.2, 12.9, 9.6, 5.1, 1.2, 0.4, 0.3, 0.3, 1.0, 5.8, 9.7, 13.1)
    now = (15.6, 13.3, 8.8, 4.4, 1.6, 0.4, 0.2, 0.3, 1.3, 4.9, 8.1)
    return bar_chart(
        "Zużycie ciepła",
        "GJ",
        "gigadżule",
        "Miesiąc",
        [month_short(date(2026, month, 1), lang) for month in range(1, 13)],
        [
            Series("2025", tuple(Decimal(str(value)) for value in before), "before"),
            Series("2026", (*(Decimal(str(value)) for value in now), None)),
        ],
    )


def _calendar_month(lang: str) -> Month:
    due = {
        date(2026, 11, 14): [Due("#calendar", "Faktura", Decimal("722.38"), overdue=True)],
        date(2026, 12, 6): [Due("#calendar", "Faktura", Decimal("512.18"), overdue=False)],
        date(2026, 11, 30): [Due("#calendar", "Rata 2/6", Decimal("200.00"), overdue=False)],
    }
    weeks = [
        [Day(day, day.month != TODAY.month, day == TODAY, due.get(day, ())) for day in week]
        for week in calendar.Calendar().monthdatescalendar(TODAY.year, TODAY.month)
    ]
    short, full = get_day_names("abbreviated", locale=lang), get_day_names("wide", locale=lang)
    return Month(month_name(TODAY, lang), [(short[at], full[at]) for at in range(7)], weeks)


def _case() -> Sequence[Step]:
    return (
        Step("Reklamacja przyjęta", "Numer sprawy: RE/2026/11/00017", NOW, "done"),
        Step("Sprawdzamy wskazanie licznika", "Pracownik odczyta licznik na miejscu.", NOW + timedelta(days=2), "now"),
        Step("Odpowiedź", "Najpóźniej 06.12.2026.", None, "ahead"),
    )
