"""The broker and the database server of a test run.

By address from the environment (`EBOK_TEST_AMQP_URL`, `EBOK_TEST_DATABASE_URL`: a user who may create databases and
roles), else in containers where Docker runs and has the image, else a private node and an embedded PostgreSQL. Each
is started when a test first asks for it, and ended with the run.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Self

from deploy.local import account as accounts
from deploy.local.account import Account
from deploy.local.broker import Node
from deploy.local.ports import free_port
from deploy.local.postgres import Cluster
from deploy.local.processes import Identity
from tests.support import containers
from tests.support.brokers import AddressedBroker, Broker, ControlledBroker
from tests.support.databases import DatabaseServer

DATABASE_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "400"}
"""A test's data need not survive the machine's power failure; they do survive a kill of the server."""


class Servers:
    """Both servers, made lazily; a context manager that ends what it started.

    `own` servers are ours alone whatever the environment says: a test may stop them.
    """

    def __init__(self, database_settings: Mapping[str, str] = DATABASE_SETTINGS, *, own: bool = False) -> None:
        self._database_settings = database_settings
        self._own = own
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    @cached_property
    def broker(self) -> Broker:
        """The broker."""
        address = os.environ.get("EBOK_TEST_AMQP_URL")
        if address and not self._own:
            return AddressedBroker(address)
        container = None if self._own else containers.broker(self._ends)
        return container or ControlledBroker(self.node.import_definitions, self.node.url)

    @cached_property
    def database(self) -> DatabaseServer:
        """The database server."""
        address = None
        if not self._own:
            address = os.environ.get("EBOK_TEST_DATABASE_URL") or containers.database_url(self._ends)
        server = DatabaseServer(address or self.cluster.admin_url)
        self._ends.callback(server.clear)
        return server

    @cached_property
    def node(self) -> Node:
        """A broker node of our own, running."""
        distribution, mapper = free_port(), free_port()
        taken = frozenset({distribution, mapper})
        node = Node(self.folder("rabbitmq"), free_port(taken=taken), distribution, mapper, self._account)
        self._ends.callback(node.stop)
        node.start()
        return node

    @cached_property
    def cluster(self) -> Cluster:
        """A database cluster of our own, running."""
        cluster = Cluster(self.folder("postgres"), free_port(), self._account, self._database_settings)
        self._ends.callback(cluster.stop)
        cluster.start()
        return cluster

    def folder(self, name: str) -> Path:
        """A new folder of this run that the account of the servers may enter."""
        return self._account.folder(self._run / f"{name}-{secrets.token_hex(3)}")

    @cached_property
    def _account(self) -> Account:
        return accounts.ensure()

    @cached_property
    def _run(self) -> Path:
        runs = self._account.folder(self._account.home / "test-runs")
        _sweep(runs, self._account)
        folder = self._account.folder(runs / secrets.token_hex(4))
        me = Identity.of(os.getpid())
        assert me is not None
        self._account.write(folder / "owner.json", json.dumps(asdict(me)))
        self._ends.callback(_remove, folder)
        return folder


def _sweep(runs: Path, account: Account) -> None:
    """Clear away after runs that were killed before they could do it themselves."""
    for folder in runs.iterdir():
        try:
            owner = Identity(**json.loads((folder / "owner.json").read_text()))
        except (OSError, ValueError, TypeError):
            continue  # another run is just making it
        if not owner.is_running():
            stops: list[Callable[[], None]] = []
            stops += [Node(part, 0, 0, 0, account).stop for part in folder.glob("rabbitmq-*")]
            stops += [Cluster(part, 0, account).stop for part in folder.glob("postgres-*")]
            for stop in stops:
                stop()
            _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
