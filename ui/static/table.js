// A table: twenty rows a page, sorted by any column. Cells are written as text, never as HTML.
const PAGE = 20;

export function table(element, sheet, words) {
  const shown = { rows: sheet.rows, column: null, down: false, page: 0 };
  const draw = () => element.replaceChildren(scroll(sheet, shown, words, draw), foot(sheet, shown, words, draw));
  draw();
}

function scroll(sheet, shown, words, draw) {
  const box = make("div", "scroll");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.table);
  const grid = make("table");
  const head = make("tr");
  head.append(...sheet.heads.map((each, at) => headCell(each, at, sheet, shown, words, draw)));
  const thead = make("thead");
  thead.append(head);
  const body = make("tbody");
  const rows = shown.rows.slice(shown.page * PAGE, (shown.page + 1) * PAGE);
  body.append(...rows.map((row) => bodyRow(row, sheet.heads)));
  grid.append(thead, body);
  box.append(grid);
  return box;
}

function headCell(head, at, sheet, shown, words, draw) {
  const cell = make("th", head.numeric ? "numeric" : "");
  cell.scope = "col";
  const on = shown.column === at;
  cell.setAttribute("aria-sort", on ? (shown.down ? "descending" : "ascending") : "none");
  const button = make("button", "", head.label);
  button.type = "button";
  button.title = words.sort_by;
  button.addEventListener("click", () => {
    shown.down = on ? !shown.down : head.numeric;
    shown.column = at;
    shown.rows = sorted(sheet.rows, at, shown.down);
    shown.page = 0;
    const element = button.closest("[data-sheet]");
    draw();
    element.querySelectorAll("th button")[at].focus();
  });
  cell.append(button);
  return cell;
}

function bodyRow(row, heads) {
  const line = make("tr");
  row.forEach(([text, exact], at) => {
    const cell = make("td", heads[at].numeric ? "numeric" : "", text);
    if (exact !== null) cell.title = exact;
    line.append(cell);
  });
  return line;
}

function foot(sheet, shown, words, draw) {
  const line = make("div", "foot");
  line.append(make("span", "count", sheet.rows.length ? sheet.said : words.empty_table));
  const pages = Math.ceil(sheet.rows.length / PAGE);
  if (pages > 1) {
    const nav = make("span", "pager");
    nav.append(
      step("‹", words.previous, -1, shown, pages, draw),
      make("span", "", words.page_of.replace("{page}", shown.page + 1).replace("{pages}", pages)),
      step("›", words.next, 1, shown, pages, draw),
    );
    line.append(nav);
  }
  return line;
}

function step(text, label, by, shown, pages, draw) {
  const button = make("button", "", text);
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.disabled = shown.page + by < 0 || shown.page + by >= pages;
  button.addEventListener("click", () => {
    const element = button.closest("[data-sheet]");
    shown.page += by;
    draw();
    const again = element.querySelectorAll(".pager button")[by < 0 ? 0 : 1];
    if (!again.disabled) again.focus();
  });
  return button;
}

// What is missing stands last, whichever way the rest is sorted.
function sorted(rows, at, down) {
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (one, other) =>
    typeof one === "string" || typeof other === "string" ? order.compare(String(one), String(other)) : one - other;
  return [...rows].sort((one, other) => {
    const [left, right] = [one[at][2], other[at][2]];
    if (left === null || right === null) return (left === null) - (right === null);
    return down ? compare(right, left) : compare(left, right);
  });
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
