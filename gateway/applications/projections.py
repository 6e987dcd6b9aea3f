"""Applications for an account and the decisions on them, as identity tells them."""

from contracts.identity import ApplicationDecided, ApplicationReceived
from gateway.applications import tables
from gateway.read_model.projecting import Projects, Source

PROJECTIONS = (
    Projects(
        tables.application,
        Source(ApplicationReceived),
        Source(ApplicationDecided, version="decision_version"),
    ),
)
