"""A small frame -> a Plotly figure, as plain dicts.

In: what was counted of a selection. Out: the map, the year strip and the `CHARTS`, and of each its text twin.

Plain dicts because a `go.Figure` costs sixty times as long to make and carries a template with every answer.
"""

from dashboard.figures.charts import CHARTS, Chart, year_strip, years_twin
from dashboard.figures.film import film
from dashboard.figures.level_of_detail import WORLD, Box, Drawn, frame_of, middle_of, most_travelled
from dashboard.figures.map import draw_map, strokes
from dashboard.figures.open_trip import open_trip
from dashboard.figures.side_by_side import charts_of, maps_of
from dashboard.figures.twins import Twin, of_map

__all__ = [
    "CHARTS",
    "WORLD",
    "Box",
    "Chart",
    "Drawn",
    "Twin",
    "charts_of",
    "draw_map",
    "film",
    "frame_of",
    "maps_of",
    "middle_of",
    "most_travelled",
    "of_map",
    "open_trip",
    "strokes",
    "year_strip",
    "years_twin",
]
