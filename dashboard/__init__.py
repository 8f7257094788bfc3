"""Leader Travel: where leaders go, how, and whom they meet. The steps, in reading order:

- `schema`      the tables of a data folder, every column said once
- `reading`     a folder of CSV or Parquet -> frames of text under their line numbers
- `dates`       EDTF texts -> their earliest and latest day
- `places`      names -> ids, countries and coordinates, from places.csv alone
- `corridors`   railways and roads: towns joined end to end
- `cells`       the faults of one table
- `checks`      every fault of a folder at once
- `routes`      stops -> legs: mode, line, distance, certainty
- `trips`       a folder -> `Travel`, the checked and joined whole
- `selection`   `FILTERS`: the reader's choices <-> the address; `select`
- `summaries`   the pandas aggregates, one pass for all views
- `rows`        the rows of the table and of the downloads
- `downloads`   `FORMATS`: a selection -> the bytes of a file
- `figures`     a small frame -> a Plotly figure
- `words`       a selection in sentences: heading, key figures, itinerary
- `layout`      the page's components
- `callbacks`   the wiring between them
- `geocoding`   names -> coordinates, on the command line only
"""

__version__ = "0.1.0"
