"""Leader Travel: where leaders go, how, and whom they meet.

The steps, in reading order:

- `schema`      the tables of a data folder, every column said once
- `texts`       columns of text as numbers
- `parquet`     one table as Parquet, in one file or in parts
- `about`       what a data folder says of itself: licences, sources, the choices that were packed
- `reading`     a folder of CSV or Parquet -> frames of text under their line numbers
- `dictionary`  `schema` -> the data dictionary and the description of the data package
- `dates`       EDTF texts -> their earliest and latest day
- `places`      names -> ids, countries and coordinates, from places.csv alone
- `distances`   lengths of geodesics as whole columns
- `corridors`   railways and roads: towns joined end to end
- `cells`       the faults of one table
- `checks`      every fault of a folder at once
- `codes`       the columns that are counted, as plain numbers
- `great_circles` points along the lines that a map draws
- `routes`      stops -> legs: mode, line, distance, certainty
- `ground`      where places, homes and lines lie, for the map
- `travel`      all trips, wherever their rows lie, and what each part of them is asked
- `trips`       a folder -> `Travel`, the checked and joined whole in memory
- `stored`      a part of a data folder, its rows read where they are asked for
- `spread`      all trips as the workers of a Dask cluster hold them
- `cluster`     a folder -> the same trips on a cluster, an optional extra
- `engines`     a folder -> its trips in memory, or on a cluster where they would not fit
- `filters`     `FILTERS`: all that trips can be narrowed by
- `selection`   the reader's choices <-> the address; `select`
- `tallies`     all counts of a selection in one pass; those of two parts add up
- `summaries`   the counts as the frames that views ask for
- `pages`       which trips stand on a page of the table
- `words`       a selection in sentences: key figures, answers, distances
- `rows`        the rows of the table and of the downloads
- `markup`      templates -> HTML
- `cards`       what the page says of single trips
- `store`       uploaded tables on disk, each with the time at which it goes
- `shelf`       which trips an address speaks of: those shipped, or an upload's
- `inert`       texts that no spreadsheet runs
- `downloads`   `FORMATS`: a selection -> the bytes of a file
- `figures`     a small frame -> a Plotly figure
- `payloads`    what a browser may ask
- `trip_list`   the trips as a list, each opening to its itinerary
- `table`       one page of the table
- `imprint`     whose trips are shown, and what the foot says of them
- `ledger`      where the places of a selection come from, as a page: asked, offered, chosen
- `layout`      the page as it stands before anything is counted
- `menus`       the menus behind the words of the heading
- `views`       `VIEWS`: what fills each part of the page
- `callbacks`   the wiring between address, choices and views
- `web`         headers, compression, caching

Beside the steps, for the command line and for uploads:

- `placements`  what looking a place up can come to
- `lookup`      names -> coordinates through any chain of geocoders
- `gazetteer`   the world's towns, offline
- `nominatim`   OpenStreetMap's geocoder, the only module that asks the network
- `geocoding`   fills in the coordinates of a data folder
- `importers`   one file per outside format
- `parting`     a large data folder -> the same in parts, as a cluster reads them
- `uploads`     a reader's own table -> trips on the page
"""

__version__ = "0.1.0"
