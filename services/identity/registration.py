"""Registration: an application comes in, is compared with the directory, and a clerk decides (W01 to W04)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.identity import ApplicationDecided, ApplicationReceived, Check, DecideApplication, SubmitApplication
from contracts.message import Event
from services.chassis.errors import Refused
from services.chassis.ids import new_id
from services.chassis.storage.serials import Serials
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity import accounts, applications, directory, staff
from services.identity.applications import Claim, Verification
from services.identity.profile import Credentials, Registration
from services.identity.refusals import reasons
from services.identity.tables import application, application_serial

log = structlog.get_logger()

_serials = Serials(application_serial)

LOOKED_AGAIN_FOR = timedelta(days=30)
"""How long news of the applicant's party is waited for. Billing tells it within minutes, or days after an outage; an
application that still fits nobody has a mistake in it, and a clerk rejects it."""

LOOKED_AGAIN_AT_ONCE = 100


async def submit(request: SubmitApplication, work: UnitOfWork) -> None:
    """Take an application in. Who applies learns nothing about whether somebody has an account already."""
    phones = ", ".join(work.profile.utility.registration_phones)
    if work.profile.of(Registration).variant != "form":
        raise Refused(reasons.error("registration_closed", phones=phones))
    claim, wrong = applications.read(request, work.profile.of(Registration))
    if wrong:
        raise Refused(*wrong, code="invalid")
    if request.check_only:
        return
    verification = await _verify(work, claim)
    row = await _add(work, claim, verification, request.language)
    if row is None:
        raise Refused(reasons.error("already_applied", phones=phones))
    work.emit(_received(row, version=1))
    log.info("application.received", application_id=str(row.application_id), matched=row.party_id is not None)


async def decide(request: DecideApplication, work: UnitOfWork) -> None:
    """Accept or reject an application; of two clerks the second is told who was first."""
    clerk = await staff.active_name(work, request.clerk_id)
    if clerk is None:
        raise Refused(reasons.error("unknown_clerk"))
    row = await _of_id(work, request.application_id)
    _check_that_undecided(row, request.version_seen)
    told = {"reason": "", "reason_code": None, "own_words": ""}
    if request.decision == "accepted":
        await _open_account(work, row)
    elif not (reason := request.reason.strip()):
        raise Refused(reasons.error("reason_missing", "reason"), code="invalid")
    else:
        told = {"reason": reason, "reason_code": request.reason_code, "own_words": request.own_words.strip()}
    await work.connection.execute(
        update(application)
        .where(application.c.application_id == row.application_id)
        .values(
            status=request.decision,
            decided_at=work.now,
            decided_by=request.clerk_id,
            decided_by_name=clerk,
            version=row.version + 1,
            **told,
        )
    )
    work.emit(_decided(await _of_id(work, row.application_id)))
    log.info("application.decided", application_id=str(row.application_id), decision=request.decision)


async def verify_again(work: UnitOfWork) -> None:
    """Look again for the party of applications without one: billing's news may have come after the application.

    Those looked at longest ago come first, so each has its turn however many there are.
    """
    waiting = await work.connection.execute(
        select(application)
        .where(
            application.c.status == "pending",
            application.c.party_id.is_(None),
            application.c.received_at > work.now - LOOKED_AGAIN_FOR,
        )
        .order_by(application.c.verified_at)
        .limit(LOOKED_AGAIN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = waiting.all()
    ids = [row.application_id for row in rows]
    await work.connection.execute(
        update(application).where(application.c.application_id.in_(ids)).values(verified_at=work.now)
    )
    for row in rows:
        verification = await _verify(work, _claim(row))
        if verification.party is not None:
            await work.connection.execute(
                update(application)
                .where(application.c.application_id == row.application_id)
                .values(**_found(verification), version=row.version + 1)
            )
            work.emit(_received(await _of_id(work, row.application_id), version=row.version + 1))


async def history(connection: AsyncConnection) -> AsyncIterator[Event]:
    """Every application and, where there is one, its decision."""
    async with connection.stream(select(application).order_by(application.c.received_at)) as rows:
        async for row in rows:
            decided = row.status != "pending"
            yield _received(row, version=row.version - decided)
            if decided:
                yield _decided(row)


async def _verify(work: UnitOfWork, claim: Claim) -> Verification:
    """Compare with the directory; that the party has an account already is for the clerk's eyes alone.

    That check's `expected` is the account's identifier: the page has the words, in the clerk's language.
    """
    verification = applications.verify(claim, await directory.find(work, claim))
    present = await accounts.of_party(work, verification.party.party_id) if verification.party else None
    if present is None:
        return verification
    account = Check(field="account", given="nowe konto", expected=present, matches=False)
    return Verification(verification.party, (*verification.checks, account))


async def _add(work: UnitOfWork, claim: Claim, verification: Verification, language: str | None) -> Row[Any] | None:
    """Store an application; None when the same person's application for the same agreement is pending."""
    registration = work.profile.of(Registration)
    added: Row[Any] | None = (
        await work.connection.execute(
            insert(application)
            .values(
                application_id=new_id(),
                number=await _serials.next_number(work.connection, registration.application_number, work.today),
                status="pending",
                name=claim.name,
                tax_id=claim.tax_id,
                invoice_number=claim.invoice_number,
                agreement_number=claim.agreement_number,
                agreement_key=applications.subject_key(claim),
                email=claim.email,
                email_key=applications.email_key(claim.email),
                received_at=work.now,
                verified_at=work.now,
                verification_days=registration.verification_working_days,
                language=language,
                version=1,
                **_found(verification),
            )
            .on_conflict_do_nothing(
                # In words, not as a comparison: PostgreSQL cannot match a bound parameter with a partial index once it
                # plans the statement without its values, from the sixth time on each connection.
                index_elements=["email_key", "agreement_key"],
                index_where=text("status = 'pending'"),
            )
            .returning(application)
        )
    ).first()
    return added


async def _open_account(work: UnitOfWork, row: Row[Any]) -> None:
    if row.party_id is None:
        raise Refused(reasons.error("no_party"))
    code = await directory.code_of(work, row.party_id)
    identifier = accounts.identifier(work.profile.of(Credentials).identifier, code, row.invoice_number)
    holder = accounts.Holder(row.party_id, identifier, row.party_name, row.email, row.language)
    await accounts.open_with_temporary_password(work, holder, application_number=row.number)


async def _of_id(work: UnitOfWork, application_id: UUID) -> Row[Any]:
    query = select(application).where(application.c.application_id == application_id).with_for_update()
    row = (await work.connection.execute(query)).first()
    if row is None:
        raise Refused(reasons.error("unknown_application"))
    return row


def _check_that_undecided(row: Row[Any], version_seen: int) -> None:
    if row.status == "accepted":
        raise Refused(
            reasons.error("already_accepted", clerk=row.decided_by_name, decided_at=row.decided_at),
            code="already_decided",
        )
    if row.status == "rejected":
        raise Refused(
            reasons.error("already_rejected", clerk=row.decided_by_name, decided_at=row.decided_at),
            code="already_decided",
        )
    if row.version != version_seen:
        raise Refused(reasons.error("changed_meanwhile"))


def _claim(row: Row[Any]) -> Claim:
    return Claim(row.name, row.tax_id, row.invoice_number, row.agreement_number, row.email)


def _found(verification: Verification) -> dict[str, object]:
    party = verification.party
    return {
        "party_id": party.party_id if party else None,
        "party_name": party.name if party else None,
        "checks": [check.model_dump() for check in verification.checks],
    }


def _received(row: Row[Any], *, version: int) -> ApplicationReceived:
    claim = _claim(row)
    return ApplicationReceived(
        application_id=row.application_id,
        number=row.number,
        name=row.name,
        pesel=claim.pesel,
        nip=claim.nip,
        invoice_number=row.invoice_number,
        agreement_number=row.agreement_number,
        email=row.email,
        received_at=row.received_at,
        party_id=row.party_id,
        party_name=row.party_name,
        checks=row.checks,
        language=row.language,
        verification_days=row.verification_days,
        version=version,
    )


def _decided(row: Row[Any]) -> ApplicationDecided:
    return ApplicationDecided(
        application_id=row.application_id,
        decision=row.status,
        reason=row.reason,
        email=row.email,
        name=row.name,
        clerk=row.decided_by_name,
        decided_at=row.decided_at,
        number=row.number,
        language=row.language,
        reason_code=row.reason_code,
        own_words=row.own_words,
        version=row.version,
    )
