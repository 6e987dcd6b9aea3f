"""Free ports of the loopback address, the same at the next start when they are still free."""

import secrets
import socket

from deploy.local.errors import LocalStackError

# Below the range from which Linux takes the ports of outgoing connections, so that no such connection can
# occupy a remembered port between two starts.
_LOWEST, _HIGHEST = 20_000, 32_000


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
    """The remembered port if it is free, else any free one that is not in `taken`."""
    if remembered is not None and remembered not in taken and is_free(remembered):
        return remembered
    for _ in range(1000):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        if port not in taken and is_free(port):
            return port
    raise LocalStackError(f"No free port between {_LOWEST} and {_HIGHEST} on 127.0.0.1.")


def wanted_port(port: int, option: str) -> int:
    """The port that the person asked for by `option`.

    Raises LocalStackError naming the port and the option when another program listens there.
    """
    if not is_free(port):
        raise LocalStackError(f"Port {port} is taken by another program: choose another one with {option} PORT.")
    return port
