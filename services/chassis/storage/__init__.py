"""What a service keeps: its database, the transactions on it, migrations, and the object store."""
