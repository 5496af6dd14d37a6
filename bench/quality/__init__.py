"""How well subscriptions and searches find what people mean, measured on papers that were labelled by reading them."""
