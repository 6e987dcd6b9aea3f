"""What pages read, one module a subject; a page is one or two of these."""
