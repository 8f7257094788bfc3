"""Names of places -> coordinates, through geopy's interface.

In: names with their countries. Out: what each look-up came to, and `places.csv` filled in. Only `nominatim` and
`fill_places` may open a connection.
"""
