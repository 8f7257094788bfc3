"""A small frame -> a Plotly figure, as plain dicts.

In: what was counted of a selection. Out: the map, the year strip and the `CHARTS`.

Plain dicts because a `go.Figure` costs sixty times as long to make and carries a template with every answer.
"""

from dashboard.figures.charts import CHARTS, Chart, year_strip
from dashboard.figures.detail import Box, choose, frame_of
from dashboard.figures.journey import journey
from dashboard.figures.map import atlas

__all__ = ["CHARTS", "Box", "Chart", "atlas", "choose", "frame_of", "journey", "year_strip"]
