"""Where Paperwire touches the outside: one platform or source a module."""
