"""What a reader sees: the layout, the callbacks, and one file for each visible part.

In: what was counted of a selection. Out: the components and texts of the page.
"""
