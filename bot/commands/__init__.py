"""What people can ask; a file for each command, named after it."""
