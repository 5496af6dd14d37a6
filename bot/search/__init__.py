"""Finds stored papers: by a query, or by how fast they gain votes."""
