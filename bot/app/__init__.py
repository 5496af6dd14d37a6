"""Everything put together: the only room that knows adapters and storage."""
