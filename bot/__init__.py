"""Paperwire's core: from a paper to a message, and from a command to a reply."""

__version__ = "0.1.0"

USER_AGENT = f"paperwire/{__version__} (self-hosted paper bot)"
"""How we introduce ourselves to servers."""

SERVER = "Paperwire"
"""How the service calls itself over HTTP, by which the command line knows it."""
