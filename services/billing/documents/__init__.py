"""Documents: how an invoice looks on paper."""
