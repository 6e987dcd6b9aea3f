"""Every page of the office, and for whom it is."""

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from gateway.accounts import customer as password
from gateway.accounts import office as office_password
from gateway.accounts import public as login
from gateway.applications import office as applications
from gateway.applications import public as registration
from gateway.bills import customer as bills
from gateway.home import office as office_home
from gateway.home import public
from gateway.readings import customer as readings
from gateway.styleguide import public as styleguide
from gateway.web.assets import static_file

PUBLIC_PAGES = (
    public.home,
    public.terms,
    public.contact,
    public.choose_language,
    registration.registration_form,
    registration.register,
    registration.registration_sent,
    login.login_form,
    login.log_in,
    login.log_out,
    login.office_login_form,
    login.office_log_in,
    login.office_log_out,
    static_file,
    styleguide.style_guide,
)
"""Pages for everybody. Every other page asks for a `Customer` or a `Clerk` (a test holds this)."""

CUSTOMER_PAGES = (
    bills.bill_list,
    bills.bill,
    bills.bill_document,
    readings.reading_list,
    readings.reading_form,
    readings.submit_reading,
    password.password_form,
    password.change_password,
)

OFFICE_PAGES = (
    office_home.office_home,
    applications.application_list,
    applications.application_detail,
    applications.accept_application,
    applications.reject_application,
    office_password.office_password_form,
    office_password.change_office_password,
)

ALL_PAGES: Sequence[HTTPRouteHandler] = (*PUBLIC_PAGES, *CUSTOMER_PAGES, *OFFICE_PAGES)
