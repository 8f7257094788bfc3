"""Statements of an article, each a measure over the same selection as the page, as known then and as of today.

In: `Travel` with its tables of statements. Out: for each statement a verdict, the value found, and the rows behind it.
"""
