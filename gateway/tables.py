"""What the tables of all rooms share: the metadata that holds them, and columns that many have."""

from sqlalchemy import Column, DateTime, Integer, MetaData, Numeric

metadata = MetaData()
"""All tables of the gateway, whichever subject they belong to."""

money = Numeric(14, 2)
"""PLN."""

quantity = Numeric(14, 3)
"""In the unit of its meter."""

moment = DateTime(timezone=True)
"""UTC."""


def version() -> Column[int]:
    """The newest version that was projected into the row; an older event changes nothing."""
    return Column("version", Integer, nullable=False)
