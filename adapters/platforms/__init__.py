"""Where papers are posted, and people are heard; the same file names in each."""
