"""Outside formats -> data folders: one entry for each format, all giving the same checked tables.

In: a file or folder as its owner has it. Out: the tables of a data folder, and an account of every row.
"""
