"""The one-command stack: a private broker, a private database, a mail inbox and our services on one machine."""
