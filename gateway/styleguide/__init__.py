"""The living style guide, for developers."""
