"""Subscriptions: made, changed, imported, moved."""
