"""What the local stack and its tests take from Debian: installed by apt when the caller is root, named otherwise.

`python -m deploy.local.packages rabbitmq-server chromium` installs what of these is missing.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.local import broker
from deploy.local.errors import LocalStackError

# Debian asks this program before it starts the service of a package; 101 means no.
_POLICY = Path("/usr/sbin/policy-rc.d")
_POLICY_TEXT = "#!/bin/sh\nexit 101\n"
_SERVICES = ("rabbitmq-server.service", "epmd.service", "epmd.socket")


def has_rabbitmq() -> bool:
    """Whether the programs of Debian's `rabbitmq-server` are there."""
    return (broker.PROGRAMS / "rabbitmq-server").exists() and shutil.which("epmd") is not None


def is_missing(package: str) -> bool:
    """Whether the program that we need of a Debian package is not there."""
    return not has_rabbitmq() if package == "rabbitmq-server" else shutil.which(package) is None


def ensure(*packages: str) -> None:
    """Install those of the packages whose programs are missing.

    Debian's own broker service is neither started nor left to start at the next boot: we run a private node.
    Raises LocalStackError, in one line, when something is missing and cannot be installed.
    """
    missing = [package for package in packages if is_missing(package)]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        instead = ", or set EBOK_AMQP_URL to a broker that is already there" if "rabbitmq-server" in missing else ""
        raise LocalStackError(f"Missing: run `sudo apt-get install {' '.join(missing)}`{instead}.")
    with _services_held():
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *missing)
    if "rabbitmq-server" in missing and shutil.which("systemctl"):
        subprocess.run(["systemctl", "disable", *_SERVICES], check=False, capture_output=True)


def _apt(*arguments: str) -> None:
    done = subprocess.run(
        ["apt-get", "-q", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise LocalStackError(f"apt-get {arguments[0]} failed: {lines[-1]}")


@contextlib.contextmanager
def _services_held() -> Iterator[None]:
    """Keep Debian from starting services, unless the machine has a policy of its own."""
    try:
        handle = os.open(_POLICY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
    except FileExistsError:
        yield
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_POLICY_TEXT)
        _POLICY.chmod(0o755)
        yield
    finally:
        _POLICY.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        ensure(*sys.argv[1:])
    except LocalStackError as error:
        sys.exit(str(error))
