"""Deliveries: enqueued, claimed, settled, and the messages that are followed."""
