"""The benchmark: how many subscriptions Paperwire bears, beside what else a user could reach for."""
