"""Logins, and when passwords were changed."""

from contracts.identity import LoggedIn, PasswordChanged
from gateway.accounts import tables
from gateway.read_model.projecting import Projects, Source
from gateway.web.visitors.tables import password_change

PROJECTIONS = (
    Projects(tables.last_login, Source(LoggedIn), told_again=False),
    Projects(password_change, Source(PasswordChanged), told_again=False),
)
