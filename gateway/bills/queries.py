"""Bills of a customer."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple
from uuid import UUID

import asyncpg

from gateway.bills.words import Words
from gateway.read_model.queries import Query
from gateway.web.texts.figures import trimmed
from gateway.web.visitors.customer import Customer

PER_PAGE = 20

BillState = Literal["paid", "due", "overdue"]

# The page of the list, how many there are in all, and what stands above the list, in one round trip. Interest that is
# nothing is no figure: most bills have none, and a Decimal takes longer to make than all else of a field.
_LIST = Query("""
    WITH own AS MATERIALIZED (
        SELECT invoice_id, number, kind, issued_on, due_on, medium, period_from, period_to, description, gross, paid,
               left_to_pay, interest, document_key IS NOT NULL AS has_document, e_invoice
        FROM own_invoice
    ), shown AS (
        SELECT *, row_number() OVER (ORDER BY issued_on DESC, number DESC) - $3 AS place
        FROM own
        ORDER BY issued_on DESC, number DESC
        LIMIT $2 OFFSET $3
    ), unpaid AS (
        SELECT due_on, sum(left_to_pay) AS amount, sum(interest) AS interest
        FROM own WHERE left_to_pay > 0 GROUP BY due_on
    )
    SELECT invoice_id, kind, number, issued_on, due_on, medium, period_from, period_to, description, gross,
           nullif(paid, 0), left_to_pay, nullif(interest, 0), has_document, e_invoice, above.*
    FROM shown
    LEFT JOIN (
        SELECT (SELECT count(*) FROM own) AS total,
               (SELECT sum(amount) FROM unpaid WHERE due_on < $1) AS overdue,
               (SELECT min(due_on) FROM unpaid WHERE due_on >= $1) AS next_due_on,
               (SELECT amount FROM unpaid WHERE due_on >= $1 ORDER BY due_on LIMIT 1) AS next_due_amount,
               (SELECT sum(interest) FROM unpaid) AS running_interest,
               (SELECT code FROM party WHERE party_id = $4) AS payer_code
    ) above ON place = 1
    ORDER BY place
""")

_ONE = Query("""
    SELECT i.number, i.kind, i.issued_on, i.due_on, i.period_from, i.period_to, i.agreement_number, i.service_point,
           i.medium, i.description, i.items, i.net, i.vat, i.gross, i.paid, i.left_to_pay, i.interest, i.paid_on,
           i.document_key, i.e_invoice, i.buyer,
           p.code, p.name AS party_name, p.nip AS party_nip, p.street, p.postal_code, p.city,
           r.value, r.previous_value, r.read_on, r.previous_read_on, m.number AS meter_number, m.unit,
           m.street AS supplied_street, m.city AS supplied_city,
           (SELECT sent_at FROM mail WHERE about_id = i.invoice_id ORDER BY sent_at DESC LIMIT 1) AS mailed_at,
           (SELECT recipient FROM mail WHERE about_id = i.invoice_id ORDER BY sent_at DESC LIMIT 1) AS mailed_to
    FROM own_invoice i
    LEFT JOIN party p ON p.party_id = i.party_id
    LEFT JOIN own_reading r ON r.reading_id = i.reading_id
    LEFT JOIN meter m ON m.meter_id = r.meter_id
    WHERE i.invoice_id = $1
""")

_DOCUMENT = Query("""
    SELECT o.document_key, i.document_size, i.document_sha256, o.number
    FROM own_invoice o JOIN invoice i USING (invoice_id)
    WHERE invoice_id = $1 AND o.document_key IS NOT NULL
""")


@dataclass(frozen=True, slots=True)
class NextDue:
    """The nearest due date that has not passed, and what all bills due on it leave to pay, in PLN."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The PDF of a bill: its key in the object store, how many bytes it has, its digest, and the number of the bill.

    `sha256` is None of one that was told before documents told it here, until billing tells it again.
    """

    key: str
    size: int
    sha256: str | None
    number: str

    def is_in(self, content: bytes) -> bool:
        """Whether `content` is the file that billing stored."""
        digest = hashlib.sha256(content).hexdigest()
        return len(content) == self.size and self.sha256 in (digest, None)


@dataclass(frozen=True, slots=True)
class Owed:
    """What stands above the bills: what is past its due date and the interest that runs on it today, in PLN.

    `payer_code` is by what the utility knows whose payment it is; None while the party's own event is on its way.
    """

    overdue: Decimal
    interest: Decimal
    next_due: NextDue | None
    payer_code: str | None


NOTHING_OWED = Owed(Decimal(0), Decimal(0), None, None)


@dataclass(frozen=True, slots=True)
class Transfer:
    """How to pay: to whom, the account's 26 digits, and the title, in Polish as it goes to a bank.

    `short_title` says the same where a title has less room.
    """

    payee: str
    account: str
    title: str
    short_title: str


class Bill(NamedTuple):
    """A row of the bills list (W11). Money in PLN; `charge` and `payment` are the ledger's two sides.

    `payment` and `interest` are None where they would be nothing. `what` says for what it is; one that is `on_paper`
    will have no PDF. A tuple, made by position: twenty are made for every showing, and a frozen dataclass takes ten
    times as long.
    """

    href: str
    issued_on: date
    kind: str
    number: str
    due_on: date
    what: str
    charge: Decimal
    payment: Decimal | None
    to_pay: Decimal
    interest: Decimal | None
    pdf_href: str | None
    on_paper: bool
    state: BillState


@dataclass(frozen=True, slots=True)
class BillsPage:
    """One page of the bills list with what stands above it; `on_paper`: so the newest of these bills came."""

    bills: Sequence[Bill]
    page: int
    pages: int
    owed: Owed
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a bill (W12); `note` says what it is for, where the name does not tell."""

    name: str
    note: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    net: Decimal
    vat_rate: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of a bill's items, in PLN."""

    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Company:
    """A side of a bill."""

    name: str
    address: Sequence[str]
    nip: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """The two readings between which the bill settles."""

    meter: str
    unit: str
    from_value: Decimal
    to_value: Decimal
    from_on: date
    to_on: date
    consumption: Decimal


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest e-mail that told of a bill: when, in UTC, and to which address."""

    at: datetime
    email: str


@dataclass(frozen=True, slots=True)
class BillDetail:
    """A bill with its items (W12).

    Of a paid one `paid_on` tells when, and `paid_ahead` that an overpayment did it; of another one `transfer` tells how
    to pay. `supplied` is the address that was supplied, where it is known.
    """

    number: str
    kind: str
    what: str
    issued_on: date
    sold_on: date
    due_on: date
    period_from: date
    period_to: date
    state: BillState
    to_pay: Decimal
    paid: Decimal
    interest: Decimal
    paid_on: date | None
    paid_ahead: bool
    transfer: Transfer | None
    pdf_href: str | None
    on_paper: bool
    agreement_number: str
    service_point: str
    supplied: Sequence[str]
    seller: Company
    buyer: Company
    items: Sequence[Line]
    total: Total
    readings: Sequence[Use]
    sent: Sent | None


def state_of(left_to_pay: Decimal, due_on: date, today: date) -> BillState:
    """Whether a bill is paid, due, or past its due date."""
    if left_to_pay <= 0:
        return "paid"
    return "overdue" if due_on < today else "due"


def transfer(seller: Company, account: str | None, payer_code: str | None, number: str = "") -> Transfer | None:
    """How to pay the bill `number`, with the title that its paper asks for, or without one all that is owed.

    None where the utility names no account, or it is not known yet whose payment it would be.
    """
    if account is None or payer_code is None:
        return None
    if not number:
        return Transfer(seller.name, account, f"Kod płatnika {payer_code}", f"Kod {payer_code}")
    return Transfer(seller.name, account, f"{number}, kod płatnika {payer_code}", f"{number}, kod {payer_code}")


async def bills_page(customer: Customer, page: int, today: date, words: Words) -> BillsPage:
    """The `page`-th page (from 1) of the customer's bills, the newest first."""
    rows = await customer.fetch(_LIST, today, PER_PAGE, (page - 1) * PER_PAGE, customer.party_id)
    if not rows:
        return BillsPage((), page, 1, NOTHING_OWED, on_paper=False)
    first = rows[0]
    next_due = NextDue(first["next_due_on"], first["next_due_amount"]) if first["next_due_on"] else None
    nothing = Decimal(0)
    owed = Owed(first["overdue"] or nothing, first["running_interest"] or nothing, next_due, first["payer_code"])
    bills = [_bill(row, today, words) for row in rows]
    return BillsPage(bills, page, -(-first["total"] // PER_PAGE), owed, bills[0].on_paper)


async def bill_detail(
    customer: Customer, invoice_id: UUID, today: date, words: Words, seller: Company, account: str | None
) -> BillDetail | None:
    """The bill with its items, or None when the customer has no such bill."""
    row = await customer.fetch_one(_ONE, invoice_id)
    if row is None:
        return None
    state = state_of(row["left_to_pay"], row["due_on"], today)
    return BillDetail(
        number=row["number"],
        kind=words.kind(row["kind"]),
        what=words.subject(row["medium"], row["period_from"], row["period_to"], row["description"]),
        issued_on=row["issued_on"],
        sold_on=row["period_to"],
        due_on=row["due_on"],
        period_from=row["period_from"],
        period_to=row["period_to"],
        state=state,
        to_pay=row["left_to_pay"],
        paid=row["paid"],
        interest=row["interest"],
        paid_on=row["paid_on"],
        paid_ahead=row["paid_on"] is not None and row["paid_on"] < row["issued_on"],
        transfer=transfer(seller, account, row["code"], row["number"]) if state != "paid" else None,
        pdf_href=f"/bills/{invoice_id}/pdf" if row["document_key"] else None,
        on_paper=row["e_invoice"] is False,
        agreement_number=row["agreement_number"],
        service_point=row["service_point"],
        supplied=(row["supplied_street"], row["supplied_city"]) if row["supplied_street"] else (),
        seller=seller,
        buyer=_buyer(row),
        items=[_line(item, words) for item in row["items"]],
        total=Total(row["net"], row["vat"], row["gross"]),
        readings=_uses(row),
        sent=Sent(row["mailed_at"], row["mailed_to"]) if row["mailed_at"] else None,
    )


async def document(customer: Customer, invoice_id: UUID) -> StoredDocument | None:
    """Where the bill's PDF lies, or None when the customer has no such document."""
    row = await customer.fetch_one(_DOCUMENT, invoice_id)
    return StoredDocument(*row) if row else None


def _bill(row: asyncpg.Record, today: date, words: Words) -> Bill:
    invoice_id, kind, number, issued_on, due_on, medium, first, last, description, gross, paid, left = row[:12]
    interest, has_document, e_invoice = row[12:15]
    href = f"/bills/{invoice_id}"
    return Bill(
        href, issued_on, words.kind(kind), number, due_on, words.subject(medium, first, last, description), gross,
        paid, left, interest, f"{href}/pdf" if has_document else None, e_invoice is False,
        state_of(left, due_on, today),
    )  # fmt: skip


def _line(item: dict[str, Any], words: Words) -> Line:
    figures = ("unit_price", "net", "vat_rate", "vat", "gross")
    return Line(
        name=item["name"],
        note=words.note(item["unit"]),
        unit=item["unit"],
        quantity=trimmed(Decimal(item["quantity"])),
        **{name: Decimal(item[name]) for name in figures},
    )


def _buyer(row: asyncpg.Record) -> Company:
    if buyer := row["buyer"]:
        return Company(buyer["name"], (buyer["street"], f"{buyer['postal_code']} {buyer['city']}"), buyer.get("nip"))
    # One that was told before invoices told their buyer, until billing tells it again.
    if row["party_name"] is None:  # the party's own event is still on its way
        return Company("", (), None)
    return Company(row["party_name"], (row["street"], f"{row['postal_code']} {row['city']}"), row["party_nip"])


def _uses(row: asyncpg.Record) -> Sequence[Use]:
    if row["meter_number"] is None or row["previous_value"] is None:
        return ()
    return (
        Use(
            meter=row["meter_number"],
            unit=row["unit"],
            from_value=trimmed(row["previous_value"]),
            to_value=trimmed(row["value"]),
            from_on=row["previous_read_on"],
            to_on=row["read_on"],
            consumption=trimmed(row["value"] - row["previous_value"]),
        ),
    )
