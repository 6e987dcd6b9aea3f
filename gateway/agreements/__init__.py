"""Parties and their agreements."""
