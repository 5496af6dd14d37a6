"""Tools for those who work on Paperwire."""
