// The part of plotly.js the page draws with. dcc.Graph takes window.Plotly when a script has set it.
import core from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import scatter from "plotly.js/lib/scatter";
import scattergeo from "plotly.js/lib/scattergeo";

core.register([bar, scatter, scattergeo]);
window.Plotly = core;
