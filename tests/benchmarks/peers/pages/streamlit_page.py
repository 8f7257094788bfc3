"""The job in Streamlit: a script from top to bottom."""

from __future__ import annotations

import streamlit as st
from drawing import CONFIG, FILTERS, VISITS, YEARS, chosen, count, options, route_map, table, year_bars

st.set_page_config(page_title="Leaders' travel", layout="wide")
st.title("Leaders' travel")
leader, transport, country = (st.selectbox(name, options(name)) for name in FILTERS)
years = st.slider("years", *YEARS, YEARS)
visits = chosen(VISITS, leader, transport, country, years)
st.caption(count(visits))
st.plotly_chart(route_map(visits), config=CONFIG, key="map")
st.plotly_chart(year_bars(visits), key="by-year")
st.dataframe(table(visits))
