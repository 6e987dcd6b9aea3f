"""How fast the office is, each time beside a bare reference measured in the same run: `make bench`."""
