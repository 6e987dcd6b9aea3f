"""The customer's password (W06, W09)."""

from litestar import Response, get, post
from litestar.response import Redirect

from gateway.accounts import passwords
from gateway.web.customer import Customer
from gateway.web.forms import Form
from gateway.web.site import Site
from gateway.web.visit import Visit


@get("/password")
async def password_form(site: Site, visit: Visit, customer: Customer) -> Response[str]:
    """The customer's form; after the first login it is the only page."""
    return passwords.form(site, visit, customer)


@post("/password", status_code=200)
async def change_password(site: Site, visit: Visit, customer: Customer, data: Form) -> Response[str] | Redirect:
    """Change the customer's password."""
    return await passwords.change(site, visit, customer, data)
