// One answer: its tabs, its table, its chart, its buttons.
import { draw, repaint, save } from "./chart.js";
import { table } from "./table.js";
import { chips } from "./chips.js";
import { request, say } from "./page.js";

const all = (body, selector) => [...body.querySelectorAll(selector)];

export function fill(body, message, { words, theme }) {
  const sheet = body.querySelector("[data-sheet]");
  if (sheet && message.table) table(sheet, message.table, words);
  const plot = body.querySelector("[data-plot]");
  if (plot && message.charts) draw(plot, message.charts, theme());
  chips(body, message, words);
  tabs(body, plot, theme);
  kinds(body, plot, message, theme);
  actions(body, plot, message, words);
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

function kinds(body, plot, message, theme) {
  const buttons = all(body, "[data-kind]");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      draw(plot, message.charts, theme(), button.dataset.kind);
    });
  }
}

function actions(body, plot, message, words) {
  const on = (name, act) => {
    for (const button of all(body, `[data-action="${name}"]`)) button.addEventListener("click", () => act(button));
  };
  on("csv", (button) => fetchFile(button, message, words));
  on("png", () => save(plot, message.turn));
  on("copy", async () => (await copy(message.copied)) && say(words.copied));
  on("copy-sql", async (button) => {
    if (await copy(button.parentElement.querySelector("code").textContent)) say(words.copied);
  });
}

async function fetchFile(button, message, words) {
  button.disabled = true;
  say(words.preparing);
  let made = null;
  try {
    made = await request("download", { talk: message.talk, turn: message.turn });
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
