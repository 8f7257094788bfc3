"""Optional: the same counts on a Dask cluster, part by part, for trips that outgrow one machine.

In: a data folder in parts. Out: the same summaries, pages and files as from one in memory.
"""
