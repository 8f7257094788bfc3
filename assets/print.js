// What paper needs and a style sheet cannot do: all rows of the table, figures that are light and as wide as the page.
"use strict";

(() => {
  const WIDTH = 700; // px between the margins of A4
  const LARGEST = 1.4; // times its size on the screen
  const byId = (id) => document.getElementById(id);
  let rows = null; // what stood in the table

  // Printing does not wait for an answer that comes later: the rows of the other pages are asked for at once.
  const allRows = () => {
    const ask = new XMLHttpRequest();
    ask.open("GET", `table.html${location.search}`, false);
    try {
      ask.send();
    } catch {
      return ""; // a server that is gone: the page that is here is printed, and says which rows it has
    }
    return ask.status === 200 ? ask.responseText : "";
  };

  addEventListener("beforeprint", () => {
    window.figures.print(true);
    for (const graph of document.querySelectorAll(".js-plotly-plot")) {
      const { width, height } = graph.getBoundingClientRect();
      if (!width) continue;
      graph.style.setProperty("--print-zoom", Math.min(LARGEST, WIDTH / width));
      graph.style.setProperty("--print-width", `${width}px`);
      graph.style.setProperty("--print-height", `${height}px`);
    }
    const pages = byId("rows")?.querySelector("[data-page]") && allRows();
    if (!pages) return;
    rows = [...byId("rows").childNodes];
    byId("rows").innerHTML = pages;
  });

  addEventListener("afterprint", () => {
    window.figures.print(false);
    if (rows) byId("rows").replaceChildren(...rows);
    rows = null;
  });
})();
