"""The schema that the tables of every room belong to; each room's own stand in its `tables.py`."""

from sqlalchemy import MetaData, Numeric

metadata = MetaData()

MONEY = Numeric(14, 2)
"""PLN to the grosz."""
