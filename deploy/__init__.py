"""How the office is put together and run: the command `ebok`, the local stack, profiles, demo data."""
