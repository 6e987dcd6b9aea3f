"""Correspondence: what the utility writes to its customers."""
