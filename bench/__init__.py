"""The benchmark: how many subscriptions Paperwire can take, beside its alternatives."""
