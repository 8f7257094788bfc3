"""Optional: trips that outgrow one machine, on Dask: the same pandas functions on each part, whose counts add up.

In: a data folder in parts. Out: a `Travel` whose rows lie on the workers of a cluster. Only one line knows of this
package: `CLUSTER` in `dashboard/datasets/opening.py`.
"""
