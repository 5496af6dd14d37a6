"""What the core asks of the outside; adapters and storage implement it.

For every method here: arguments and results are domain objects; times are aware and in UTC; an error that is not named
under ``Raises`` is a defect.
"""
