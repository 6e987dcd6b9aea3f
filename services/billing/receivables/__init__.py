"""Who owes what: the ledger, what is paid, and late-payment interest."""
