"""Meters and readings as metering tells them."""

from contracts.metering import MeterRecorded, ReadingAccepted
from gateway.read_model.projecting import Projects
from gateway.readings import tables

PROJECTIONS = (
    Projects(MeterRecorded, tables.meter, {"street": "address.street", "city": "address.city"}),
    Projects(ReadingAccepted, tables.reading),
)
