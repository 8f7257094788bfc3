// The page at /upload works without this. With it a file may be dropped anywhere on the page, is named once chosen, and is
// refused at once where it is too large; the button says that the table is being read.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const problem = document.getElementById("problem");
  if (problem) problem.focus();
  document.querySelectorAll("[data-progress]").forEach(showProgress);
  const form = document.querySelector("form[data-most]");
  if (!form) return;
  const [input, said, zone] = [form.querySelector("#file"), form.querySelector("#chosen"), form.querySelector(".drop")];
  const tooLarge = (file) => file.size > Number(form.dataset.most);

  const show = () => {
    const [file] = input.files;
    const size = file && (file.size < 1e6 ? `${Math.ceil(file.size / 1e3)} kB` : `${(file.size / 1e6).toFixed(1)} MB`);
    said.textContent = !file ? "" : tooLarge(file) ? form.dataset.tooLarge : `${file.name}, ${size}`;
  };
  input.addEventListener("change", show);
  // A quick reader has chosen a file before this script came; a reload keeps it.
  show();

  const over = (event, on) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    const [file] = input.files;
    if (file && tooLarge(file)) {
      event.preventDefault();
      input.focus();
    } else {
      said.textContent = form.dataset.reading;
    }
  });
});

// How many rows are read: the form waits for the whole answer, so only a second question can say it meanwhile.
function showProgress(place) {
  const [bar, said] = place.children;
  const ask = async () => {
    const { done, total } = await (await fetch(place.dataset.progress)).json();
    if (total) [bar.max, bar.value] = [total, done];
    if (done === total) bar.removeAttribute("value");
    const rows = place.dataset.rows.replace("{done}", done?.toLocaleString()).replace("{total}", total?.toLocaleString());
    said.textContent = !total ? "" : done === total ? place.dataset.rest : rows;
  };
  place.closest("form").addEventListener("submit", () => {
    place.hidden = false;
    setInterval(() => ask().catch(() => {}), 500);
  });
}
