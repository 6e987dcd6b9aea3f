"""Rows of the files that billing loads: what is read, and what is told of a bad one."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from services.billing.importing import IMPORTERS
from services.billing.imports.agreements import AgreementRow
from services.billing.imports.parties import PartyRow
from services.billing.imports.payments import PaymentRow
from services.billing.imports.tariffs import TariffRow
from services.billing.tariffs.tariffs import ALWAYS
from services.chassis.imports.row_files import opened
from services.chassis.imports.row_models import read_row

PARTY = {
    "code": "100001",
    "kind": "household",
    "name": "Anna Źdźbło",
    "pesel": "93111698132",
    "street": "Płocka 30/32",
    "postal_code": "87-800",
    "city": "Włocławek",
}
AGREEMENT = {
    "number": "UC/2019/0123",
    "party_code": "100001",
    "medium": "heat",
    "service_point": "PC-1",
    "tariff": "ekoterm",
    "tariff_group": "A1",
    "capacity_mw": "0,012",
    "signed_on": "01.03.2019",
    "billed_from": "2024-10-31",
    "e_invoice": "tak",
}
PAYMENT = {"reference": "B/1", "party_code": "100001", "booked_on": "2026-11-01", "amount": "1"}
TARIFF = {
    "code": "ekoterm",
    "utility": "Ekoterm",
    "medium": "heat",
    "vat": "23",
    "valid_from": None,
    "source": "ekoterm.ig.pl",
    "groups": {"A1": {"energy_pln_gj": "91.07", "carrier_pln_m3": "20.23"}},
}


def test_the_four_kinds_of_file_are_offered() -> None:
    assert sorted(IMPORTERS) == ["agreements", "parties", "payments", "tariffs"]
    assert all(importer.kind == kind for kind, importer in IMPORTERS.items())


def test_numbers_are_kept_without_dashes_and_empty_cells_are_nothing() -> None:
    row = read_row(PartyRow, PARTY | {"nip": "888-020-54-53", "email": None})
    assert isinstance(row, PartyRow)
    assert (row.nip, row.email, row.pesel) == ("8880205453", None, "93111698132")


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"pesel": "93111698133"}, "pesel", "is no PESEL; check its digits"),
        ({"nip": "8880205454"}, "nip", "is no NIP; check its digits"),
        ({"regon": "123"}, "regon", "is no REGON; check its digits"),
        ({"email": "anna"}, "email", "is no e-mail address"),
        ({"email": "kazia.@probny.example"}, "email", "is no e-mail address"),
        ({"email": "jan..b@probny.example"}, "email", "is no e-mail address"),
        ({"email": "a,b@c.pl"}, "email", "is no e-mail address"),
        ({"email": "<b@c.pl>"}, "email", "is no e-mail address"),
        ({"email": "ą@ćma.pl"}, "email", "is no e-mail address"),
        ({"postal_code": "87800"}, "postal_code", "a postal code is written 00-000"),
        ({"kind": "person"}, "kind", "may be: 'household', 'firm', 'housing_community', 'property_manager'"),
        ({"kind": "firm"}, "", "a firm, a housing community and a property manager must have a NIP"),
        ({"name": None}, "name", "is missing"),
        ({"code": "1" * 41}, "code", "is too long"),
        ({"street": "a" * 2_500}, "street", "is too long"),
        ({"city": "a" * 2_500}, "city", "is too long"),
        ({"phone": "1" * 2_500}, "phone", "is too long"),
    ],
)
def test_what_is_wrong_with_a_party_is_told_in_polish(changes: dict[str, str | None], field: str, reason: str) -> None:
    assert read_row(PartyRow, PARTY | changes) == [(field, reason)]


def test_an_address_of_an_international_domain_is_kept_as_mail_servers_take_it() -> None:
    row = read_row(PartyRow, PARTY | {"email": "adam@żółta-poczta.example"})
    assert isinstance(row, PartyRow)
    assert (row.email or "").startswith("adam@xn--")


def test_an_agreement_is_read_as_poles_write_it() -> None:
    row = read_row(AgreementRow, AGREEMENT)
    assert isinstance(row, AgreementRow)
    assert (row.capacity_mw, row.signed_on, row.e_invoice) == (Decimal("0.012"), date(2019, 3, 1), True)


def test_heat_needs_its_contracted_capacity_and_water_does_not() -> None:
    [(_, reason)] = read_row(AgreementRow, AGREEMENT | {"capacity_mw": None})
    assert "ordered capacity" in reason
    assert isinstance(read_row(AgreementRow, AGREEMENT | {"capacity_mw": None, "medium": "water"}), AgreementRow)


def test_a_tariff_without_a_day_holds_always() -> None:
    row = read_row(TariffRow, TARIFF)
    assert isinstance(row, TariffRow)
    assert row.valid_from == ALWAYS
    assert row.groups["A1"]["energy_pln_gj"] == Decimal("91.07")


def test_a_mistyped_price_is_refused_so_that_no_charge_is_forgotten() -> None:
    [(_, reason)] = read_row(TariffRow, TARIFF | {"groups": {"A1": {"energy_pln_gJ": "91.07"}}})
    assert reason.startswith("group A1: there is no price energy_pln_gJ; there are: capacity_pln_mw_month,")


@pytest.mark.parametrize("amount", ["0", "-5", "1,234", "1.000", "25,000", "9 999 999 999,99"])
def test_a_payment_is_a_sum_of_whole_grosze_above_nothing(amount: str) -> None:
    row = {"reference": "B/1", "party_code": "100001", "booked_on": "2026-11-01", "amount": amount}
    [(field, _)] = read_row(PaymentRow, row)
    assert field == "amount"
    assert isinstance(read_row(PaymentRow, row | {"amount": "1 234,50"}), PaymentRow)


@pytest.mark.parametrize(
    ("model", "row", "name"),
    [
        (PaymentRow, PAYMENT, "reference"),
        (PaymentRow, PAYMENT, "party_code"),
        (PartyRow, PARTY, "code"),
        (PartyRow, PARTY, "phone"),
        (AgreementRow, AGREEMENT, "number"),
        (AgreementRow, AGREEMENT, "party_code"),
        (AgreementRow, AGREEMENT, "service_point"),
    ],
)
def test_a_number_that_a_spreadsheet_has_shortened_is_refused(
    model: type[BaseModel], row: dict[str, Any], name: str
) -> None:
    [(field, reason)] = read_row(model, row | {name: "1,23457E+11"})
    assert (field, "make the column text" in reason) == (name, True)


def test_a_payment_beyond_any_bill_is_refused_with_the_most_that_it_may_be() -> None:
    row = {"reference": "B/1", "party_code": "100001", "booked_on": "2026-11-01", "amount": "99999999,99"}
    assert isinstance(read_row(PaymentRow, row), PaymentRow)
    assert read_row(PaymentRow, row | {"amount": "100 000 000,00"}) == [("amount", "must be at most 99999999.99")]


@pytest.mark.parametrize("day", ["0001-01-01", "1753-01-01", "1900-01-01", "1999-12-31", "0", "1761955200"])
def test_a_payment_of_a_day_before_any_system_is_refused(day: str) -> None:
    row = {"reference": "R1", "party_code": "900009", "booked_on": day, "amount": "1,00"}
    ((place, _),) = read_row(PaymentRow, row)
    assert place == "booked_on"


HEADER = b"code;kind;name;pesel;nip;regon;email;phone;street;postal_code;city"
REST = "ul. Próbna 1;99-950;Wierzbogród".encode()


def party_line(code: str, name: str, email: str = "") -> bytes:
    """A line of a file of parties, as a spreadsheet writes it."""
    return f"{code};household;{name};;;;{email};;".encode() + REST


@pytest.mark.parametrize(
    ("end", "lines", "told"),
    [
        pytest.param(
            b"\n",
            [
                party_line("1", '"Zakład Jan'),
                party_line("2", "Ewa"),
                party_line("3", '"Iza"'),
                party_line("4", "Ula"),
            ],
            [(2, ""), "Ewa", "Iza", "Ula"],
            id="a quote that stays open",
        ),
        pytest.param(
            b"\n",
            [party_line("1", '"ALFA" Sp. z o.o.'), party_line("2", "Ewa")],
            [(2, ""), "Ewa"],
            id="text behind a quote",
        ),
        pytest.param(
            b"\n",
            [party_line("1", '"Hanna Wierszowa\nul. Próbna 32 m. 5"'), party_line("2", "Ewa")],
            ["Hanna Wierszowa ul. Próbna 32 m. 5", "Ewa"],
            id="a line break in a name",
        ),
        pytest.param(
            b"\r", [party_line("1", "Jan"), party_line("2", "Ewa")], ["Jan", "Ewa"], id="lines of an old Macintosh"
        ),
        pytest.param(
            b"\n",
            [party_line("1", "Jan"), party_line("2", "Jan\0B"), party_line("3", "Ewa")],
            ["Jan", (3, "name"), "Ewa"],
            id="a NUL",
        ),
        pytest.param(
            b"\n",
            [party_line("1", "Firma \x93ALFA\x94 Sp. z o.o."), party_line("2", "Kwiaciarnia \N{TULIP} Róża")],
            [(2, "name"), "Kwiaciarnia \N{TULIP} Róża"],
            id="letters of another system",
        ),
    ],
)
def test_each_row_of_a_file_of_parties_is_read_or_told_at_its_line(
    tmp_path: Path, end: bytes, lines: list[bytes], told: list[str | tuple[int, str]]
) -> None:
    path = tmp_path / "parties.csv"
    path.write_bytes(end.join([HEADER, *lines, b""]))
    with opened(path, IMPORTERS["parties"]) as file:
        found = [(row[0].line, row[0].field) if isinstance(row, list) else row.row.name for row in file.rows]
    assert found == told


def test_a_payment_file_that_a_spreadsheet_has_spoilt_is_refused_at_each_line(tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(
        "reference;party_code;booked_on;amount;title\n"
        "ZERO1;900009;0;141,39;wpłata\n"
        "UNIX1;900009;1761955200;10,00;wpłata\n"
        "X1;900005;2026-11-20;1,23457E+05;wpłata\n",
        encoding="utf-8",
    )
    with opened(path, IMPORTERS["payments"]) as file:
        found = [(row[0].line, row[0].field, row[0].reason) for row in file.rows if isinstance(row, list)]
    assert found == [
        (2, "booked_on", "is no date; write for example 2026-10-31"),
        (3, "booked_on", "is no date; write for example 2026-10-31"),
        (4, "amount", "is no number; write for example 12,5"),
    ]
