// The dialog "Share": opens it, puts the page's own address into the lines that the server wrote, and copies them.
"use strict";

(() => {
  const HERE = "HERE/"; // as dashboard/layout.py writes it
  const byId = (id) => document.getElementById(id);

  // The address stands alone, or before a file's name in a snippet.
  const fill = () => {
    const folder = new URL(".", window.location.href).href;
    for (const lines of byId("share").querySelectorAll("[data-code]")) {
      const code = lines.dataset.code;
      lines.textContent = code === HERE ? window.location.href : code.replaceAll(HERE, folder);
    }
  };

  // A page that is not served over https has no clipboard of its own: there the text is selected and copied.
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      window.getSelection().selectAllChildren(source);
      return document.execCommand("copy");
    }
  };

  const say = (words) => { byId("share-said").textContent = words; };

  let watched = null; // the dialog whose changes are followed: Back works while it is open
  const open = (dialog) => {
    if (watched !== dialog) {
      new MutationObserver(fill).observe(dialog, { subtree: true, attributes: true, attributeFilter: ["data-code"] });
      watched = dialog;
    }
    fill();
    say("");
    dialog.showModal();
  };

  document.addEventListener("click", async (event) => {
    const at = (name) => event.target.closest(`[data-${name}]`);
    if (at("share")) return void open(byId(at("share").dataset.share));
    if (at("close")) return void byId(at("close").dataset.close).close();
    if (event.target.id === "share") return void event.target.close(); // the backdrop
    if (!at("copy")) return;
    say((await copy(byId(at("copy").dataset.copy))) ? "Copied" : "Not copied: select the text and copy it by key");
  });
})();
