"""Whom billing supplies: parties, their accounts, and their agreements."""
