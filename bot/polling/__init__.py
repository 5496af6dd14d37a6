"""From a source into the store."""
