"""Accounts of parties: opening one, its identifier, its temporary password."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select, update

from contracts.identity import AccountOpened, CredentialsIssued
from contracts.kinds import Unknown
from contracts.message import Language
from services.chassis.errors import Refused
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity import credentials, directory, passwords
from services.identity.refusals import reasons
from services.identity.tables import account, credential, party

INVOICE_PREFIX = 6
"""Digits of the invoice number that make an identifier (M10)."""


@dataclass(frozen=True)
class Holder:
    """Whose account is opened, what will be typed to log in, where its messages go, and in which language."""

    party_id: UUID
    identifier: str
    name: str
    email: str
    language: Language | Unknown | None = None


def identifier(
    scheme: Literal["payer_code", "invoice_prefix", "assigned"], payer_code: str, invoice_number: str
) -> str:
    """What a customer will type to log in, by the utility's scheme (W05, M10, L10)."""
    match scheme:
        case "payer_code":
            return payer_code
        case "invoice_prefix":
            return "".join(filter(str.isdecimal, invoice_number))[:INVOICE_PREFIX]
        case "assigned":
            return str(10_000_000 + secrets.randbelow(90_000_000))


async def of_party(work: UnitOfWork, party_id: UUID) -> str | None:
    """The identifier of the party's account, or None when it has no account."""
    found: str | None = await work.connection.scalar(
        select(credential.c.identifier).join(account).where(account.c.party_id == party_id)
    )
    return found


async def open_with_temporary_password(work: UnitOfWork, holder: Holder, application_number: str) -> None:
    """Open an account; its owner gets a temporary password and must change it at the first login (W04, W06)."""
    password = passwords.temporary()
    valid_until = credentials.temporary_until(work)
    account_id = await _open(work, holder, password, must_change=True, expires_at=valid_until)
    work.emit(
        CredentialsIssued(
            account_id=account_id,
            party_id=holder.party_id,
            identifier=holder.identifier,
            name=holder.name,
            email=holder.email,
            temporary_password=password,
            valid_until=valid_until,
            language=holder.language,
            application_number=application_number,
            version=1,
        )
    )


async def open_for(work: UnitOfWork, party_code: str, password: str, *, must_change: bool = False) -> bool:
    """Open an account without an application, with a password known beforehand (for demo data and operators).

    False when the party has an account already. `LookupError` when identity does not know the party (yet), or the
    party has no e-mail address.
    """
    known = await directory.party_of_code(work, party_code)
    if known is None:
        raise LookupError(f"There is no party {party_code}. Import it first: `ebok import parties FILE`.")
    if known.email is None:
        raise LookupError(f"Party {party_code} has no e-mail address, and without one no account can be opened.")
    if await of_party(work, known.party_id) is not None:
        return False
    holder = Holder(known.party_id, party_code, known.name, known.email)
    await _open(work, holder, password, must_change=must_change)
    return True


async def reset(work: UnitOfWork, party_code: str) -> str:
    """Issue a new temporary password to a party that lost its own; it goes to the account's e-mail address, returned.

    `LookupError` when the party is unknown or has no account.
    """
    query = (
        select(account, credential.c.identifier)
        .join(credential)
        .join(party, party.c.party_id == account.c.party_id)
        .where(party.c.code == party_code)
    )
    row = (await work.connection.execute(query)).first()
    if row is None:
        raise LookupError(f"Party {party_code} has no account. Check the payer code.")
    temporary = await credentials.renew(work, row.account_id)
    work.emit(
        CredentialsIssued(
            account_id=row.account_id,
            party_id=row.party_id,
            identifier=row.identifier,
            name=row.name,
            email=row.email,
            temporary_password=temporary.password,
            valid_until=temporary.valid_until,
            renewed=True,
            language=row.language,
            version=temporary.version,
        )
    )
    return str(row.email)


async def choose_language(work: UnitOfWork, account_id: UUID, language: Language | Unknown, version: int) -> None:
    """Keep what the account's owner reads, and tell it with the account's `version`."""
    changed = (
        update(account)
        .where(account.c.account_id == account_id, credential.c.account_id == account.c.account_id)
        .values(language=language)
        .returning(account, credential.c.identifier)
    )
    row = (await work.connection.execute(changed)).mappings().one()
    work.emit(AccountOpened(**row, version=version))


async def _open(
    work: UnitOfWork, holder: Holder, password: str, *, must_change: bool, expires_at: datetime | None = None
) -> UUID:
    await directory.hold(work, holder.party_id)
    if (present := await of_party(work, holder.party_id)) is not None:
        raise Refused(reasons.error("account_exists", identifier=present))
    account_id = await credentials.create(
        work, "customer", holder.identifier, password, must_change=must_change, expires_at=expires_at
    )
    if account_id is None:
        raise Refused(reasons.error("identifier_taken", identifier=holder.identifier))
    opened = AccountOpened(
        account_id=account_id,
        party_id=holder.party_id,
        identifier=holder.identifier,
        name=holder.name,
        email=holder.email,
        opened_at=work.now,
        language=holder.language,
        version=1,
    )
    await work.connection.execute(insert(account).values(opened.model_dump(include=set(account.c.keys()))))
    work.emit(opened)
    return account_id
