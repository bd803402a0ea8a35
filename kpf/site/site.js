// What the pages can do besides, where scripts run: tables that sort and filter, and the search. All else is in the pages.
"use strict";

const made = (name, text, into) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (into) into.append(element);
  return element;
};
const shown = (cell) => cell.textContent.trim();
const alphabet = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

for (const table of document.querySelectorAll("table[data-tools]")) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const tools = made("div");
  tools.className = "tools";
  table.parentElement.before(tools);
  const status = made("p");
  const wanted = new Map();
  status.setAttribute("role", "status");

  const show = () => {
    let number = 0;
    for (const row of rows) {
      row.hidden = [...wanted].some(([column, value]) => value && shown(row.cells[column]) !== value);
      number += row.hidden ? 0 : 1;
    }
    status.textContent = number === rows.length ? "" : `${number} of ${rows.length} shown`;
  };

  heads.forEach((head, column) => {
    if (head.hasAttribute("data-filter")) {
      const values = [...new Set(rows.map((row) => shown(row.cells[column])))].sort(alphabet.compare);
      if (values.length > 1) {
        const label = made("label", shown(head), tools);
        const select = made("select", "", label);
        made("option", "All", select).value = "";
        for (const value of values) made("option", value, select).value = value;
        label.insertBefore(document.createElement("br"), select);
        select.addEventListener("change", () => { wanted.set(column, select.value); show(); });
      }
    }
    const words = shown(head);
    head.textContent = "";
    const button = made("button", words, head);
    button.type = "button";
    button.className = "sort";
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending" || (!head.hasAttribute("aria-sort") && head.hasAttribute("data-number"));
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.sort || shown(row.cells[column]);
      rows.sort((one, other) => (down ? -1 : 1) * alphabet.compare(value(one), value(other)));
      table.tBodies[0].append(...rows);
    });
  });
  tools.append(status);
}

// A link from another page may lead into a section that is closed.
const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const section = target && target.closest("details");
  if (section && !section.open) {
    section.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", open);
open();

const search = document.getElementById("search");
if (search && window.kpfIndex) {
  const input = document.getElementById("words");
  const results = document.getElementById("results");
  const found = document.getElementById("found");
  const most = 50;
  const index = window.kpfIndex.map(([kind, title, way, words]) => ({ kind, title, way, name: title.toLowerCase(), all: `${title} ${words}`.toLowerCase() }));
  search.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.textContent = "";
    found.textContent = "";
    if (!words.length) return;
    const fits = index.filter((entry) => words.every((word) => entry.all.includes(word)));
    const inName = (entry) => words.every((word) => entry.name.includes(word));
    fits.sort((one, other) => inName(other) - inName(one));
    found.textContent = fits.length === 1 ? "1 page found" : `${fits.length} pages found${fits.length > most ? `, the first ${most} shown` : ""}`;
    for (const entry of fits.slice(0, most)) {
      const item = made("li", "", results);
      const link = made("a", entry.title, item);
      link.href = entry.path;
      made("small", entry.kind, item);
    }
  });
}
