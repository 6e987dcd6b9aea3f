"""Metering: meters and their readings."""

from contracts.metering.meters import MeterRecorded
from contracts.metering.readings import ReadingAccepted, ReadingSource, SubmitReading

__all__ = [
    "MeterRecorded",
    "ReadingAccepted",
    "ReadingSource",
    "SubmitReading",
]
