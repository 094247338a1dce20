// The page: the frame around the conversations, the question box, and what comes from the server.
import { fill, settle } from "./answer.js";
import { redraw } from "./chart.js";
import { close } from "./chips.js";

const CHECK_MS = 5000;
const MOST_CHECKS = 60; // of one download

const state = { about: null, language: "zh", theme: "light", talk: null, busy: null, count: 0, server: null };
const talks = new Map(); // id -> {element, title, turns}
const waiting = new Map(); // download requests
let root, send;

const one = (selector, within = root) => within.querySelector(selector);
const all = (selector, within = root) => [...within.querySelectorAll(selector)];
const words = () => state.about[state.language].words;

export function start({ element, props, watch, trigger }) {
  root = one("[data-page]", element);
  send = trigger;
  listen();
  paint(stored("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  watch("value", () => take(props.value));
  take(props.value);
}

export function receive({ props, watch }) {
  watch("value", () => {
    const message = props.value;
    waiting.get(message?.request)?.(message);
    waiting.delete(message?.request);
  });
}

export function say(text) {
  const toast = one("[data-toast]");
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => toast.classList.remove("shown"), 2400);
}

// What the server sends back for one request of an answer's buttons; null where the server is gone.
export async function request(event, data) {
  const request = `${data.turn}-${++state.count}`;
  const made = new Promise((done) => waiting.set(request, done));
  send(event, { ...data, request });
  const message = await Promise.race([made, gone(() => waiting.has(request))]);
  waiting.delete(request);
  return message;
}

async function gone(waits) {
  for (let checks = 0; checks < MOST_CHECKS; checks += 1) {
    await new Promise((done) => setTimeout(done, CHECK_MS));
    if (!waits() || !(await there())) break;
  }
  return null;
}

function take(message) {
  if (!message) return;
  if (message.state === "hello") greet(message.about);
  else if (message.state === "lost") lost(message.text);
  else show(message);
}

function chosen() {
  const preferred = navigator.languages?.find((tag) => /^(zh|en)/i.test(tag)) ?? navigator.language;
  return stored("language") ?? (/^zh/i.test(preferred) ? "zh" : "en");
}

// Without a shop to ask about there is nothing on the page but the reason.
function lost(text) {
  one("[data-empty]").hidden = false;
  one(".greeting").textContent = text[chosen()];
  one(".greeting").setAttribute("role", "alert");
  one("[data-question]").disabled = true;
  root.classList.add("ready", "lost");
}

function greet(about) {
  state.about = about;
  there();
  speak(chosen());
  begin();
  root.classList.add("ready");
}

function speak(language) {
  state.language = language;
  const about = state.about[language];
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const each of all("[data-word]")) each.textContent = about.words[each.dataset.word];
  for (const each of all("[data-label]")) {
    each.setAttribute("aria-label", about.words[each.dataset.label]);
    if (each.tagName === "BUTTON") each.title = about.words[each.dataset.label];
  }
  one("[data-planner]").title = about.words.planner_about;
  one("[data-question]").placeholder = about.words.ask_here;
  one("[data-side]").setAttribute("aria-label", about.words.menu);
  one("[data-name]").textContent = about.data_name;
  date(about.as_of);
  one("[data-planner]").textContent = about.planner;
  one("[data-cards]").replaceChildren(...about.examples.map(card));
  label();
}

function date(day) {
  one("[data-as-of]").textContent = day;
  one("[data-as-of]").dateTime = day;
}

function card(question) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "card";
  button.dataset.ask = question;
  button.textContent = question;
  return button;
}

function paint(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = theme;
  document.documentElement.style.colorScheme = theme;
  document.body.classList.toggle("dark", theme === "dark");
  one("[data-theme-switch] use").setAttribute("href", theme === "dark" ? "#icon-sun" : "#icon-moon");
  label();
  redraw(theme);
}

function label() {
  if (!state.about) return;
  const button = one("[data-theme-switch]");
  button.title = words()[state.theme === "dark" ? "to_light" : "to_dark"];
  button.setAttribute("aria-label", button.title);
}

function begin() {
  if (state.talk && !talks.get(state.talk).turns) return open(state.talk);
  const id = `talk${++state.count}`;
  const element = document.createElement("div");
  element.className = "conversation";
  element.setAttribute("role", "log");
  element.setAttribute("aria-live", "polite");
  one("[data-conversations]").append(element);
  talks.set(id, { element, title: "", turns: 0 });
  open(id);
}

function open(id) {
  close();
  state.talk = id;
  for (const [each, { element }] of talks) element.hidden = each !== id;
  one("[data-empty]").hidden = talks.get(id).turns > 0;
  root.classList.toggle("fresh", talks.get(id).turns === 0);
  list();
  redraw(state.theme);
  one("[data-scroll]").scrollTop = talks.get(id).turns ? one("[data-scroll]").scrollHeight : 0;
}

function list() {
  const asked = [...talks].filter(([, talk]) => talk.turns).reverse();
  one("[data-none]").hidden = asked.length > 0;
  one("[data-talks]").replaceChildren(
    ...asked.map(([id, talk]) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.talk = id;
      button.textContent = button.title = talk.title;
      if (id === state.talk) button.setAttribute("aria-current", "true");
      item.append(button);
      return item;
    }),
  );
}

function ask(question) {
  const text = question.trim();
  return Boolean(text && state.about) && pose("ask", text, { language: state.language });
}

// A change of an earlier answer is a turn of its own, so that nothing is lost.
export function revise(change, of) {
  return pose("revise", change.question, { of, args: change.args });
}

function pose(event, text, data) {
  if (state.busy) {
    say(words().one_at_a_time);
    return false;
  }
  const talk = talks.get(state.talk);
  const turn = `turn${++state.count}`;
  talk.turns += 1;
  talk.title ||= text;
  const element = document.createElement("article");
  element.id = turn;
  element.className = "turn";
  element.setAttribute("aria-busy", "true");
  const asked = document.createElement("h2");
  asked.className = "asked";
  asked.textContent = text;
  const body = document.createElement("div");
  body.className = "body";
  body.innerHTML = '<div class="working" role="status"><ol class="progress"><li class="now"></li></ol></div>';
  one("li", body).textContent = words().working;
  element.append(asked, body);
  talk.element.append(element);
  busy({ talk: state.talk, turn });
  open(state.talk);
  element.scrollIntoView({ block: "start" });
  send(event, { question: text, talk: state.talk, turn, ...data });
  setTimeout(check, CHECK_MS, turn);
  return true;
}

function busy(turn) {
  state.busy = turn;
  one("[data-send]").hidden = Boolean(turn);
  one("[data-stop]").hidden = !turn;
}

// A server that is gone says nothing: while a question waits, see now and then whether it is there.
async function check(turn) {
  if (state.busy?.turn !== turn) return;
  const found = await there();
  if (state.busy?.turn !== turn) return;
  if (found) setTimeout(check, CHECK_MS, turn);
  else lose(document.getElementById(turn));
}

// Whether the server that greeted this page is reached; one started since knows nothing of what was asked.
async function there() {
  try {
    const limit = { cache: "no-store", signal: AbortSignal.timeout(2 * CHECK_MS) };
    const answer = await fetch(new URL("gradio_api/app_id", document.baseURI), limit);
    const { app_id } = await answer.json();
    state.server ??= app_id;
    return app_id === state.server;
  } catch {
    return false;
  }
}

// The answer may still come: then it takes the place of what stands here.
function lose(element) {
  const reason = document.createElement("p");
  reason.className = "verdict error";
  reason.textContent = words().no_connection;
  const again = card(one(".asked", element).textContent);
  again.className = "choice";
  again.textContent = words().ask_again;
  const choices = document.createElement("div");
  choices.className = "choices";
  choices.append(again);
  one(".body", element).replaceChildren(reason, choices);
  element.setAttribute("aria-busy", "false");
  element.dataset.lost = "";
  busy(null);
}

function stop() {
  if (state.busy) send("stop", state.busy);
}

function show(message) {
  const element = document.getElementById(message.turn);
  if (!element) return;
  const open = element.getAttribute("aria-busy") === "true" || ("lost" in element.dataset && message.state === "done");
  if (!open) return;
  const body = one(".body", element);
  element.lang = message.language === "zh" ? "zh-CN" : "en";
  body.innerHTML = message.html;
  if (message.state !== "done") return;
  delete element.dataset.lost;
  if (message.as_of) {
    for (const about of Object.values(state.about)) about.as_of = message.as_of;
    date(message.as_of);
  }
  element.setAttribute("aria-busy", "false");
  if (state.busy?.turn === message.turn) busy(null);
  fill(body, message, { words: state.about[message.language].words, theme: () => state.theme });
  settle(element, one("[data-scroll]"));
}

function listen() {
  const question = one("[data-question]");
  one("[data-composer]").addEventListener("submit", (event) => {
    event.preventDefault();
    if (ask(question.value)) question.value = "";
    grow(question);
    question.focus();
  });
  question.addEventListener("input", () => grow(question));
  question.addEventListener("keydown", (event) => {
    // While an input method composes, Enter picks a word and must not send.
    if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
    event.preventDefault();
    one("[data-composer]").requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event) || event.defaultPrevented) return;
    if (root.classList.contains("side-open") && narrow()) side(false);
    else stop();
  });
  one("[data-stop]").addEventListener("click", stop);
  root.addEventListener("click", clicked);
  side(!narrow());
}

function clicked(event) {
  const button = event.target.closest("button, .veil, .skip");
  if (!button) return;
  if (button.dataset.ask) {
    ask(button.dataset.ask);
    if (!narrow()) one("[data-question]").focus({ preventScroll: true });
  } else if (button.dataset.talk) {
    open(button.dataset.talk);
    if (narrow()) side(false);
  } else if ("new" in button.dataset) {
    begin();
    if (narrow()) side(false);
    one("[data-question]").focus();
  } else if ("menu" in button.dataset) side(!root.classList.contains("side-open"));
  else if ("veil" in button.dataset) side(false);
  else if ("language" in button.dataset) speak(keep("language", state.language === "zh" ? "en" : "zh"));
  else if ("themeSwitch" in button.dataset) paint(keep("theme", state.theme === "dark" ? "light" : "dark"));
  else if (button.classList.contains("skip")) {
    event.preventDefault();
    one("[data-question]").focus();
  }
}

function side(open) {
  root.classList.toggle("side-open", open);
  one("[data-side]").inert = !open;
  one("[data-veil]").hidden = !(open && narrow());
  one("[data-menu]").setAttribute("aria-expanded", String(open));
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
}

// Safari ends the composition before the key that ended it; that key then has no code but this.
const composing = (event) => event.isComposing || event.keyCode === 229;
const narrow = () => matchMedia("(max-width: 899px)").matches;

function stored(name) {
  try {
    return localStorage.getItem(`wenshu-${name}`);
  } catch {
    return null; // a browser that keeps nothing for this page
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`wenshu-${name}`, value);
  } catch {
    // the choice then holds for this visit
  }
  return value;
}
