"""Asking the running processes how they are, by the addresses that operators use."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping

# Never through a proxy of the caller's environment: everything asked here is on this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url: str, seconds: float = 3.0) -> tuple[int, str]:
    """The status and text behind the address; status 0 when nothing answers there."""
    try:
        with _opener.open(url, timeout=seconds) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")
    except (OSError, ValueError):
        return 0, ""


def problems(ops_url: str) -> Mapping[str, str]:
    """What keeps the service behind `ops_url` from being ready, by part; empty when it is ready."""
    status, text = fetch(f"{ops_url}/health/ready")
    if status == 200:
        return {}
    try:
        return dict(json.loads(text)["problems"])
    except (ValueError, KeyError, TypeError):
        return {"process": "does not answer"}


def samples(ops_url: str) -> dict[str, float]:
    """The service's plain gauges and counters (those without labels) by name; empty when it does not answer."""
    found = {}
    for line in fetch(f"{ops_url}/metrics")[1].splitlines():
        name, _, value = line.partition(" ")
        if name and not name.startswith("#") and "{" not in name:
            try:
                found[name] = float(value)
            except ValueError:
                continue
    return found
