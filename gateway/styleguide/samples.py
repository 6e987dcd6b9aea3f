"""What the style guide shows: each component with real Polish content, in each of its states.

The figures are samples for looking at: no page but the style guide uses them.
"""

import calendar
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from babel.dates import get_day_names

from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.formatting import month_name, month_short

_TODAY = date(2026, 11, 22)
_MOMENT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def samples(lang: str = "pl") -> dict[str, Any]:
    """The context of `styleguide/index.html` beyond what every page has; `lang` names months and days."""
    return {
        "errors": {
            "sample_nip": "Wpisz 10 cyfr NIP. Podano 9.",
            "sample_date": "Wybierz dzień nie późniejszy niż dzisiaj.",
            "human_check": "Przepisane cyfry się nie zgadzają. Spróbuj z nowymi.",
        },
        "human_check_sample": SimpleNamespace(token=str(_TODAY), digits=list("73918"), asked=[2, 5]),
        "sample_customer": SimpleNamespace(
            name="Anna Przykładowa", identifier="100001", balance=Decimal("1234.56"), balance_on=_TODAY
        ),
        "paid_customer": SimpleNamespace(
            name="Jan Nowak", identifier="100002", balance=Decimal("-18.40"), balance_on=_TODAY
        ),
        "next_due": SimpleNamespace(amount=Decimal("512.18"), on=date(2026, 12, 6)),
        "account_number": "53999900000000000000002026",
        "bills": _bills(),
        "bill_items": _bill_items(),
        "bill_total": SimpleNamespace(net=Decimal("416.40"), vat=Decimal("95.78"), gross=Decimal("512.18")),
        "amounts": [
            ("Ciepło", "4,100 GJ", Decimal("459.26")),
            ("Moc zamówiona", "0,0120 MW", Decimal("311.27")),
            ("Nadpłata z października", "", Decimal("-18.40")),
        ],
        "amounts_total": Decimal("752.13"),
        "tab_samples": [
            SimpleNamespace(href="#tabs", label="Lista", current=True),
            SimpleNamespace(href="#tabs", label="Kalendarz", current=False),
            SimpleNamespace(href="#tabs", label="Odsetki", current=False),
        ],
        "chart": _consumption_chart(lang),
        "month": _calendar_month(lang),
        "case": _case(),
        "fact_samples": [("Licznik", "660"), ("Jednostka", "GJ"), ("Legalizacja ważna do", "31.12.2028")],
        "tariff_columns": [("Opłata", "text"), ("Jednostka", "text"), ("Cena netto", "amount")],
        "tariff_rows": [["Cena ciepła", "zł/GJ", "91,07"], ["Stawka za przesył", "zł/GJ", "19,16"]],
    }


def _bills() -> list[SimpleNamespace]:
    def bill(**facts: Any) -> SimpleNamespace:
        empty: dict[str, Any] = dict.fromkeys(("due_on", "charge", "payment", "to_pay", "interest", "pdf_href", "href"))
        return SimpleNamespace(**(empty | {"kind": "Faktura", "href": "#bills"} | facts))

    return [
        bill(number="FV/2026/11/000123", issued_on=_TODAY, due_on=date(2026, 12, 6), state="due", pdf_href="#bills",
             description="Ciepło, 01.11.2026 – 22.11.2026", charge=Decimal("512.18"), to_pay=Decimal("512.18")),
        bill(number="FV/2026/10/000087", issued_on=date(2026, 10, 31), due_on=date(2026, 11, 14), state="overdue",
             description="Woda i ścieki, 01.09.2026 – 31.10.2026", charge=Decimal("740.78"), payment=Decimal("18.40"),
             to_pay=Decimal("722.38"), interest=Decimal("1.46"), pdf_href="#bills"),
        bill(number="WB/2026/10/0412", kind="Wpłata", issued_on=date(2026, 10, 20), state="none", href=None,
             description="Przelew, dziękujemy", payment=Decimal("1084.02")),
        bill(number="FV/2026/09/000065", issued_on=date(2026, 9, 30), due_on=date(2026, 10, 14), state="paid",
             description="Ciepło, 01.09.2026 – 30.09.2026", charge=Decimal("1084.02"), payment=Decimal("1084.02"),
             to_pay=Decimal(0)),
    ]  # fmt: skip


def _bill_items() -> list[SimpleNamespace]:
    def item(name: str, quantity: str, unit: str, price: str, net: str, vat: str, gross: str) -> SimpleNamespace:
        return SimpleNamespace(
            name=name, quantity=Decimal(quantity), unit=unit, unit_price=Decimal(price), net=Decimal(net),
            vat_rate=Decimal(23), vat=Decimal(vat), gross=Decimal(gross),
        )  # fmt: skip

    return [
        item("Ciepło", "2.300", "GJ", "91.07", "209.46", "48.18", "257.64"),
        item("Moc zamówiona", "0.0130", "MW", "15914.77", "206.89", "47.58", "254.47"),
        item("Woda uzupełniająca", "0.002", "m3", "20.23", "0.05", "0.02", "0.07"),
    ]


def _consumption_chart(lang: str) -> BarChart:
    before = (14.2, 12.9, 9.6, 5.1, 1.2, 0.4, 0.3, 0.3, 1.0, 5.8, 9.7, 13.1)
    now = (15.6, 13.3, 8.8, 4.4, 1.6, 0.4, 0.2, 0.3, 1.3, 4.9, 8.1)
    return bar_chart(
        "Zużycie ciepła",
        "GJ",
        "Miesiąc",
        [month_short(date(2026, month, 1), lang) for month in range(1, 13)],
        [
            Series("2025", tuple(Decimal(str(value)) for value in before), "before"),
            Series("2026", (*(Decimal(str(value)) for value in now), None)),
        ],
    )


def _calendar_month(lang: str) -> SimpleNamespace:
    entries = {
        date(2026, 11, 14): [("Faktura", Decimal("722.38"), True)],
        date(2026, 12, 6): [("Faktura", Decimal("512.18"), False)],
        date(2026, 11, 30): [("Rata 2/6", Decimal("200.00"), False)],
    }
    weeks = [
        [
            SimpleNamespace(
                date=day,
                outside=day.month != _TODAY.month,
                today=day == _TODAY,
                entries=[
                    SimpleNamespace(href="#calendar", label=label, amount=amount, overdue=overdue)
                    for label, amount, overdue in entries.get(day, [])
                ],
            )
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(_TODAY.year, _TODAY.month)
    ]
    short, full = get_day_names("abbreviated", locale=lang), get_day_names("wide", locale=lang)
    return SimpleNamespace(
        title=month_name(_TODAY, lang), weekdays=[(short[at], full[at]) for at in range(7)], weeks=weeks
    )


def _case() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(title="Reklamacja przyjęta", text="Numer sprawy: RE/2026/11/00017", at=_MOMENT, state="done"),
        SimpleNamespace(
            title="Sprawdzamy wskazanie licznika",
            text="Pracownik odczyta licznik na miejscu.",
            at=_MOMENT + timedelta(days=2),
            state="now",
        ),
        SimpleNamespace(title="Odpowiedź", text="Najpóźniej 06.12.2026.", at=None, state="ahead"),
    ]
