"""Meters and readings as metering tells them."""

from contracts.metering import MeterRecorded, ReadingAccepted
from gateway.read_model.projecting import Projects, Source
from gateway.readings import tables

PROJECTIONS = (
    Projects(tables.meter, Source(MeterRecorded, {"street": "address.street", "city": "address.city"})),
    Projects(tables.reading, Source(ReadingAccepted)),
)
