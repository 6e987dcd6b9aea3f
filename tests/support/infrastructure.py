"""The broker and the database server of a test run.

By address from the environment (`EBOK_TEST_AMQP_URL`, `EBOK_TEST_DATABASE_URL`: a user who may create databases and
roles), else in containers where Docker runs and has the image, else a private node and an embedded PostgreSQL. Each
is started by the worker that first asks for it, shared by all, and ended with the run.
"""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from deploy.local.broker import Node
from deploy.local.ports import free_port
from deploy.local.postgres import Cluster
from tests.support import containers
from tests.support.brokers import AddressedBroker, Broker, ControlledBroker
from tests.support.databases import DatabaseServer
from tests.support.runs import Run

BROKER_ADDRESS = "EBOK_TEST_AMQP_URL"
DATABASE_ADDRESS = "EBOK_TEST_DATABASE_URL"

DATABASE_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "400"}
"""A test's data need not survive the machine's power failure; they do survive a kill of the server."""


class Servers:
    """Both servers of a run, made lazily; a context manager that ends the run.

    `own` servers are ours alone whatever the environment says: a test may stop them.
    """

    def __init__(
        self, run: Run | None = None, database_settings: Mapping[str, str] = DATABASE_SETTINGS, *, own: bool = False
    ) -> None:
        self.run = run or Run.begin()
        self._database_settings = database_settings
        self._own = own

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database_address and self.run.has_begun:
            self.database.clear()
        self.run.end()

    @cached_property
    def broker(self) -> Broker:
        """The broker; in it, this worker's virtual hosts are its own."""
        address = None if self._own else os.environ.get(BROKER_ADDRESS)
        if address:
            return AddressedBroker(address)
        container = None if self._own else containers.broker(self.run.once)
        return container or ControlledBroker(self.node.import_definitions, self.node.url)

    @cached_property
    def database(self) -> DatabaseServer:
        """The database server; in it, this worker's databases are its own."""
        address = self._database_address
        if address is None and not self._own:
            address = containers.database_url(self.run.once)
        return DatabaseServer(address or self.cluster.admin_url, self.run)

    @cached_property
    def node(self) -> Node:
        """A broker node of our own, running."""
        return Node(account=self.run.account, **_at(self.run.once("node", self._start_node)))

    @cached_property
    def cluster(self) -> Cluster:
        """A database cluster of our own, running."""
        there = _at(self.run.once("cluster", self._start_cluster))
        return Cluster(account=self.run.account, settings=self._database_settings, **there)

    def folder(self, name: str) -> Path:
        """A new folder of this run that the account of the servers may enter."""
        return self.run.folder(name)

    @property
    def _database_address(self) -> str | None:
        return None if self._own else os.environ.get(DATABASE_ADDRESS)

    def _start_node(self) -> dict[str, Any]:
        distribution, mapper = free_port(), free_port()
        ports = {
            "port": free_port(taken=frozenset({distribution, mapper})),
            "distribution_port": distribution,
            "mapper_port": mapper,
        }
        folder = self.folder("rabbitmq")
        Node(folder, **ports, account=self.run.account).start()
        return {"folder": str(folder), **ports}

    def _start_cluster(self) -> dict[str, Any]:
        folder, port = self.folder("postgres"), free_port()
        Cluster(folder, port, self.run.account, self._database_settings).start()
        return {"folder": str(folder), "port": port}


def _at(note: dict[str, Any]) -> dict[str, Any]:
    return {**note, "folder": Path(note["folder"])}
