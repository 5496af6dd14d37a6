"""Monitoring: health, metrics, a heartbeat, and a check of the clock."""
