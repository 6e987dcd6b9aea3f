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
from gateway.failures.queries import failures_page
from gateway.failures.views import FailureList, FailureRow
from gateway.web.forms import Form, Sent, new_key, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html, Message
from gateway.web.visitors.clerk import Action, Clerk
from gateway.web.visitors.visit import Visit

KINDS = {
    "new_bill": N_("Wiadomość o nowym rachunku"),
    "credentials": N_("Wiadomość z danymi dostępowymi"),
    "application_rejected": N_("Wiadomość o odrzuceniu wniosku"),
    "document": N_("Plik PDF rachunku"),
}
OTHER_KIND = N_("Wiadomość")
DONE = {
    "mail": (N_("Wiadomość czeka na wysłanie"), N_("Jeśli znowu się nie uda, wróci na tę listę.")),
    "dropped": (N_("Wiadomość zdjęta z listy"), N_("Nie będzie już wysłana. Jej treść jest usunięta.")),
    "document": (N_("Plik czeka na przygotowanie"), N_("Jeśli znowu się nie uda, wróci na tę listę.")),
}
NOT_DONE = N_("Nie udało się")
AWAY = N_("Usługa, która to robi, teraz nie odpowiada. Spróbuj za chwilę.")


@get("/office/failures")
async def failure_list(
    site: Site, visit: Visit, clerk: Clerk, page: Annotated[int, Parameter(ge=1, le=10_000)] = 1, done: str = ""
) -> Html[FailureList]:
    """What failed and was not tried again, the newest first."""
    _ = visit.translate
    await clerk.note("failures.listed", None, now=visit.now, correlation_id=visit.request_id)
    said = DONE.get(done)
    message = Message("success", _(said[0]), _(said[1])) if said else None
    shown = await _shown(visit, clerk, page, message)
    if page > 1 and not shown.failures:
        raise NotFoundException
    return site.page(visit, shown)


@post("/office/failures/mail/{mail_id:uuid}/retry", status_code=200)
async def retry_mail(site: Site, visit: Visit, clerk: Clerk, mail_id: UUID, sent: Sent) -> Html[FailureList] | Redirect:
    """Let a failed mail be sent again."""
    return await _done(site, visit, clerk, "mail.retry", mail_id, sent, RetryMail(mail_id=mail_id), "mail")


@post("/office/failures/mail/{mail_id:uuid}/drop", status_code=200)
async def drop_mail(site: Site, visit: Visit, clerk: Clerk, mail_id: UUID, sent: Sent) -> Html[FailureList] | Redirect:
    """Give a failed mail up, when the person is told in another way."""
    return await _done(site, visit, clerk, "mail.drop", mail_id, sent, DropMail(mail_id=mail_id), "dropped")


@post("/office/failures/document/{invoice_id:uuid}/retry", status_code=200)
async def retry_document(
    site: Site, visit: Visit, clerk: Clerk, invoice_id: UUID, sent: Sent
) -> Html[FailureList] | Redirect:
    """Let a PDF be made again."""
    request = RetryInvoiceDocument(invoice_id=invoice_id)
    return await _done(site, visit, clerk, "document.retry", invoice_id, sent, request, "document")


async def _done(
    site: Site, visit: Visit, clerk: Clerk, action: Action, about: UUID, sent: Sent, request: Request, done: str
) -> Html[FailureList] | Redirect:
    await clerk.note(action, about, now=visit.now, correlation_id=visit.request_id)
    outcome = await submit(site, visit, Form.sent(sent), request)
    if not isinstance(outcome, Form):
        return see_other(f"/office/failures?done={done}")
    _ = visit.translate
    message = Message("error", _(NOT_DONE), _(AWAY) if outcome.unavailable else outcome.error(""))
    shown = await _shown(visit, clerk, 1, message)
    return site.page(visit, shown, status=outcome.status, path="/office/failures")


async def _shown(visit: Visit, clerk: Clerk, page: int, message: Message | None) -> FailureList:
    found, pages = await failures_page(clerk, page)
    words = {kind: visit.translate(word) for kind, word in KINDS.items()}
    other = visit.translate(OTHER_KIND)
    rows = [
        FailureRow(
            f"/office/failures/{each.thing}/{each.id}/retry",
            new_key(),
            f"/office/failures/{each.thing}/{each.id}/drop" if each.thing == "mail" else None,
            new_key(),
            words.get(each.kind, other),
            each.about,
            each.reason,
            each.failed_at,
        )
        for each in found
    ]
    return FailureList(rows, page, pages, message)
