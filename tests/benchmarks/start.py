"""`start`: seconds of a second `make demo` until the first page; the reference is the bar itself.

It starts the machine's own office, so it refuses when one is running.
"""

import subprocess
import sys
import time

import httpx

from deploy.local import opening
from deploy.local.ports import free_port
from tests.benchmarks.measuring import Measurement
from tests.support.office import ROOT

BAR_SECONDS = 20.0


def measure() -> list[Measurement]:
    """Start (which installs and loads what is missing), stop, and start again with the clock running."""
    running = opening.last_stack()
    if running is not None and opening.supervisor(running).is_running():
        raise SystemExit("An office is running on this machine: stop it with `ebok stop`, then measure its start.")
    port = free_port()
    try:
        _make_demo(port)
        _ebok("stop")
        began = time.monotonic()
        _make_demo(port)
        page = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
        seconds = time.monotonic() - began
        assert page.status_code == 200
    finally:
        _ebok("stop")
    return [Measurement.cost("start", seconds, BAR_SECONDS, "s")]


def _make_demo(port: int) -> None:
    subprocess.run(["make", "demo", f"ARGS=--port {port} --detach"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _ebok(command: str) -> None:
    subprocess.run([sys.executable, "-m", "deploy.cli", command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
