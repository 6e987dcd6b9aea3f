"""`memory`: what each service's process holds at rest, in MB; the reference is the bar itself."""

import time

import httpx
import psutil

from deploy.catalog import SERVICES
from tests.benchmarks.measuring import Measurement
from tests.support.infrastructure import Servers
from tests.support.processes import OfficeProcesses

BAR_MB = 120.0
REST_SECONDS = 5.0


def measure(servers: Servers) -> list[Measurement]:
    """Resident memory of each process some seconds after it became ready and the first page was shown."""
    with OfficeProcesses(servers, "demo") as office:
        with httpx.Client(base_url=office.address, trust_env=False) as person:
            assert person.get("/").status_code == 200
        time.sleep(REST_SECONDS)
        return [
            Measurement.cost(f"memory {service.name}", _megabytes(office.pid(service.name)), BAR_MB, "MB")
            for service in SERVICES
        ]


def _megabytes(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 2**20
