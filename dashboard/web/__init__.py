"""The page on the wire.

In: the app with all its callbacks. Out: the same with headers, compression, caching, limits, and 404 for what is not
there.
"""
