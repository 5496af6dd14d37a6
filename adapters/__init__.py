"""What Paperwire touches outside: a folder for each source and platform, monitoring, and the preview."""
