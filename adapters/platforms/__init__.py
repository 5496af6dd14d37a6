"""Where papers are posted and people are answered; the same part has the same file name in each platform."""
