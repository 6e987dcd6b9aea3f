"""Which of a party's credits are effective after a day is found without reading all credits."""

from services.chassis.storage.migrations import create_index_concurrently

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the index."""
    create_index_concurrently("credit_of_party", "credit", ["party_id", "effective_on"])
