"""E-mails as correspondence tells that they were sent."""

from contracts.correspondence import MailSent
from gateway.mails import tables
from gateway.read_model.projecting import Projects, Source

PROJECTIONS = (Projects(tables.mail, Source(MailSent)),)
