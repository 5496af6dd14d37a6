"""Paperwire's core: what a paper, a subscription and a delivery are, and how one leads to the next."""

__version__ = "0.1.0"
