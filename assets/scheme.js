// Light or dark as it was chosen before, put on the page before anything is drawn; pages without Dash follow a choice that is
// made in another tab, too. The key is Mantine's own; where nothing is chosen the system decides.
"use strict";

(() => {
  const KEY = "mantine-color-scheme-value";
  const page = document.documentElement.dataset;
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that keeps nothing
    }
  };
  const follow = () => {
    if (["light", "dark"].includes(chosen())) page.mantineColorScheme = chosen();
    else delete page.mantineColorScheme;
  };
  follow();
  addEventListener("storage", ({ key }) => key === KEY && !document.getElementById("react-entry-point") && follow());
})();
