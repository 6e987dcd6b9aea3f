"""What a credit reduced is found without reading all allocations."""

from services.chassis.storage.migrations import create_index_concurrently

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the index."""
    create_index_concurrently("allocation_credit_id", "allocation", ["credit_id"])
