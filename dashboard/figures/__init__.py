"""A small frame -> a Plotly figure, as plain dicts.

`look` holds the colours, `detail` says what is drawn of much, `flows` adds up routes between countries, `atlas` draws
the map, `charts` the rest.

Plain dicts because a `go.Figure` costs sixty times as long to make and carries a template with every answer.
"""

from dashboard.figures.atlas import atlas
from dashboard.figures.charts import CHARTS, Chart, year_strip
from dashboard.figures.detail import Box, choose, frame_of

__all__ = ["CHARTS", "Box", "Chart", "atlas", "choose", "frame_of", "year_strip"]
