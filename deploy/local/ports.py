"""Free ports of the loopback address, the same at the next start when they are still free.

`EBOK_LOCAL_PORTS` names another range to take them from (`20000-26000`): of two processes that look for a free port at
the same moment, both may find the same one.
"""

import os
import secrets
import socket

from deploy.local.errors import LocalStackError

RANGE_VARIABLE = "EBOK_LOCAL_PORTS"
DEFAULT_RANGE = (20_000, 32_000)
"""Below the range from which Linux takes the ports of outgoing connections, so that no such connection can occupy a
remembered port between two starts."""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(remembered: int | None = None, taken: frozenset[int] = frozenset()) -> int:
    """The remembered port if it is free, else any free one of the range that is not in `taken`."""
    if remembered is not None and remembered not in taken and is_free(remembered):
        return remembered
    lowest, highest = _range()
    for _ in range(1000):
        port = lowest + secrets.randbelow(highest - lowest)
        if port not in taken and is_free(port):
            return port
    raise LocalStackError(f"No free port between {lowest} and {highest} on 127.0.0.1.")


def wanted_port(port: int, option: str) -> int:
    """The port that the person asked for by `option`.

    Raises LocalStackError naming the port and the option when another program listens there.
    """
    if not is_free(port):
        raise LocalStackError(f"Port {port} is taken by another program: choose another one with {option} PORT.")
    return port


def _range() -> tuple[int, int]:
    told = os.environ.get(RANGE_VARIABLE)
    if not told:
        return DEFAULT_RANGE
    try:
        lowest, highest = (int(end) for end in told.split("-"))
    except ValueError:
        lowest, highest = 0, 0
    if not 1024 <= lowest < highest <= 65_536:
        raise LocalStackError(f"{RANGE_VARIABLE} must name a range such as 20000-32000, not {told!r}.")
    return lowest, highest
