"""What all projections stand on: how a row of the read model is written, and how far it has come."""
