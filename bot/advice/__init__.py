"""What a query would have brought, and what another one would bring."""
