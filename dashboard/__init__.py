"""Leader Travel: where leaders go, how, and whom they meet. geopy places, pandas counts, Dash draws.

docs/architecture.md says what each package takes in and gives out, in the order in which they import each other.
"""

__version__ = "0.1.0"
