"""What only a database in one file needs: copies, inspection, the lock of the service."""
