"""Billing on a real database."""
