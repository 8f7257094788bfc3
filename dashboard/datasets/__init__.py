"""Which trips an address speaks of: those shipped, or a reader's upload, each opened once and kept.

In: a query string. Out: the `Travel` it speaks of, its reading and its counts.
"""
