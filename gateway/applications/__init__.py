"""Applications for an account: the form, and the clerks who decide."""
