"""Metering: meters and their readings."""

from contracts.metering.meters import MeterRecorded
from contracts.metering.readings import CheckReading, ReadingAccepted, ReadingSource, SubmitReading

__all__ = [
    "CheckReading",
    "MeterRecorded",
    "ReadingAccepted",
    "ReadingSource",
    "SubmitReading",
]
