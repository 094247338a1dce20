// The chips of an answer: each opens what it can be changed to, and can be left out where the question stands without it.
import { request, revise, say } from "./page.js";

const PAUSE_MS = 150; // after a key, before the server is asked
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
const NARROW = "(max-width: 640px)";

let opened = null; // {box, chip, leave}: one at a time

export function chips(body, message, words) {
  const at = { talk: message.talk, turn: message.turn };
  for (const chip of body.querySelectorAll("[data-chip]")) {
    chip.addEventListener("click", () => (opened?.chip === chip ? close() : open(chip, at, words)));
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      if ("removable" in chip.dataset) leaveOut(chip.dataset.chip, at, words);
      else say(words.cannot_remove);
    });
  }
  for (const button of body.querySelectorAll("[data-remove]")) {
    button.addEventListener("click", () => leaveOut(button.dataset.remove, at, words));
  }
}

export function close(focus = false) {
  if (!opened) return;
  const { box, chip, leave } = opened;
  opened = null;
  document.removeEventListener("pointerdown", leave);
  box.remove();
  chip.setAttribute("aria-expanded", "false");
  if (focus) chip.focus();
}

async function leaveOut(chip, at, words) {
  close();
  const found = await ask(chip, at, "", words);
  if (found?.removal) revise(found.removal, at.turn);
  else if (found) say(words.cannot_remove);
}

// What the server offers; null, and told, where it offers nothing.
async function ask(chip, at, sought, words) {
  const found = await request("changes", { ...at, chip: Number(chip), sought });
  if (found && !found.failed) return found;
  say(found ? found.failed : words.no_connection);
  return null;
}

async function open(chip, at, words) {
  close();
  const box = make("div", "changes");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", words.change + chip.textContent);
  const input = make("input");
  input.type = "text";
  input.placeholder = words.find_change;
  input.setAttribute("aria-label", words.find_change);
  input.autocomplete = "off";
  const shut = icon("shut", words.close);
  const head = make("div", "sought");
  head.append(input, shut);
  const list = make("div", "found");
  list.setAttribute("aria-live", "polite");
  list.append(make("p", "", words.working));
  box.append(head, list);
  const leave = (event) => {
    if (!box.contains(event.target) && !chip.contains(event.target)) close();
  };
  opened = { box, chip, leave };
  document.addEventListener("pointerdown", leave);
  chip.setAttribute("aria-expanded", "true");
  chip.closest("main").append(box);
  place(box, chip);
  keys(box, input, chip);
  shut.addEventListener("click", () => close(true));
  if (!matchMedia(NARROW).matches) input.focus({ preventScroll: true });
  await look(input, list, chip, at, words);
}

// One request at a time: what was typed meanwhile is asked for when the last one is back.
async function look(input, list, chip, at, words) {
  let shown = null;
  let busy = false;
  const update = async () => {
    if (busy) return;
    busy = true;
    while (opened?.chip === chip && list.isConnected && shown !== input.value.trim()) {
      const sought = input.value.trim();
      const found = await ask(chip.dataset.chip, at, sought, words);
      if (!found) {
        if (list.isConnected) close(true);
        return;
      }
      shown = sought;
      fill(list, found, sought, at, words);
      place(list.parentElement, chip);
    }
    busy = false;
  };
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE_MS);
  });
  await update();
  if (list.isConnected && matchMedia(NARROW).matches) list.querySelector("button")?.focus();
}

function fill(list, found, sought, at, words) {
  const parts = [];
  for (const sort of found.sorts) {
    parts.push(make("h4", "", sort.title));
    parts.push(...sort.changes.map((change) => option(change, change.text, "", at)));
    if (sort.more) parts.push(make("p", "", words.more_changes));
  }
  if (!parts.length) parts.push(make("p", "", sought ? words.nothing_found : words.type_change));
  if (found.removal && !sought) parts.push(option(found.removal, words.leave_out, "out", at));
  list.replaceChildren(...parts);
}

function option(change, text, kind, at) {
  const button = make("button", kind, text);
  button.type = "button";
  button.title = change.question;
  button.addEventListener("click", () => {
    close();
    revise(change, at.turn);
  });
  return button;
}

function keys(box, input, chip) {
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const options = [...box.querySelectorAll(".found button")];
    if (event.key === "Escape") {
      event.preventDefault(); // it closes this alone
      close(true);
    } else if (event.key in ARROWS && options.length) {
      event.preventDefault();
      const at = options.indexOf(document.activeElement) + ARROWS[event.key];
      if (at < 0) input.focus();
      else options[Math.min(at, options.length - 1)].focus();
    } else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      options[0]?.focus();
    }
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget) && opened?.chip === chip) close();
  });
}

// Under its chip, or over it where there is more room, within the page; a phone has it at its foot.
function place(box, chip) {
  const main = chip.closest("main");
  const [frame, from] = [main.getBoundingClientRect(), chip.parentElement.getBoundingClientRect()];
  const room = frame.right - frame.left - box.offsetWidth - 8;
  box.style.left = `${Math.max(8, Math.min(from.left - frame.left, room))}px`;
  const below = frame.bottom - from.bottom;
  const over = below < box.offsetHeight + 12 && from.top - frame.top > below;
  const top = over ? from.top - box.offsetHeight - 6 : from.bottom + 6;
  box.style.top = `${Math.max(8, top - frame.top + main.scrollTop)}px`;
}

function icon(kind, label) {
  const button = make("button", kind, "×");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  return button;
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
