"""Where a party's mail goes: to the address of its account."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from contracts.identity import AccountOpened
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence.tables import contact


@dataclass(frozen=True)
class Contact:
    """A person or firm, an e-mail address, and what they read, where they said so."""

    name: str
    email: str
    language: str | None = None


async def note(event: AccountOpened, work: UnitOfWork) -> None:
    """Note where the party's mail goes; an older version than the one known is ignored."""
    row = event.model_dump(include={"party_id", "name", "email", "language", "version"})
    statement = insert(contact).values(row)
    await work.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[contact.c.party_id],
            set_={name: statement.excluded[name] for name in row if name != "party_id"},
            where=contact.c.version < statement.excluded.version,
        )
    )


async def of_party(work: UnitOfWork, party_id: UUID) -> Contact | None:
    """The party's contact, or None when it has no account and so gets no mail."""
    columns = (contact.c.name, contact.c.email, contact.c.language)
    found = await work.connection.execute(select(*columns).where(contact.c.party_id == party_id))
    row = found.first()
    return Contact(row.name, row.email, row.language) if row else None
