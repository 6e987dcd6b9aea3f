"""How the account runs our own code: with this interpreter where it may, else with a copy in its home.

The interpreter and the checkout often lie below root's home, which nobody else may enter. Then the packages and the
source are mirrored into the account's home and run with Debian's Python of the same version.
"""

import hashlib
import importlib.metadata
import os
import re
import secrets
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from deploy.local.account import HOME_VARIABLE, PROJECT, Account

_SYSTEM_PYTHON = Path("/usr/bin/python3")
_SOURCE_FOLDERS = ("contracts", "services", "gateway", "deploy")
_PROBE = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ('deploy.cli', 'asyncpg', 'mail_devel'))))"


@dataclass(frozen=True)
class Interpreter:
    """A Python that `account` can run with all our code, and the folders it finds the code in."""

    python: Path
    account: Account
    path: tuple[Path, ...] = ()
    note: str = ""

    def module(self, name: str, *arguments: str) -> list[str]:
        """The command line of a module run as a program."""
        return [str(self.python), "-m", name, *arguments]

    def ebok(self, *arguments: str) -> list[str]:
        """The command line of `ebok …`."""
        return self.module("deploy.cli", *arguments)

    def environment(self) -> dict[str, str]:
        """The environment every Python process of the stack starts from; nothing of the caller's leaks into it."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.account.home),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
        }
        if HOME_VARIABLE in os.environ:
            environment[HOME_VARIABLE] = os.environ[HOME_VARIABLE]
        if self.path:
            environment["PYTHONPATH"] = os.pathsep.join(map(str, self.path))
        return environment


def current(account: Account) -> Interpreter:
    """The interpreter that runs this process, with the folders it was told to find code in."""
    told = os.environ.get("PYTHONPATH", "")
    return Interpreter(Path(sys.executable), account, tuple(Path(part) for part in told.split(os.pathsep) if part))


def for_account(account: Account) -> Interpreter:
    """The interpreter for `account`; the mirror, if one is needed, is brought up to date."""
    here = current(account)
    if account.is_caller or _works(here):
        return here
    mirror = account.home / "app"
    mirrored = Interpreter(_SYSTEM_PYTHON, account, (mirror / "source", mirror / "packages"))
    if _version(_SYSTEM_PYTHON) == sys.version_info[:2]:
        account.folder(mirror)
        _mirror_packages(account, mirror / "packages")
        _mirror_source(account, mirror / "source")
        if _works(mirrored):
            return mirrored
    caller = Account("root", os.geteuid(), os.getegid(), account.home)
    note = f"The user {account.name} cannot run this Python, so our services run as root; broker and database do not."
    return replace(here, account=caller, note=note)


def _works(interpreter: Interpreter) -> bool:
    return interpreter.account.can_run([interpreter.python, "-c", _PROBE], interpreter.environment())


def _version(python: Path) -> tuple[int, int] | None:
    try:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = said.split()
    return int(major), int(minor)


def _mirror_packages(account: Account, folder: Path) -> None:
    """The installed packages that the local stack's lock file names; made anew when that file changes."""
    lock = (PROJECT / "requirements-local.txt").read_bytes()
    made_from = hashlib.sha256(lock + sys.prefix.encode()).hexdigest()
    stamp = folder / ".made-from"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return
    unfinished = folder.with_name(f"packages.{secrets.token_hex(4)}")
    names = re.findall(rb"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    for name in sorted({*(name.decode() for name in names), "otwarty-ebok"}):
        for origin, relative in _files_of(name):
            target = unfinished / relative
            account.folder(target.parent)
            _link_or_copy(origin, target)
    account.write(unfinished / ".made-from", made_from)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def _files_of(distribution: str) -> Iterator[tuple[Path, Path]]:
    try:
        found = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        return  # Not for this platform, or not installed: whoever needs it says so.
    for file in found.files or ():
        # Programs (`../../../bin/…`) name the other interpreter, and `.pth` files point back at the checkout.
        if ".." not in file.parts and file.suffix != ".pth":
            origin = Path(str(file.locate()))
            if origin.is_file():
                yield origin, Path(*file.parts)


def _mirror_source(account: Account, folder: Path) -> None:
    """Our own code and data as they are now; what was deleted in the checkout goes too."""
    account.folder(folder)
    wanted: set[Path] = set()
    for name in _SOURCE_FOLDERS:
        for parent, folders, files in os.walk(PROJECT / name):
            folders[:] = [f for f in folders if f != "__pycache__"]
            relative = Path(parent).relative_to(PROJECT)
            account.folder(folder / relative)
            for file in files:
                wanted.add(relative / file)
                _copy_if_changed(Path(parent) / file, folder / relative / file)
    for parent, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if f != "__pycache__"]
        for file in files:
            if Path(parent).relative_to(folder) / file not in wanted:
                (Path(parent) / file).unlink()


def _link_or_copy(origin: Path, target: Path) -> None:
    """A second name for the file where all may read it (no copying, no permission touched), else a readable copy."""
    if origin.stat().st_mode & stat.S_IROTH:
        try:
            os.link(origin, target)
        except OSError:
            pass  # Another file system.
        else:
            return
    shutil.copy2(origin, target)
    target.chmod(0o644)


def _copy_if_changed(origin: Path, target: Path) -> None:
    new = origin.stat()
    try:
        old = target.lstat()
    except FileNotFoundError:
        pass
    else:
        if stat.S_ISREG(old.st_mode) and (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns):
            return
        target.unlink()
    shutil.copy2(origin, target)
    target.chmod(0o644)
