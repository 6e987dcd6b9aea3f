"""What every service stands on: settings, profile, database, outbox and inbox, broker, runtime."""
