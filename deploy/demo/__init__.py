"""The demo utility's data, and what made them."""
