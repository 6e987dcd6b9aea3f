"""How events become rows of the read model: one module per publishing service."""
