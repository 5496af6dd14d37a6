"""Tools for people who work on Paperwire."""
