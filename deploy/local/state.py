"""What the local stack remembers between starts: its ports, its secrets, and what it has done already.

One file of mode 600 in the account's home. Secrets are made once and never shown.
"""

import json
import re
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.local import ports
from deploy.local.account import Account
from deploy.local.errors import LocalStackError


@dataclass
class State:
    """Ports and secrets by name, and the servers of somebody else that are used instead of ours."""

    profile: str = "demo"
    ports: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    prepared: dict[str, str] = field(default_factory=dict)
    """By profile, the fingerprint of the code whose queues and migrations are in place."""
    loaded: list[str] = field(default_factory=list)
    """The profiles whose demo data are loaded."""
    logins: dict[str, dict[str, str]] = field(default_factory=dict)
    """By profile, the demo logins: who, and the identifier and password as one text."""
    amqp_url: str = ""
    database_url: str = ""

    @property
    def slug(self) -> str:
        """The profile's name as it stands in database, virtual host and folder names."""
        return re.sub(r"[^a-z0-9]+", "_", Path(self.profile).stem.lower()).strip("_") or "profile"

    def secret(self, name: str) -> str:
        """The secret of that name, made at the first call."""
        return self.secrets.setdefault(name, secrets.token_urlsafe(24))

    def keep_ports(self, names: list[str]) -> None:
        """Give each name a port of its own: last time's where that is still free."""
        for name in names:
            others = frozenset(port for other, port in self.ports.items() if other != name)
            self.ports[name] = ports.free_port(self.ports.get(name), others)


def path(account: Account) -> Path:
    """Where the state of this account's stack is kept."""
    return account.home / "stack" / "state.json"


def load(account: Account) -> State | None:
    """The remembered state, or None where no stack was ever started.

    Raises LocalStackError when the file cannot be read as a state.
    """
    try:
        text = path(account).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise LocalStackError(f"{error.filename} cannot be read: the stack was started by another user.") from error
    try:
        return State(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise LocalStackError(f"{path(account)} is damaged: run `ebok clean` and start anew. ({error})") from error


def save(account: Account, state: State) -> None:
    """Remember the state."""
    account.folder(path(account).parent)
    account.write(path(account), json.dumps(asdict(state), indent=1) + "\n")
