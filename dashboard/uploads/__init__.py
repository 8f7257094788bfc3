"""A reader's own table -> trips on the page: dropped or pasted, its columns and places chosen, then shown.

In: what a browser sends. Out: a data folder of the reader's own, kept apart and for a time. What a stranger sends is
opened in a process of its own, with little memory and little time; the server itself reads only what that has written.
"""
