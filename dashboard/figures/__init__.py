"""A small frame -> a Plotly figure, as plain dicts: `look` holds the colours, `atlas` the map, `charts` the rest.

Plain dicts because a `go.Figure` costs sixty times as long to make and carries a template with every answer.
"""

from dashboard.figures.atlas import atlas, frame_of
from dashboard.figures.charts import CHARTS, Chart, year_strip

__all__ = ["CHARTS", "Chart", "atlas", "frame_of", "year_strip"]
