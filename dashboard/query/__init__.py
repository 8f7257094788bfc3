"""The address, and what it chooses and counts.

In: `Travel` and a query string. Out: a `Selection`, the trips it keeps, small frames of counts, rows of the table.
"""
