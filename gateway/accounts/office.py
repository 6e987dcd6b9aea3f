"""The clerk's password."""

from litestar import Response, get, post
from litestar.response import Redirect

from gateway.accounts import passwords
from gateway.web.clerk import Clerk
from gateway.web.forms import Form
from gateway.web.site import Site
from gateway.web.visit import Visit


@get("/office/password")
async def office_password_form(site: Site, visit: Visit, clerk: Clerk) -> Response[str]:
    """The clerk's form."""
    return passwords.form(site, visit, clerk)


@post("/office/password", status_code=200)
async def change_office_password(site: Site, visit: Visit, clerk: Clerk, data: Form) -> Response[str] | Redirect:
    """Change the clerk's password."""
    return await passwords.change(site, visit, clerk, data)
