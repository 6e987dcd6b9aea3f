"""Mails and documents that failed, as clerks see them and let them be tried again."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from litestar.response import Redirect

from contracts.billing import RetryInvoiceDocument
from contracts.correspondence import DropMail, RetryMail
from contracts.message import Request
from gateway.failures.queries import (
    PER_PAGE,
    Failure,
    Thing,
    failed_mail,
    failures_page,
    oldest_failures,
)
from gateway.failures.views import DropPage, FailureList, FailureRow
from gateway.web.forms import Form, Sent, new_key, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html, Message
from gateway.web.visitors.clerk import Action, Clerk
from gateway.web.visitors.visit import Visit

KINDS = {
    "new_bill": N_("Wiadomość o nowym rachunku"),
    "credentials": N_("Wiadomość z danymi dostępowymi"),
    "application_received": N_("Potwierdzenie wniosku"),
    "application_rejected": N_("Wiadomość o odrzuceniu wniosku"),
    "document": N_("Plik PDF rachunku"),
}
OTHER_KIND = N_("Wiadomość")
DONE: dict[Action, tuple[str, str]] = {
    "mail.retry": (N_("Wiadomość czeka na wysłanie"), N_("Jeśli znowu się nie uda, wróci na tę listę.")),
    "mail.drop": (N_("Wiadomość zdjęta z listy"), N_("Nie będzie już wysłana. Jej treść jest usunięta.")),
    "document.retry": (N_("Plik czeka na przygotowanie"), N_("Jeśli znowu się nie uda, wróci na tę listę.")),
}
NOT_DONE = N_("Nie udało się")
AT_ONCE = 50
"""How many things one press of the button lets be tried again: a few seconds."""

TRIED_AGAIN = N_("Ponowione")
NOT_ALL = N_("Nie wszystko udało się ponowić")
TRIED = N_("Ponowiono: %(count)s. Co się znowu nie uda, wróci na tę listę.")
REFUSED = N_("Nie dało się ponowić: %(count)s. Spróbuj przy każdym osobno, zobaczysz powód.")
NOT_LISTED = N_("Tej wiadomości nie ma już na liście")
BY_SOMEBODY = N_("Ktoś wysłał ją jeszcze raz albo zdjął z listy, albo zastąpiła ją nowsza.")
AWAY = N_("Usługa, która to robi, teraz nie odpowiada. Spróbuj za chwilę.")


@get("/office/failures")
async def failure_list(
    site: Site,
    visit: Visit,
    clerk: Clerk,
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
) -> Html[FailureList]:
    """What failed and was not tried again, the newest first."""
    await clerk.note("failures.listed", None, now=visit.now, correlation_id=visit.request_id)
    shown = await _shown(visit, clerk, page, None)
    if page > 1 and not shown.failures:
        raise NotFoundException
    return site.page(visit, shown)


@post("/office/failures/mail/{mail_id:uuid}/retry", status_code=200)
async def retry_mail(site: Site, visit: Visit, clerk: Clerk, mail_id: UUID, sent: Sent) -> Html[FailureList] | Redirect:
    """Let a failed mail be sent again."""
    return await _done(site, visit, clerk, "mail.retry", mail_id, sent, RetryMail(mail_id=mail_id))


@post("/office/failures/retry", status_code=200)
async def retry_all(site: Site, visit: Visit, clerk: Clerk) -> Html[FailureList]:
    """Let everything be tried again, what failed first before the rest, `AT_ONCE` things at most; say how many.

    Sent again, it tries what is in the list then. It ends at the first thing that a service does not answer to.
    """
    _ = visit.translate
    begun, refused, away = 0, 0, False
    for thing, about in await oldest_failures(clerk, AT_ONCE):
        action, request = _retry(thing, about)
        await clerk.note(action, about, now=visit.now, correlation_id=visit.request_id)
        outcome = await submit(site, visit, Form(), request, once=False)
        if isinstance(outcome, Form) and outcome.unavailable:
            away = True
            break
        refused += isinstance(outcome, Form)
        begun += not isinstance(outcome, Form)
    shown = await _shown(visit, clerk, 1, said_of_all(visit, begun, refused, away=away))
    return site.page(visit, shown, status=503 if away else 200, path="/office/failures")


@get("/office/failures/mail/{mail_id:uuid}/drop")
async def ask_to_drop_mail(site: Site, visit: Visit, clerk: Clerk, mail_id: UUID) -> Html[DropPage] | Html[FailureList]:
    """Ask whether a mail is to leave the list: its words are gone then."""
    await clerk.note("failures.listed", mail_id, now=visit.now, correlation_id=visit.request_id)
    failure = await failed_mail(clerk, mail_id)
    if failure is None:
        message = Message("error", visit.translate(NOT_LISTED), visit.translate(BY_SOMEBODY))
        return site.page(visit, await _shown(visit, clerk, 1, message), status=404, path="/office/failures")
    return site.page(visit, DropPage(_row(visit, failure), new_key()))


@post("/office/failures/mail/{mail_id:uuid}/drop", status_code=200)
async def drop_mail(site: Site, visit: Visit, clerk: Clerk, mail_id: UUID, sent: Sent) -> Html[FailureList] | Redirect:
    """Give a failed mail up, when the person is told in another way."""
    return await _done(site, visit, clerk, "mail.drop", mail_id, sent, DropMail(mail_id=mail_id))


@post("/office/failures/document/{invoice_id:uuid}/retry", status_code=200)
async def retry_document(
    site: Site, visit: Visit, clerk: Clerk, invoice_id: UUID, sent: Sent
) -> Html[FailureList] | Redirect:
    """Let a PDF be made again."""
    request = RetryInvoiceDocument(invoice_id=invoice_id)
    return await _done(site, visit, clerk, "document.retry", invoice_id, sent, request)


def _retry(thing: Thing, about: UUID) -> tuple[Action, Request]:
    if thing == "mail":
        return "mail.retry", RetryMail(mail_id=about)
    return "document.retry", RetryInvoiceDocument(invoice_id=about)


def said_of_all(visit: Visit, begun: int, refused: int, *, away: bool) -> Message:
    """What is said after everything was tried again: how much of it, and whether a service was away meanwhile."""
    _ = visit.translate
    said = [_(TRIED) % {"count": begun}]
    if refused:
        said.append(_(REFUSED) % {"count": refused})
    if away:
        return Message("error", _(NOT_ALL), " ".join((_(AWAY), *said)))
    return Message("warn" if refused else "success", _(NOT_ALL if refused else TRIED_AGAIN), " ".join(said))


async def _done(
    site: Site, visit: Visit, clerk: Clerk, action: Action, about: UUID, sent: Sent, request: Request
) -> Html[FailureList] | Redirect:
    await clerk.note(action, about, now=visit.now, correlation_id=visit.request_id)
    outcome = await submit(site, visit, Form.sent(sent), request)
    if not isinstance(outcome, Form):
        return see_other("/office/failures", site.say(visit, "success", *DONE[action]))
    _ = visit.translate
    message = Message("error", _(NOT_DONE), _(AWAY) if outcome.unavailable else outcome.error(""))
    shown = await _shown(visit, clerk, 1, message)
    return site.page(visit, shown, status=outcome.status, path="/office/failures")


async def _shown(visit: Visit, clerk: Clerk, page: int, message: Message | None) -> FailureList:
    found, total = await failures_page(clerk, page)
    return FailureList([_row(visit, each) for each in found], total, page, max(1, -(-total // PER_PAGE)), message)


def _row(visit: Visit, failure: Failure) -> FailureRow:
    here = f"/office/failures/{failure.thing}/{failure.id}"
    return FailureRow(
        retry_href=f"{here}/retry",
        retry_key=new_key(),
        drop_href=f"{here}/drop" if failure.thing == "mail" else None,
        what=visit.translate(KINDS.get(failure.kind, OTHER_KIND)),
        about=failure.about,
        payer_code=failure.payer_code or "",
        reason=failure.reason,
        failed_at=failure.failed_at,
    )
