"""From a reading to an invoice: settled, dated, numbered, stored."""
