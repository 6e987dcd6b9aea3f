"""Files that `ebok import` loads."""
