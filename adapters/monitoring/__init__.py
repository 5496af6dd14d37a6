"""How the service is watched: health, metrics, a heartbeat; and the clock of others."""
