"""A run of the tests: what its worker processes share, and what is cleared away at its end."""

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock

from deploy.local import account as accounts
from deploy.local.account import Account
from deploy.local.broker import Node
from deploy.local.postgres import Cluster
from deploy.local.processes import Identity
from tests.support import containers


@dataclass(frozen=True)
class Run:
    """One run, in one process or in several workers that were given the same name and owner.

    Its folder is made when somebody first needs a server. What a run leaves behind whose owner was killed is cleared
    away by the next run.
    """

    name: str
    owner: Identity
    """The process that ends the run."""

    @classmethod
    def begin(cls) -> "Run":
        """A new run of this process."""
        me = Identity.of(os.getpid())
        assert me is not None
        return cls(secrets.token_hex(4), me)

    def once(self, what: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What `make` returned to the first worker that asked for `what`; the others wait for it meanwhile."""
        with FileLock(self._home / f"{what}.lock"):
            note = self._home / f"{what}.json"
            if not note.exists():
                self.account.write(note, json.dumps(make()))
            return dict(json.loads(note.read_text()))

    @property
    def has_begun(self) -> bool:
        """Whether some worker has needed a server."""
        account = accounts.existing()
        return account is not None and (_runs(account) / self.name).exists()

    def folder(self, name: str) -> Path:
        """A new folder of this run that the account of the servers may enter."""
        return self.account.folder(self._home / f"{name}-{secrets.token_hex(3)}")

    def end(self) -> None:
        """Stop what the workers started, and delete their folders."""
        if self.has_begun:
            _clear(self._home, self.account)

    @cached_property
    def account(self) -> Account:
        """Who runs the servers."""
        return accounts.ensure()

    @cached_property
    def _home(self) -> Path:
        runs = self.account.folder(_runs(self.account))
        with FileLock(runs / "sweep.lock"):
            home = self.account.folder(runs / self.name)
            self.account.write(home / "owner.json", json.dumps(asdict(self.owner)))
            for other in runs.glob("*/owner.json"):
                if not Identity(**json.loads(other.read_text())).is_running():
                    _clear(other.parent, self.account)
        return home


def _runs(account: Account) -> Path:
    return account.home / "test-runs"


def _clear(home: Path, account: Account) -> None:
    for node in home.glob("rabbitmq-*"):
        Node(node, 0, 0, 0, account).stop()
    for cluster in home.glob("postgres-*"):
        Cluster(cluster, 0, account).stop()
    for note in home.glob("container-*.json"):
        containers.remove(json.loads(note.read_text())["id"])
    shutil.rmtree(home, ignore_errors=True)
