"""What only SQLite has: opening and locking the file, its errors, its full text, its migrations."""
