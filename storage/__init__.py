"""Papers, subscriptions, channels and the outbox in one SQLite file."""
