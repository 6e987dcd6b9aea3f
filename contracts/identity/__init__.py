"""Identity: applications for an account, accounts, logins."""

from contracts.identity.accounts import AccountOpened
from contracts.identity.applications import (
    ApplicationDecided,
    ApplicationReceived,
    Check,
    DecideApplication,
    Decision,
    RejectionReason,
    SubmitApplication,
)
from contracts.identity.logins import Audience, LoggedIn, LogIn
from contracts.identity.passwords import ChangePassword, CredentialsIssued, PasswordChanged

__all__ = [
    "AccountOpened",
    "ApplicationDecided",
    "ApplicationReceived",
    "Audience",
    "ChangePassword",
    "Check",
    "CredentialsIssued",
    "DecideApplication",
    "Decision",
    "LogIn",
    "LoggedIn",
    "PasswordChanged",
    "RejectionReason",
    "SubmitApplication",
]
