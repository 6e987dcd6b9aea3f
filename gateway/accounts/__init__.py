"""Logging in and out, and passwords, at both doors."""
