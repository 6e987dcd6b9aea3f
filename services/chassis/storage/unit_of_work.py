"""One message or request is one transaction: what a handler may touch while it runs."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from contracts.message import Event, Value
from services.chassis.clock import local_date
from services.chassis.ids import new_id
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings


class UnitOfWork:
    """A transaction with what belongs to it. The chassis commits it at the edge, together with what was emitted.

    `connection` is inside the transaction (never commit or roll back here); `now` is UTC, the same for the whole work.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        source: str,
        settings: Settings,
        profile: Profile,
        now: datetime,
        correlation_id: str,
        causation_id: str = "",
    ) -> None:
        self.connection = connection
        self.settings = settings
        self.profile = profile
        self.now = now
        self.correlation_id = correlation_id
        self.emitted: list[Envelope] = []
        self.answered: Value | None = None
        self._source = source
        self._causation_id = causation_id

    @property
    def today(self) -> date:
        """The local date (Europe/Warsaw) of `now`."""
        return local_date(self.now)

    def answer(self, found: Value) -> None:
        """Tell `found`, an object of the request's `answer`, to whoever asked, and to nobody else."""
        self.answered = found

    def emit(self, event: Event) -> None:
        """Publish `event` once this transaction is committed (through the outbox)."""
        self.emitted.append(
            Envelope.of(
                event,
                id=new_id(),
                source=self._source,
                time=self.now,
                correlation_id=self.correlation_id,
                causation_id=self._causation_id,
            )
        )
