"""What another query would bring."""
