"""Every page of the office: for whom it is, which right it needs, and what the menus say."""

from collections.abc import Sequence

from gateway.accounts import customer as password
from gateway.accounts import office as office_password
from gateway.accounts import public as login
from gateway.applications import office as applications
from gateway.applications import public as registration
from gateway.bills import customer as bills
from gateway.failures import office as failures
from gateway.home import office as office_home
from gateway.home import public as home
from gateway.home.static import static_file
from gateway.readings import customer as readings
from gateway.styleguide import public as styleguide
from gateway.web.page import CustomerPage, MenuEntry, OfficePage, Page, PublicPage
from gateway.web.texts.languages import N_

PAGES: Sequence[Page] = (
    PublicPage(home.home),
    PublicPage(home.terms),
    PublicPage(home.accessibility),
    PublicPage(home.privacy),
    PublicPage(home.choose_language),
    PublicPage(static_file),
    PublicPage(styleguide.style_guide),
    PublicPage(registration.registration_form),
    PublicPage(registration.register),
    PublicPage(registration.registration_sent),
    PublicPage(login.login_form),
    PublicPage(login.log_in),
    PublicPage(login.log_out),
    PublicPage(login.office_login_form),
    PublicPage(login.office_log_in),
    PublicPage(login.office_log_out),
    CustomerPage(password.password_form),
    CustomerPage(password.change_password),
    CustomerPage(bills.bill_list, MenuEntry(N_("Rachunki i płatności"))),
    CustomerPage(bills.bill),
    CustomerPage(bills.bill_pay_code),
    CustomerPage(bills.bill_document),
    CustomerPage(readings.reading_list, MenuEntry(N_("Liczniki i odczyty"))),
    CustomerPage(readings.reading_form),
    CustomerPage(readings.submit_reading),
    CustomerPage(readings.reading_file),
    PublicPage(home.contact, MenuEntry(N_("Kontakt"))),
    OfficePage(office_password.office_password_form, "own_account"),
    OfficePage(office_password.change_office_password, "own_account"),
    OfficePage(office_home.office_home, "own_account", MenuEntry(N_("Co czeka"), below=False)),
    OfficePage(applications.application_list, "applications", MenuEntry(N_("Wnioski o dostęp"), counted=True)),
    OfficePage(applications.application_detail, "applications"),
    OfficePage(applications.accept_application, "applications"),
    OfficePage(applications.reject_application, "applications"),
    OfficePage(failures.failure_list, "failures", MenuEntry(N_("Nieudane wysyłki"), counted=True)),
    OfficePage(failures.retry_all, "failures"),
    OfficePage(failures.retry_mail, "failures"),
    OfficePage(failures.ask_to_drop_mail, "failures"),
    OfficePage(failures.drop_mail, "failures"),
    OfficePage(failures.retry_document, "failures"),
)
"""The menus have the order of this list."""
