// One answer: its tabs, its table, its chart, its buttons.
import { draw, repaint, save } from "./chart.js";
import { table } from "./table.js";
import { chips } from "./chips.js";
import { request, say } from "./page.js";

const all = (body, selector) => [...body.querySelectorAll(selector)];

export function fill(body, message, { words, theme }) {
  for (const place of all(body, "[data-shown]")) {
    const part = place.dataset.shown === "last" ? null : Number(place.dataset.shown);
    view(place, part === null ? message : message.parts[part], theme, words);
    files(place, part, message, words);
  }
  chips(body, message, words);
  actions(body, message, words);
}

// One table and its chart: an answer's own, or those of a step before it.
function view(place, { table: cells, charts }, theme, words) {
  const sheet = place.querySelector("[data-sheet]");
  if (sheet && cells) table(sheet, cells, words);
  const plot = place.querySelector("[data-plot]");
  if (plot && charts) draw(plot, charts, theme());
  tabs(place, plot, theme);
  kinds(place, plot, charts, theme);
}

// Leave the question in view where its answer is taller than the window, else show the end.
export function settle(element, scroller) {
  const tall = element.offsetHeight > scroller.clientHeight;
  element.scrollIntoView({ block: tall ? "start" : "end" });
}

function tabs(body, plot, theme) {
  const buttons = all(body, "[data-tab]");
  const choose = (chosen) => {
    for (const button of buttons) {
      const on = button === chosen;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      body.querySelector(`[data-view="${button.dataset.tab}"]`).hidden = !on;
    }
    dispatchEvent(new Event("resize")); // a chart drawn while hidden has no width
    if (chosen.dataset.tab === "chart") repaint(plot, theme()); // the theme may have changed meanwhile
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => choose(button));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const next = buttons[(at + 1) % buttons.length];
      choose(next);
      next.focus();
    });
  });
}

function kinds(body, plot, charts, theme) {
  const buttons = all(body, "[data-kind]");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      draw(plot, charts, theme(), button.dataset.kind);
    });
  }
}

function on(body, name, act) {
  for (const button of all(body, `[data-action="${name}"]`)) button.addEventListener("click", () => act(button));
}

function files(place, part, message, words) {
  const name = part === null ? message.turn : `${message.turn}-${part + 1}`;
  on(place, "csv", (button) => fetchFile(button, part, message, words));
  on(place, "png", () => save(place.querySelector("[data-plot]"), name));
}

function actions(body, message, words) {
  on(body, "copy", async () => (await copy(message.copied)) && say(words.copied));
  on(body, "mark", (button) => mark(button, message, words));
  on(body, "copy-sql", async (button) => {
    if (await copy(button.parentElement.querySelector("code").textContent)) say(words.copied);
  });
}

async function fetchFile(button, part, message, words) {
  button.disabled = true;
  say(words.preparing);
  let made = null;
  try {
    made = await request("download", { talk: message.talk, turn: message.turn, part });
  } finally {
    button.disabled = false;
  }
  if (!made) return say(words.no_connection);
  if (made.failed) return say(made.failed);
  const link = document.createElement("a");
  link.href = new URL(made.href, document.baseURI);
  link.download = made.name;
  link.click();
  say(made.name);
}

async function mark(button, message, words) {
  button.disabled = true;
  let made = null;
  try {
    made = await request("mark", { talk: message.talk, turn: message.turn });
  } finally {
    button.disabled = false;
  }
  if (!made) return say(words.no_connection);
  if (made.failed) return say(made.failed);
  button.setAttribute("aria-pressed", String(made.right));
  say(made.said);
}

async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  // Without https only this older way is open to a page.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
