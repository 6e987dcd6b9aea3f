"""Fresh queues for each test or stack, on a broker that we control or on one that we only know by its address."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import aio_pika

from deploy.catalog import SERVICES
from services.chassis.messaging import topology
from services.chassis.messaging.topology import Part
from tests.support.threads import run


@dataclass(frozen=True)
class Addresses:
    """Where the parts of one stack find the broker. `admin` may do everything with the stack's queues."""

    admin: str
    parts: Mapping[str, str]
    least_rights: bool
    """Whether each part has a user of its own with the rights that it has in production."""


class Broker(Protocol):
    """Makes queues for tests."""

    @property
    def plain_address(self) -> str:
        """Where `plain` makes its queues."""

    def fresh(self, parts: Iterable[Part]) -> Addresses:
        """Empty queues of `parts`, each part with its own user and the least rights where that is possible."""

    def plain(self, parts: Iterable[Part]) -> str:
        """Empty queues of `parts`, quickly: one user for all, and those of an earlier call are gone."""


@dataclass
class ControlledBroker:
    """A broker whose users and virtual hosts we make."""

    import_definitions: Callable[[Mapping[str, Any]], None]
    url: Callable[[str, str, str], str]

    def fresh(self, parts: Iterable[Part]) -> Addresses:
        parts = list(parts)
        vhost = f"t{secrets.token_hex(4)}"
        passwords = {name: secrets.token_urlsafe(12) for name in (*(p.name for p in parts), "admin")}
        self.import_definitions(topology.definitions(vhost, parts, passwords, admin="admin"))
        urls = {name: self.url(vhost, f"{vhost}.{name}", password) for name, password in passwords.items()}
        return Addresses(urls.pop("admin"), urls, least_rights=True)

    def plain(self, parts: Iterable[Part]) -> str:
        return self._shared.plain(parts)

    @property
    def plain_address(self) -> str:
        return self._shared.address

    @cached_property
    def _shared(self) -> "AddressedBroker":
        return AddressedBroker(self.fresh([]).admin)


@dataclass
class AddressedBroker:
    """A broker known by one address: our queues are deleted and declared again for each use."""

    address: str
    _made: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def fresh(self, parts: Iterable[Part]) -> Addresses:
        parts = list(parts)
        self.plain(parts)
        return Addresses(self.address, {part.name: self.address for part in parts}, least_rights=False)

    @property
    def plain_address(self) -> str:
        return self.address

    def plain(self, parts: Iterable[Part]) -> str:
        parts = list(parts)
        run(self._declare_again(parts))
        return self.address

    async def _declare_again(self, parts: Sequence[Part]) -> None:
        left = [Part(s.name, consumes=("x",), answers=("x",)) for s in SERVICES] if not self._made else []
        gone = {queue.name for part in (*left, *parts) for queue in topology.queues(part)} | self._made
        named = {exchange.name for exchange in topology.exchanges([*left, *parts])} | self._named
        async with await aio_pika.connect(self.address) as connection, connection.channel() as channel:
            for name in sorted(gone):
                await channel.queue_delete(name)
            for name in sorted(named):
                await channel.exchange_delete(name)
        await topology.declare(self.address, parts)
        self._made = {queue.name for part in parts for queue in topology.queues(part)}
        self._named = {exchange.name for exchange in topology.exchanges(parts)}
