"""The clerk's password."""

from litestar import get, post
from litestar.response import Redirect

from gateway.accounts import passwords
from gateway.accounts.views import PasswordForm
from gateway.web.forms import Form, Sent
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.visit import Visit


@get("/office/password")
async def office_password_form(site: Site, visit: Visit, clerk: Clerk) -> Html[PasswordForm]:
    """The clerk's form."""
    return site.page(visit, passwords.shown_form(site, visit, clerk, Form()))


@post("/office/password", status_code=200)
async def change_office_password(site: Site, visit: Visit, clerk: Clerk, sent: Sent) -> Html[PasswordForm] | Redirect:
    """Change the clerk's password."""
    return await passwords.change(site, visit, clerk, sent)
