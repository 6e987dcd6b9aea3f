"""The PDF of an invoice: what it says, in Polish, for everybody to read."""

import io
import re
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from services.billing.documents.contents import NOTHING, contents, template, transfer_title
from services.billing.documents.typesetting import NotTypeset, typeset
from services.billing.invoicing.invoices import Buyer, Invoice, Registers
from services.billing.invoicing.settlement import AgreementTerms, RegisterValue, settle
from services.billing.profile import Settlement
from services.billing.tariffs.tariffs import ALWAYS, Edition, from_editions
from services.chassis import figures
from services.chassis.ids import stable_id
from services.chassis.profile.utility import Utility
from tests.support.profiles import a_profile

D = Decimal
PROFILE = a_profile()
UTILITY = PROFILE.utility
PRICES = {
    "capacity_pln_mw_month": D("15914.77"),
    "energy_pln_gj": D("91.07"),
    "network_fixed_pln_mw_month": D("5172.87"),
    "network_variable_pln_gj": D("19.16"),
}


def invoice(**changes: Any) -> Invoice:
    draft = settle(
        AgreementTerms("heat", "A1", D("0.1")),
        RegisterValue(date(2026, 9, 30), D("1188.123")),
        RegisterValue(date(2026, 10, 31), D("1248.123")),
        from_editions("ekoterm", "heat", [Edition(ALWAYS, {"A1": PRICES})]),
        PROFILE.of(Settlement).vat,
    )
    made = Invoice(
        invoice_id=stable_id("invoice", "1"),
        number="FV/2026/11/000123",
        party_id=stable_id("party", "100001"),
        agreement_id=stable_id("agreement", "1"),
        agreement_number="UC/2019/0123",
        service_point="PC-000123",
        medium="heat",
        reading_id=stable_id("reading", "1"),
        issued_on=date(2026, 11, 22),
        due_on=date(2026, 12, 6),
        period_from=draft.period_from,
        period_to=draft.period_to,
        description=draft.description,
        items=draft.items,
        net=draft.net,
        vat=draft.vat,
        gross=draft.gross,
        e_invoice=True,
        buyer=Buyer("100001", "Zażółć Gęślą Jaźń", "9990000209", "ul. Źródlana 6", "99-950", "Wierzbogród"),
        registers=Registers("660", "GJ", "1188.123", "2026-09-30", "1248.123", "2026-10-31", "customer"),
    )
    return replace(made, **changes)


def invoice_pdf(invoice: Invoice, utility: Utility, paid_ahead: Decimal = NOTHING) -> bytes:
    pdf, _ = typeset(template().encode(), contents(invoice, utility, paid_ahead))
    return pdf


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return reader, text.replace("\u00a0", " ")


def test_the_pdf_says_what_the_law_asks_for_and_what_to_pay() -> None:
    _, text = read(invoice_pdf(invoice(), UTILITY))
    for told in (
        "Faktura FV/2026/11/000123",
        "Wystawiono 22.11.2026",
        "Data sprzedaży",
        "31.10.2026",
        "10 728,75 zł",
        "06.12.2026",
        "53 9999 0000 0000 0000 0000 2026",
        "Wierzbogrodzkie Wodociągi i Ciepło Sp. z o.o.",
        "NIP 999-000-20-36",
        transfer_title(invoice()),
        "Zażółć Gęślą Jaźń",
        "NIP 999-000-02-09",
        "ul. Źródlana 6",
        "Kod płatnika 100001",
        "Moc zamówiona",
        "MW·mies.",
        "15 914,77",
        "1 591,48",
        "Opłata przesyłowa zmienna",
        "8 722,56",
        "2 006,19",
        "23%",
        "01.10.2026 – 31.10.2026",
        "1 188,123 GJ",
        "1 248,123 GJ",
        "odczyt podany przez odbiorcę",
        "UC/2019/0123",
        "PC-000123",
    ):
        assert told in text, told


def test_the_pdf_asks_for_what_an_overpayment_has_left() -> None:
    _, text = read(invoice_pdf(invoice(), UTILITY, Decimal("10000.00")))
    assert re.search(r"Do zapłaty\s+728,75 zł\s+Z nadpłaty pokryto 10 000,00 zł", text)
    assert "Z nadpłaty" not in read(invoice_pdf(invoice(), UTILITY))[1]


def test_the_pdf_is_tagged_titled_polish_and_brings_its_fonts() -> None:
    reader, _ = read(invoice_pdf(invoice(), UTILITY))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "pl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Faktura FV/2026/11/000123"
    assert reader.metadata.author == "Wierzbogrodzkie Wodociągi i Ciepło Sp.\u00a0z\u00a0o.o."
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for each in resources for font in each["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile3" in descriptor, "a font is not embedded"


def test_the_same_invoice_gives_the_same_file_at_another_time() -> None:
    first = invoice_pdf(invoice(), UTILITY)
    time.sleep(1.1)  # a PDF tells the second in which it was made, unless it is told another one
    assert invoice_pdf(invoice(), UTILITY) == first


def test_a_utility_without_an_account_names_none() -> None:
    _, text = read(invoice_pdf(invoice(), UTILITY.model_copy(update={"bank_account": None})))
    assert "Konto do wpłat" not in text
    assert "Do zapłaty" in text


def test_a_reading_of_a_source_that_is_new_is_called_one_of_another_source() -> None:
    registers = replace(invoice().registers, source="inspection")
    assert contents(invoice(registers=registers), UTILITY)["registers"]["source"] == "odczyt z innego źródła"


def test_a_private_buyer_has_no_nip() -> None:
    buyer = replace(invoice().buyer, nip=None)
    assert contents(invoice(buyer=buyer), UTILITY)["buyer"]["nip"] is None
    assert read(invoice_pdf(invoice(buyer=buyer), UTILITY))[1].count("NIP") == 1


def test_a_letter_that_the_font_has_not_is_replaced_and_the_bill_is_made() -> None:
    buyer = replace(invoice().buyer, name="Kwiaciarnia \N{TULIP} 漢字 Ró\u0001ża \ufeff", street="ul. \N{TULIP}")
    _, text = read(invoice_pdf(invoice(buyer=buyer), UTILITY))
    assert "Kwiaciarnia" in text
    assert text.count("\N{WHITE SQUARE}") >= 3
    assert "\N{TULIP}" not in text


@pytest.mark.parametrize(
    "name",
    [
        "Jan Kowalski \N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
        "Bar 1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP} Anna",
        "Ж\N{COMBINING CYRILLIC TITLO}",
        "กำแพง ส្រី ก",
        "カ\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}",
    ],
)
def test_a_letter_that_the_font_has_not_goes_with_its_marks(name: str) -> None:
    buyer = replace(invoice().buyer, name=name)
    assert "FV/2026/11/000123" in read(invoice_pdf(invoice(buyer=buyer), UTILITY))[1]


def test_a_name_of_many_letters_that_the_font_has_not_is_printed() -> None:
    buyer = replace(invoice().buyer, name=" ".join(chr(0x4E00 + n) for n in range(70)))
    assert "\N{WHITE SQUARE} \N{WHITE SQUARE}" in read(invoice_pdf(invoice(buyer=buyer), UTILITY))[1]


def test_a_name_without_blanks_is_broken_over_lines_and_stays_on_the_page() -> None:
    name = "Konstantynopolitańczykowianeczka" * 5
    buyer = Buyer("100001", name, None, "ul. Źródlana 6", "99-950", "Wierzbogród")
    reader, text = read(invoice_pdf(invoice(buyer=buyer), a_profile().utility))
    assert name in text.replace("\u200b", "").replace("\n", "")
    lines = reader.pages[0].extract_text(extraction_mode="layout").replace("\u200b", "").splitlines()
    assert len([line for line in lines if "stantyno" in line]) > 2


@pytest.mark.parametrize("letters", [36, 39])
def test_a_name_of_capitals_that_is_wider_than_its_column_is_broken(letters: int) -> None:
    name = ("KONSTANTYNOPOLITAŃCZYKOWIANECZKA" * 2)[:letters]
    buyer = Buyer("100001", name, None, "ul. Źródlana 6", "99-950", "Wierzbogród")
    _, text = read(invoice_pdf(invoice(buyer=buyer), a_profile().utility))
    text = text.replace("\u200b", "")
    assert name not in text
    assert name in text.replace("\n", "")


def test_a_long_invoice_goes_on_over_pages_and_sums_up_once() -> None:
    items = invoice().items * 14
    reader, text = read(invoice_pdf(invoice(items=items), UTILITY))
    assert len(reader.pages) > 1
    assert text.count("Razem") == 1
    assert text.count("Cena netto, zł") == 2  # the head comes again
    assert "strona 2 z " in text


def test_each_vat_rate_has_its_own_sums() -> None:
    heat, *rest = invoice().items
    other = heat.model_copy(update={"vat_rate": D("5.0"), "net": D("10.00"), "vat": D("0.50"), "gross": D("10.50")})
    rates = contents(invoice(items=(other, *rest)), UTILITY)["rates"]
    assert [rate["rate"] for rate in rates] == ["5%", "23%"]
    assert rates[0] == {"rate": "5%", "net": "10,00", "vat": "0,50", "gross": "10,50"}


def test_a_field_that_the_template_misses_is_named() -> None:
    with pytest.raises(NotTypeset, match="pyta o pole vat_total, którego faktura nie ma"):
        typeset(b"#let invoice = json(bytes(sys.inputs.invoice))\n#invoice.vat_total", contents(invoice(), UTILITY))


def test_a_broken_template_is_told() -> None:
    with pytest.raises(NotTypeset, match=r"nie da się złożyć: .*unknown variable"):
        typeset(b"#nonsense", {})


def test_texts_of_a_buyer_are_no_markup() -> None:
    buyer = replace(invoice().buyer, name='#panic("x") *Firma* $1$ "A" \\ Spółka_z_o.o.')
    assert '#panic("x") *Firma* $1$' in read(invoice_pdf(invoice(buyer=buyer), UTILITY))[1]


def test_figures_are_written_as_poles_write_them() -> None:
    space = "\u00a0"
    assert figures.money(D("1234567.80")) == f"1{space}234{space}567,80{space}zł"
    assert figures.short_number(D("60.000")) == "60"
    assert figures.short_number(D("1200")) == f"1{space}200"
    assert figures.short_number(D("0.009")) == "0,009"
    assert figures.percent(D("8.00")) == "8%"
    assert figures.nip("8880205453") == "888-020-54-53"
    assert figures.nip("x") == "x"
    assert figures.unit("m3") == "m³"
