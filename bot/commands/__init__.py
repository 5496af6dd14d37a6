"""What people can ask; a file per command, named as it is typed."""
