"""Stored papers, looked up."""
