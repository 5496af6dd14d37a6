"""Which papers a query finds, and why."""
