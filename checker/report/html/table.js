// Sort a table by the column whose header is clicked; a second click reverses the order. Search the class by name.
"use strict";

const words = new Intl.Collator("en", { numeric: true });

function key(row, column) {
  const cell = row.cells[column];
  return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
}

function compare(one, other) {
  return typeof one === "number" ? one - other : words.compare(one, other);
}

function sort(table, heading) {
  const column = heading.cellIndex;
  const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort((one, other) => sign * compare(key(one, column), key(other, column))));
}

// Text without case and accents: "émile" is found by "Emile".
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Show only the rows whose header has all words of the field.
function search(field, told, table) {
  const rows = [...table.tBodies[0].rows];
  const wanted = plain(field.value).split(/\s+/);
  for (const row of rows) {
    const name = plain(row.cells[0].textContent);
    row.hidden = !wanted.every((word) => name.includes(word));
  }
  const shown = rows.filter((row) => !row.hidden).length;
  told.value = field.value.trim() ? `${shown} of ${rows.length}` : "";
}

for (const place of document.querySelectorAll(".search")) {
  const field = place.querySelector("input");
  const table = document.querySelector("table.class");
  place.hidden = false;
  field.addEventListener("input", () => search(field, place.querySelector("output"), table));
  field.dispatchEvent(new Event("input")); // the browser may have kept text from before a reload
}

for (const table of document.querySelectorAll("table.sortable"))
  for (const button of table.tHead.querySelectorAll("button"))
    button.addEventListener("click", () => sort(table, button.closest("th")));
