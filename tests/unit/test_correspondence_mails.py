"""What mails say and how they look on the wire."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html import unescape
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from contracts.billing import InvoiceDocumentStored
from contracts.correspondence import MailKind
from contracts.identity import ApplicationDecided, ApplicationReceived, CredentialsIssued, RejectionReason
from contracts.kinds import Unknown
from services.chassis import catalogues
from services.chassis.colours import WHITE, contrast
from services.chassis.figures import day, money
from services.chassis.profile.looks import LEGIBLE
from services.chassis.profile.profile import Profile
from services.chassis.translating import CODES
from services.correspondence import mails, smtp
from services.correspondence.contacts import Contact
from services.correspondence.mails.rendering import render
from services.correspondence.messages import CATALOGUES
from services.correspondence.queue import Attachment, Outgoing, pause
from services.correspondence.rejections import REJECTIONS
from tests.support.profiles import a_profile

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BILL = InvoiceDocumentStored.model_validate(InvoiceDocumentStored.example)
REJECTED = ApplicationDecided.model_validate(
    ApplicationDecided.example | {"decision": "rejected", "reason": "Numer umowy <b>należy</b> do kogoś innego."}
)
OLD_TEXT = "Powód po polsku."
RECEIVED = ApplicationReceived.model_validate(ApplicationReceived.example)
ISSUED = CredentialsIssued.model_validate(CredentialsIssued.example)
REASONS: tuple[RejectionReason, ...] = get_args(RejectionReason)
ANNA = Contact("Anna Przykładowa", "anna@poczta.example")
PUBLIC_URL = "https://ebok.example/"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return a_profile(utility={"registration_phones": ("99 100 20 01",), "email": "ebok@wodociagi.example"})


def all_mails(profile: Profile, language: str | None = None) -> dict[str, mails.Mail]:
    """Each mail in each of its forms, to somebody who wants the language."""
    anna, in_it = replace(ANNA, language=language), {"language": language}
    issued, rejected = ISSUED.model_copy(update=in_it), REJECTED.model_copy(update=in_it)
    renewed = issued.model_copy(update={"renewed": True, "application_number": None, "version": 3})
    paid = BILL.model_copy(update={"left": Decimal("0.00")})
    return {
        "credentials": mails.credentials(issued, profile, PUBLIC_URL),
        "credentials renewed": mails.credentials(renewed, profile, PUBLIC_URL),
        "application_received": mails.application_received(RECEIVED.model_copy(update=in_it), profile, PUBLIC_URL),
        "application_rejected": mails.application_rejected(rejected, profile, PUBLIC_URL),
        **{f"application_rejected {code}": rejection(profile, code, language) for code in REASONS},
        "new_bill": mails.new_bill(BILL, anna, profile, PUBLIC_URL),
        "new_bill paid": mails.new_bill(paid, anna, profile, PUBLIC_URL),
    }


def rejection(profile: Profile, code: RejectionReason | Unknown, language: str | None = None) -> mails.Mail:
    """The mail of a rejection with a code, to which a clerk added something."""
    own_words = "Proszę pytać o panią Ewę."
    told = {"reason": f"{OLD_TEXT} {own_words}", "reason_code": code, "own_words": own_words, "language": language}
    return mails.application_rejected(REJECTED.model_copy(update=told), profile, PUBLIC_URL)


def outgoing(mail: mails.Mail, recipient: Contact, attachment: Attachment | None = None) -> Outgoing:
    return Outgoing(
        mail_id=UUID(int=10),
        kind="new_bill",
        about_id=UUID(int=3),
        party_id=None,
        recipient=recipient,
        mail=mail,
        attachment=attachment,
        tries=1,
        created_at=NOW,
        lease_until=NOW,
        correlation_id="c",
    )


def test_w07_a_renewed_password_tells_of_no_new_account(profile: Profile) -> None:
    renewed = all_mails(profile)["credentials renewed"]
    for words in (renewed.plain, renewed.html):
        assert "Stare hasło już nie działa" in words
        assert "założyliśmy" not in words
        assert "wniosek" not in words


def test_w04_the_login_data_come_with_where_to_type_them_and_until_when(profile: Profile) -> None:
    mail = mails.credentials(ISSUED, profile, PUBLIC_URL)
    for words in (mail.plain, mail.html):
        for fact in ("100001", "kora-bryza-sowa-lipa-47", "https://ebok.example/login", "06.12.2026", "99 100 20 01"):
            assert fact in words
    assert "kora" not in mail.subject


def test_a_rejection_tells_the_reason_and_never_as_markup(profile: Profile) -> None:
    mail = mails.application_rejected(REJECTED, profile, PUBLIC_URL)
    assert "Numer umowy <b>należy</b> do kogoś innego." in mail.plain
    assert "<b>" not in mail.html
    assert "<b>" not in mails.new_bill(BILL, replace(ANNA, name="<b>Anna</b>"), profile, PUBLIC_URL).html
    assert "https://ebok.example/registration" in mail.plain


def test_whoever_applied_twice_is_not_alarmed_while_the_first_application_waits(profile: Profile) -> None:
    twice, another = (rejection(profile, code, "pl") for code in ("twice", "name"))
    for mail, alarmed in ((twice, False), (another, True)):
        for text in (mail.subject, mail.plain + mail.subject, words(mail)):
            assert ("Nie mogliśmy założyć konta" in text) is alarmed
    assert "Mamy już Twój wniosek" in twice.subject


def test_every_code_of_a_rejection_has_words_and_no_words_are_without_a_code() -> None:
    assert tuple(REJECTIONS) == REASONS


@pytest.mark.parametrize("language", ["pl", *CODES])
@pytest.mark.parametrize("code", REASONS)
def test_a_rejection_with_a_code_is_told_in_the_language_of_the_mail(
    profile: Profile, code: RejectionReason, language: str
) -> None:
    told = catalogues.read("services.correspondence", language).gettext(REJECTIONS[code].words)
    assert (told == REJECTIONS[code].words) == (language == "pl")
    mail = rejection(profile, code, language)
    for text in (mail.plain, words(mail)):
        assert told in text
        assert OLD_TEXT not in text


@pytest.mark.parametrize(("language", "mark"), [("pl", ""), ("en", ' lang="pl"'), ("uk", ' lang="pl"')])
def test_a_clerk_s_own_words_stand_in_a_paragraph_of_their_own_with_their_language(
    profile: Profile, language: str, mark: str
) -> None:
    mail = rejection(profile, "tax_id", language)
    assert f'<p class="quote"{mark}>Proszę pytać o panią Ewę.</p>' in mail.html
    assert "\n\nProszę pytać o panią Ewę.\n\n" in mail.plain
    assert mail.html.count('lang="pl"') - mail.html.count('<html lang="pl"') == bool(mark)


def test_a_rejection_with_a_code_of_a_newer_sender_is_told_as_it_came(profile: Profile) -> None:
    mail = rejection(profile, Unknown("of_a_newer_sender"), "en")
    assert f'<p class="quote" lang="pl">{OLD_TEXT} Proszę pytać o panią Ewę.</p>' in mail.html
    assert f"\n\n{OLD_TEXT} Proszę pytać o panią Ewę.\n\n" in mail.plain


@pytest.mark.parametrize("language", ["pl", *CODES])
@pytest.mark.parametrize("code", REASONS)
def test_what_a_rejected_applicant_may_do_follows_from_the_reason(
    profile: Profile, code: RejectionReason, language: str
) -> None:
    place = {"twice": None, "account": "/login"}.get(code, "/registration")
    mail = rejection(profile, code, language)
    for text in (mail.plain, mail.html):
        linked = {page for page in ("/login", "/registration") if page in text}
        assert linked == ({place} if place else set())


def test_who_has_applied_already_is_never_told_to_apply_again(profile: Profile) -> None:
    twice = words(rejection(profile, "twice"))
    assert "poczekaj na odpowiedź" in twice
    assert "wyślij" not in twice


def test_a_new_bill_tells_how_much_and_until_when_already_in_its_subject(profile: Profile) -> None:
    mail = mails.new_bill(BILL, ANNA, profile, PUBLIC_URL)
    assert mail.subject == "Nowy rachunek FV/2026/11/000123: 6\u00a0720,97\u00a0zł do 06.12.2026"
    for words in (mail.plain, mail.html):
        for fact in (
            "6\u00a0720,97\u00a0zł",
            "06.12.2026",
            "FV/2026/11/000123",
            f"https://ebok.example/bills/{BILL.invoice_id}",
        ):
            assert fact in words


def test_a_bill_that_an_overpayment_has_paid_asks_for_what_is_left(profile: Profile) -> None:
    part = mails.new_bill(BILL.model_copy(update={"left": Decimal("20.97")}), ANNA, profile, PUBLIC_URL)
    assert part.subject.endswith(": 20,97\u00a0zł do 06.12.2026")
    assert "Pokryte z nadpłaty: 6\u00a0700,00\u00a0zł" in part.plain
    assert "Pokryte z\u00a0nadpłaty" in part.html
    whole = mails.new_bill(BILL.model_copy(update={"left": Decimal("0.00")}), ANNA, profile, PUBLIC_URL)
    assert whole.subject.endswith(": zapłacony z nadpłaty")
    assert "Termin płatności" not in whole.plain + whole.html
    older = mails.new_bill(BILL.model_copy(update={"left": None}), ANNA, profile, PUBLIC_URL)
    assert older == mails.new_bill(BILL, ANNA, profile, PUBLIC_URL)
    assert "nadpłaty" not in older.plain


def test_w11_a_new_bill_tells_where_to_pay_and_with_which_title(profile: Profile) -> None:
    account = "53\u00a09999\u00a00000\u00a00000\u00a00000\u00a00000\u00a02026"
    mail = mails.new_bill(BILL, ANNA, profile, PUBLIC_URL)
    assert f'<td class="whole account">{account}</td>' in mail.html
    for text in (mail.plain, mail.html):
        for fact in (account, "FV/2026/11/000123, kod płatnika 100001", "6\u00a0720,97\u00a0zł", "06.12.2026"):
            assert fact in text
    older = mails.new_bill(BILL.model_copy(update={"transfer_title": None}), ANNA, profile, PUBLIC_URL)
    assert "Tytuł przelewu: FV/2026/11/000123\n" in older.plain
    nowhere = mails.new_bill(BILL, ANNA, a_profile(utility={"bank_account": None}), PUBLIC_URL)
    assert "przelewu" not in nowhere.plain + nowhere.html


def test_a_bill_that_is_paid_asks_for_no_transfer(profile: Profile) -> None:
    paid = all_mails(profile)["new_bill paid"]
    assert "Nic nie musisz płacić" in paid.plain
    for text in (paid.plain, words(paid)):
        for fact in ("Konto do wpłat", "przelewu", "Termin płatności"):
            assert fact not in text


def test_no_mail_loads_anything_from_anywhere_and_each_is_readable_in_the_dark(profile: Profile) -> None:
    for name, mail in all_mails(profile).items():
        assert not re.search(r"<(img|link|script|iframe|video)|url\(|@import|src=", mail.html), name
        assert "prefers-color-scheme: dark" in mail.html
        assert '<html lang="pl">' in mail.html
        assert profile.utility.name in mail.plain
        assert "\n\n\n" not in mail.plain, name


def words(mail: mails.Mail) -> str:
    """All that a mail says, with blanks and hyphens as they are typed."""
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", mail.html, flags=re.DOTALL)
    return " ".join(f"{mail.subject} {mail.plain} {unescape(text)}".replace("\u2011", "-").split())


def test_a_mail_has_the_utility_s_own_colours_that_can_be_read_in_both_schemes() -> None:
    own = a_profile(looks={"accent": "#8a1538", "masthead": "#4a0a1e"})
    for name, mail in all_mails(own).items():
        bright, dark = mail.html.split("@media (prefers-color-scheme: dark)")
        assert "a { color: #8a1538;" in bright, name
        assert "background: #4a0a1e" in bright, name
        assert 'class="from"' in bright.partition("<body>")[2] + dark
        link, from_ground = re.findall(r"(?:a \{ color|\.from \{ background): (#[0-9a-f]{6})", dark)
        assert contrast(link, "#14181d") >= LEGIBLE, name
        assert contrast(WHITE, from_ground) >= LEGIBLE, name


def test_all_mails_are_looked_at_here(profile: Profile) -> None:
    assert {name.split()[0] for name in all_mails(profile)} == set(get_args(MailKind))


@pytest.mark.parametrize("language", CODES)
def test_every_mail_is_wholly_in_the_language_of_its_reader(profile: Profile, language: str) -> None:
    polish = [text for texts in CATALOGUES.texts() for text in ((texts,) if isinstance(texts, str) else texts)]
    for name, mail in all_mails(profile, language).items():
        assert f'<html lang="{language}">' in mail.html, name
        left = [text for text in polish if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words(mail))]
        assert left == [], name


@pytest.mark.parametrize("language", CODES)
def test_a_mail_leads_to_pages_in_its_own_language(profile: Profile, language: str) -> None:
    for name, mail in all_mails(profile, language).items():
        pages = re.findall(r"https://ebok.example/\S+", mail.plain) + re.findall(r'href="(https:[^"]+)', mail.html)
        assert [page for page in pages if not page.startswith(f"https://ebok.example/language/{language}?next=/")] == []
        assert bool(pages) == (name not in {"application_received", "application_rejected twice"}), name


@pytest.mark.parametrize("wanted", [None, "pl", "de", "uk"])
def test_who_wants_no_language_that_the_utility_offers_gets_its_own(wanted: str | None) -> None:
    profile = a_profile(languages={"offered": ("pl", "en")})
    assert all_mails(profile, wanted) == all_mails(profile)
    assert all_mails(a_profile(languages={"default": "en"})) != all_mails(profile)


def test_what_is_polish_in_every_language_is_marked_so_and_figures_are_as_poles_write_them(profile: Profile) -> None:
    written = all_mails(profile, "en")
    assert '<p class="quote" lang="pl">Numer umowy' in written["application_rejected"].html
    assert '<td lang="pl">Ciepło, 01.11.2026' in written["new_bill"].html
    assert written["new_bill"].subject == "New bill FV/2026/11/000123: 6\u00a0720,97\u00a0zł by 06.12.2026"
    assert 'lang="pl"' not in all_mails(profile)["new_bill"].html.partition(">")[2].partition(">")[2]


def test_each_mail_about_an_application_names_it(profile: Profile) -> None:
    told = all_mails(profile)
    for name in ("credentials", "application_received", "application_rejected"):
        assert "Numer wniosku: REJ/2026/000001" in told[name].plain
        assert "REJ/2026/000001" in told[name].html
    older = mails.application_rejected(REJECTED.model_copy(update={"number": None}), profile, PUBLIC_URL)
    assert "Numer wniosku" not in older.plain + older.html


@pytest.mark.parametrize(
    ("language", "days", "promise"),
    [
        ("pl", 3, "najpóźniej w ciągu 3 dni roboczych."),
        ("pl", 1, "najpóźniej w ciągu 1 dnia roboczego."),
        ("en", 1, "within 1 working day."),
        ("uk", 3, "не пізніше ніж за 3 робочі дні."),
        ("uk", 5, "не пізніше ніж за 5 робочих днів."),
    ],
)
def test_a_receipt_tells_until_when_the_answer_comes(profile: Profile, language: str, days: int, promise: str) -> None:
    received = RECEIVED.model_copy(update={"language": language, "verification_days": days})
    mail = mails.application_received(received, profile, PUBLIC_URL)
    assert promise in mail.plain
    assert promise in words(mail).replace("\u00a0", " ")
    older = mails.application_received(received.model_copy(update={"verification_days": None}), profile, PUBLIC_URL)
    assert str(days) not in older.plain.partition("22.11.2026")[2].partition("99 100")[0]


def test_a_receipt_repeats_nothing_that_was_typed_as_its_address_may_be_a_stranger_s(profile: Profile) -> None:
    typed = {"name": "Wygraj https://evil.example", "agreement_number": "https://evil.example"}
    assert "evil" not in words(mails.application_received(RECEIVED.model_copy(update=typed), profile, PUBLIC_URL))


def test_nothing_breaks_over_lines_where_none_ends(profile: Profile) -> None:
    mail = all_mails(profile)["credentials"].html
    assert "Sp.\u00a0z\u00a0o.o." in mail
    assert '<a class="whole" href="tel:+48991002000">99 100 20 00</a>' in mail
    assert "Adres e\u2011mail" in mail
    assert '<td class="typed">kora-bryza-sowa-lipa-47</td>' in mail, "what is typed keeps its own hyphens"


WORKING_DAYS = {"first": "monday", "last": "friday", "opens": time(7), "closes": time(15, 30)}


@pytest.mark.parametrize(
    ("language", "told", "when"),
    [
        ("pl", "Odbieramy:", "pon.–pt. 7:00–15:30"),
        ("en", "We answer:", "Mon–Fri 7:00–15:30"),
        ("uk", "Відповідаємо:", "пн–пт 7:00–15:30"),
    ],
)
def test_a_mail_that_tells_whom_to_call_tells_when_as_the_page_of_contacts_does(
    language: str, told: str, when: str
) -> None:
    profile = a_profile(utility={"phone_hours": (WORKING_DAYS,)})
    for name, mail in all_mails(profile, language).items():
        for text in (mail.plain, re.sub(r"</?span[^>]*>", "", mail.html)):
            written = text.replace("\u00a0", " ")
            assert (f"{told} {when}" in written) == ("new_bill" not in name), name
            assert f"({when})" in written, name
    for name, mail in all_mails(a_profile(utility={"phone_hours": ()}), language).items():
        assert told not in mail.plain + mail.html, name


def test_no_mail_names_a_telephone_number_twice() -> None:
    same = a_profile(utility={"phones": ("99 100 20 01", "99 100 20 00"), "registration_phones": ("(99) 1002001",)})
    for name, mail in all_mails(same).items():
        for text in (mail.plain, unescape(re.sub(r"<[^>]*>", "", mail.html))):
            digits = re.sub(r"\D", "", text)
            assert digits.count("991002000") == digits.count("991002001") == 1, name
    only = a_profile(utility={"phones": ("99 100 20 01",), "registration_phones": ("99 100 20 01",)})
    assert "Telefon" not in all_mails(only)["application_received"].plain
    assert "Telefon" in all_mails(only)["new_bill"].plain


def test_a_template_that_misses_a_fact_is_an_error_not_a_gap(profile: Profile) -> None:
    with pytest.raises(UndefinedError):
        render("new_bill", profile, PUBLIC_URL, None, bill=BILL)


def test_the_wire_form_is_plain_ascii_with_text_html_and_pdf_and_a_stable_message_id(profile: Profile) -> None:
    mail = mails.new_bill(BILL, ANNA, profile, PUBLIC_URL)
    pdf = Attachment("invoices/x.pdf", "", "FV-2026-11-000123.pdf", "application/pdf")
    to = Contact('Zażółć "Gęślą" Sp. z o.o., Jaźń', "anna@poczta.example")
    wire = smtp.message(outgoing(mail, to, pdf), b"%PDF-1.7", profile, NOW)
    assert wire.isascii()
    read = message_from_bytes(wire, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert read["Message-ID"] == "<00000000-0000-0000-0000-00000000000a@wodociagi.example>"
    assert read["From"].addresses[0].addr_spec == "ebok@wodociagi.example"
    assert read["To"].addresses[0].display_name == "Zażółć Gęślą Sp. z o.o., Jaźń"
    assert read["Subject"] == mail.subject
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "Do zapłaty" in plain.get_content()
    assert "Do zapłaty" in html.get_content()
    (attached,) = read.iter_attachments()
    assert attached.get_filename() == "FV-2026-11-000123.pdf"
    assert attached.get_content() == b"%PDF-1.7"


@pytest.mark.parametrize("language", ["pl", *CODES])
@pytest.mark.parametrize("attached", [None, Attachment("invoices/x.pdf", "", "x.pdf", "application/pdf")])
def test_a_mail_tells_its_own_language_on_the_wire(
    profile: Profile, language: str, attached: Attachment | None
) -> None:
    for name, mail in all_mails(profile, language).items():
        read = message_from_bytes(smtp.message(outgoing(mail, ANNA, attached), b"%PDF-1.7", profile, NOW))
        assert read.get_all("Content-Language") == [language], name


def test_a_mail_of_which_nobody_knows_the_language_tells_none(profile: Profile) -> None:
    mail = replace(all_mails(profile)["new_bill"], language=None)
    assert b"Content-Language" not in smtp.message(outgoing(mail, ANNA), None, profile, NOW)


@given(
    st.text(max_size=400)
    | st.text('ab ,@<>"();:.\\\r\n', min_size=60, max_size=200)
    | st.just("ABC Sp. z o.o., <evil@evil.example>, Przedsiebiorstwo Produkcyjno Handlowo Uslugowe i Synowie")
)
def test_a_mail_names_exactly_one_address_whatever_the_name(name: str) -> None:
    mail = mails.application_rejected(REJECTED, a_profile(), PUBLIC_URL)
    wire = smtp.message(outgoing(mail, Contact(name, "anna@poczta.example")), None, a_profile(), NOW)
    for read in (message_from_bytes(wire, policy=policy.default), message_from_bytes(wire)):
        assert [address for _, address in getaddresses(read.get_all("To", []))] == ["anna@poczta.example"]
        assert read.get_all("Bcc") is None
        assert read.get_all("Cc") is None


LONG_NAME = "Usługowo-Handlowe Święcicka-Wójcik ; o.o. Wspólnota „Pod Jan"


@given(st.text(max_size=80) | st.text("ab ś;.,=?_@<>„", max_size=80))
@example(LONG_NAME)
@example("=?utf-8?q?Anna?= Nowak")
def test_a_name_is_read_as_it_was_written_however_its_header_is_folded(name: str) -> None:
    mail = mails.application_rejected(REJECTED, a_profile(), PUBLIC_URL)
    wire = smtp.message(outgoing(mail, Contact(name, "anna@poczta.example")), None, a_profile(), NOW)
    shown, address = parseaddr(message_from_bytes(wire)["To"])
    assert (str(make_header(decode_header(shown))), address) == (smtp._shown(name), "anna@poczta.example")
    assert max(map(len, wire.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


@given(st.text("ab śż;.,:=?_„", max_size=140))
@example("ćś„bb;,a„;:ś;:ć;:.żż. bb,„; .a ż„,a ,żć.;; „aża.żśżćśa:ććżś.:„;;.ż,,:.bć aż.b.ża,")
def test_a_subject_is_read_as_it_was_written_however_it_is_folded(subject: str) -> None:
    mail = mails.Mail(subject.strip(), "", "", "pl")
    wire = smtp.message(outgoing(mail, ANNA), None, a_profile(), NOW)
    (read,) = message_from_bytes(wire).get_all("Subject", [])
    assert str(make_header(decode_header(read))).replace("\r\n", "") == mail.subject
    assert message_from_bytes(wire, policy=policy.default)["Subject"] == mail.subject


def test_a_mail_comes_from_exactly_one_address_whatever_the_utility_is_called() -> None:
    name = "ABC Sp. z o.o., <evil@evil.example>, Przedsiebiorstwo Wodociagow i Kanalizacji oraz Energetyki Cieplnej"
    profile = a_profile(utility={"short_name": name})
    mail = mails.application_rejected(REJECTED, profile, PUBLIC_URL)
    wire = smtp.message(outgoing(mail, Contact("Anna", "anna@poczta.example")), None, profile, NOW)
    read = message_from_bytes(wire)
    assert [address for _, address in getaddresses(read.get_all("From", []))] == [profile.utility.email]


@pytest.mark.parametrize("address", ["", "anna", "anna@poczta.example\nBcc: inny@poczta.example", "ą@poczta.example"])
def test_a_mail_to_no_address_is_undeliverable_and_nothing_else_breaks(profile: Profile, address: str) -> None:
    mail = mails.application_rejected(REJECTED, profile, PUBLIC_URL)
    with pytest.raises(smtp.Failed):
        smtp.message(outgoing(mail, Contact("Anna", address)), None, profile, NOW)


def test_refusals_mean_what_the_standard_says() -> None:
    assert isinstance(smtp._meaning(550, "5.1.1 no such user"), smtp.Failed)
    assert isinstance(smtp._meaning(552, "5.2.2 mailbox full"), smtp.Failed)
    assert isinstance(smtp._meaning(451, "4.7.1 greylisted"), smtp.PutOff)
    assert isinstance(smtp._meaning(550, "5.7.1 relaying denied"), smtp.PutOff)
    assert isinstance(smtp._meaning(421, "4.7.0 slow down for this recipient"), smtp.PutOff)
    assert isinstance(smtp._meaning(530, "5.7.0 authentication required"), smtp.Away)


@pytest.mark.parametrize("url", ["", "127.0.0.1:25", "http://host", "smtp://"])
def test_a_wrong_server_address_is_told(url: str) -> None:
    with pytest.raises(ValueError, match="EBOK_SMTP_URL"):
        smtp.Server.at(url)


def test_a_server_address_carries_user_and_password() -> None:
    server = smtp.Server.at("smtps://ebok%40x:p%40ss@mail.example")
    assert server == smtp.Server("mail.example", 465, "ebok@x", "p@ss", tls=True)


def test_a_mail_that_is_put_off_is_tried_less_and_less_often() -> None:
    minutes = [pause(tries).total_seconds() / 60 for tries in (1, 2, 3, 8, 9, 500)]
    assert minutes == [1, 2, 4, 128, 240, 240]


def test_amounts_and_dates_are_written_as_poles_write_them() -> None:
    assert money(Decimal("1234567.5")) == "1\u00a0234\u00a0567,50\u00a0zł"
    assert money(Decimal(-3)) == "\u22123,00\u00a0zł"
    assert day(date(2026, 11, 2)) == "02.11.2026"
    assert day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "23.11.2026"
