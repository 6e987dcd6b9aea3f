"""Metering: meters and the readings that are taken of them."""
