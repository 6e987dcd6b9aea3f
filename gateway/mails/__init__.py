"""E-mails that were sent to customers."""
