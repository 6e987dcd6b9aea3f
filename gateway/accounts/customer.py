"""The customer's password (W06, W09)."""

from litestar import get, post
from litestar.response import Redirect

from gateway.accounts import passwords
from gateway.accounts.views import PasswordForm
from gateway.web.forms import Form, Sent
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.visit import Visit


@get("/password")
async def password_form(site: Site, visit: Visit, customer: Customer) -> Html[PasswordForm]:
    """The customer's form; after the first login it is the only page."""
    return site.page(visit, passwords.shown_form(site, visit, customer, Form()))


@post("/password", status_code=200)
async def change_password(site: Site, visit: Visit, customer: Customer, sent: Sent) -> Html[PasswordForm] | Redirect:
    """Change the customer's password."""
    return await passwords.change(site, visit, customer, sent)
