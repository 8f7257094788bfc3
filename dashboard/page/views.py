"""`VIEWS`: every part of the page that an answer fills, from the files of the parts; the wiring loops over it."""

from __future__ import annotations

from dashboard.page import (
    charts,
    compare,
    counting,
    footer,
    key_figures,
    languages,
    legend,
    map_card,
    panel,
    pictures,
    play,
    sentence,
    share,
    table,
    twins,
)

VIEWS = (
    *languages.VIEWS,
    *sentence.VIEWS,
    *key_figures.VIEWS,
    *counting.VIEWS,
    *compare.VIEWS,
    *map_card.VIEWS,
    *legend.VIEWS,
    *panel.VIEWS,
    *charts.VIEWS,
    *table.VIEWS,
    *twins.VIEWS,
    *share.VIEWS,
    *pictures.VIEWS,
    *play.VIEWS,
    *footer.VIEWS,
)
