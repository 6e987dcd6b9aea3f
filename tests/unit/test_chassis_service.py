"""What an `app.py` may say, and what is refused before anything starts."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.metering import MeterRecorded, ReadingAccepted, SubmitReading
from services.chassis.process import Process
from services.chassis.service import Service
from services.chassis.settings import Settings
from tests.support.profiles import a_profile


@pytest.fixture
def service() -> Service:
    return Service("toy", Settings(), a_profile(), migrations="services.toy")


async def answer(*_: Any) -> None:
    """Stands for any function of a service."""


def test_an_event_has_one_handler(service: Service) -> None:
    service.on(ReadingAccepted, answer)
    with pytest.raises(TypeError, match=r"metering\.reading\.accepted\.v1 is given twice"):
        service.on(ReadingAccepted, answer)


def test_a_request_has_one_handler(service: Service) -> None:
    service.answers(SubmitReading, answer)
    with pytest.raises(TypeError, match="given twice"):
        service.answers(SubmitReading, answer)


def test_handling_and_projecting_do_not_mix_because_they_share_one_queue(service: Service) -> None:
    service.on(ReadingAccepted, answer)
    with pytest.raises(TypeError, match="share one queue"):
        service.projects(MeterRecorded, answer)


def test_projecting_and_handling_do_not_mix_either(service: Service) -> None:
    service.projects(MeterRecorded, answer)
    with pytest.raises(TypeError, match="share one queue"):
        service.on(ReadingAccepted, answer)


def test_a_step_of_a_name_that_the_chassis_uses_is_refused(service: Service) -> None:
    with pytest.raises(TypeError, match="inbox is given twice"):
        service.every(timedelta(seconds=1), answer, name="inbox")


async def test_a_service_without_a_secret_does_not_start(service: Service) -> None:
    with pytest.raises(ValueError, match="EBOK_SECRET"):
        await Process(service).start()
