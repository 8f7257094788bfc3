"""The COLT data set of leaders' travel: one module for each thing that its sheet leaves to be made sense of."""
