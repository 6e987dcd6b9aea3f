"""The unprivileged account that owns and runs everything of the local stack.

Called by root, that is the system user `ebok`, whose home of mode 700 holds all state. Called by anybody else, it is
the caller, and the state lies in `var/local` of the project. `EBOK_LOCAL_HOME` names another folder, for a second stack
beside the first. Nothing outside the home is created or changed.
"""

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import LocalStackError

SYSTEM_USER = "ebok"
SYSTEM_HOME = Path("/var/lib/ebok-local")
HOME_VARIABLE = "EBOK_LOCAL_HOME"
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Account:
    """Who runs the parts, and the folder (mode 700) that is theirs."""

    name: str
    uid: int
    gid: int
    home: Path

    @property
    def is_caller(self) -> bool:
        """Whether the calling process already is this account, so that no change of user is needed."""
        return os.geteuid() == self.uid

    def command(self, argv: Sequence[str | os.PathLike[str]]) -> list[str]:
        """The command line that runs `argv` as this account, with no group and no privilege of the caller."""
        plain = [os.fspath(part) for part in argv]
        if self.is_caller:
            return plain
        return ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs", *plain]

    def can_run(self, argv: Sequence[str | os.PathLike[str]], environment: Mapping[str, str]) -> bool:
        """Whether the account itself may run the program and it ends well."""
        # Through a shell: setpriv still holds root's right to enter any folder when it starts the program.
        through_shell = ["/bin/sh", "-c", 'exec "$@"', "sh", *argv]
        try:
            done = subprocess.run(
                self.command(through_shell), env=dict(environment), cwd="/", capture_output=True, check=False
            )
        except OSError:
            return False
        return done.returncode == 0

    def folder(self, path: Path) -> Path:
        """Make `path` and its missing parents below the home, each of mode 700 and owned by the account."""
        if not path.is_relative_to(self.home):
            raise ValueError(f"{path} is outside {self.home}")
        for step in (*reversed(path.parents), path):
            if step.is_relative_to(self.home) and not step.exists():
                step.mkdir(mode=0o700, exist_ok=True)  # another command may have just made it
                self._own(step)
        return path

    def write(self, path: Path, text: str, mode: int = 0o600) -> None:
        """Replace the file at once (readers see the old text or the new one), owned by the account.

        Raises OSError, with nothing changed and nothing left beside it, on a full disk.
        """
        # O_EXCL: a link that somebody left under the name is never followed.
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            self._own(beside)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def open_log(self, path: Path) -> int:
        """A file descriptor that appends to the log `path`, owned by the account."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        if not self.is_caller:
            os.fchown(handle, self.uid, self.gid)
        return handle

    def _own(self, path: Path) -> None:
        if not self.is_caller:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def existing() -> Account | None:
    """The account as it is now, or None where root has not made the system user yet."""
    told = os.environ.get(HOME_VARIABLE)
    named = Path(told).resolve() if told else None
    if os.geteuid() != 0:
        name = _name_of(os.geteuid())
        home = SYSTEM_HOME if name == SYSTEM_USER else PROJECT / "var" / "local"
        return Account(name, os.geteuid(), os.getegid(), named or home)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, named or SYSTEM_HOME)


def ensure() -> Account:
    """The account, made if missing: as root the system user without login, and the home folder in any case.

    Raises LocalStackError when a user `ebok` is there that somebody else made for another purpose.
    """
    account = existing()
    if account is None:
        _add_system_user()
        account = existing()
    if account is None:
        raise LocalStackError(f"The system user {SYSTEM_USER} was made but is not found.")
    if os.geteuid() == 0 and pwd.getpwuid(account.uid).pw_dir != str(SYSTEM_HOME):
        raise LocalStackError(
            f"The user {SYSTEM_USER} of this machine has another home than {SYSTEM_HOME}, so it is not ours: "
            "run as an ordinary user instead of root."
        )
    if not account.home.exists():
        account.home.parent.mkdir(parents=True, exist_ok=True)
        account.home.mkdir(mode=0o700, exist_ok=True)
        account._own(account.home)  # noqa: SLF001
    return account


def remove() -> None:
    """Take away what `ensure` made, if nothing of anybody else is left in it."""
    account = existing()
    if account is None or not account.home.exists():
        return
    if any(account.home.iterdir()):
        return
    account.home.rmdir()
    if os.geteuid() == 0 and account.home == SYSTEM_HOME and shutil.which("userdel"):
        # Fails while a process of the user lives; then the user stays and the next clean removes it.
        subprocess.run(["userdel", SYSTEM_USER], check=False, capture_output=True)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # A container may run under a number that has no name.
        return str(uid)


def _add_system_user() -> None:
    done = subprocess.run(
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_HOME),
         "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode and existing() is None:  # else another command made it at the same moment
        raise LocalStackError(f"The system user {SYSTEM_USER} could not be made: {done.stderr.strip()}")
