"""Applications for an account and the decisions on them, as identity tells them."""

from contracts.identity import ApplicationDecided, ApplicationReceived
from gateway.applications import tables
from gateway.read_model.projecting import Projects

PROJECTIONS = (
    Projects(ApplicationReceived, tables.application),
    Projects(ApplicationDecided, tables.application_decision),
)
