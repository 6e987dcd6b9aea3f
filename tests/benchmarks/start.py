"""`start`: seconds of a second `make demo` until the first page; the reference is the bar itself."""

import os
import subprocess
import time

import httpx

from deploy.local.ports import free_port
from tests.benchmarks.measuring import Measurement
from tests.support.infrastructure import Servers
from tests.support.processes import ROOT

BAR_SECONDS = 20.0


def measure(servers: Servers) -> list[Measurement]:
    """Start an office of our own, which makes everything, stop it, start it again with the clock running.

    No data are loaded: a second start loads none in any case, and the first one would take minutes.
    """
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EBOK_")}
    environment = {**kept, "EBOK_LOCAL_HOME": str(servers.folder("office"))}

    def make_demo() -> None:
        _run(["make", "demo", f"ARGS=--port {port} --detach --empty"], environment)

    try:
        make_demo()
        _run([".venv/bin/ebok", "stop"], environment)
        began = time.monotonic()
        make_demo()
        page = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
        seconds = time.monotonic() - began
        assert page.status_code == 200
    finally:
        _run([".venv/bin/ebok", "clean"], environment)
    return [Measurement.cost("start", seconds, BAR_SECONDS, "s")]


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
