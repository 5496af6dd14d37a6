"""Text made plain, short and comparable. Knows nothing of papers."""
