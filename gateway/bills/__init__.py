"""Bills and payments."""
