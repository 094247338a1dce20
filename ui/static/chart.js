// Charts: figures made by the server, drawn by the plotly.js that ships with it.
const CONFIG = { displayModeBar: false, responsive: true, showTips: false };
const LETTER = 11; // pixels of a mark's letter, at most
const drawn = new Map(); // element -> {charts, kind}
let plotly;

export async function draw(plot, charts, theme, kind = Object.keys(charts[theme])[0]) {
  drawn.set(plot, { charts, kind });
  const figure = charts[theme][kind];
  heading(plot, figure.layout);
  const { title, ...layout } = structuredClone(figure.layout);
  layout.margin = { ...layout.margin, t: 12 };
  layout.height = Math.max(layout.height - 48, 290);
  if (layout.xaxis?.type === "date" && plot.clientWidth < 500) layout.xaxis.nticks = 4;
  if (layout.xaxis?.type === "date") thin(layout.xaxis, plot.clientWidth - layout.margin.l - layout.margin.r);
  layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
  plot.style.height = `${layout.height}px`;
  const { react } = await library();
  await react(plot, structuredClone(figure.data), layout, CONFIG);
  plot.dataset.drawn = kind;
}

// Plotly writes given marks all, even over each other.
function thin(axis, room) {
  if (axis.tickmode !== "array") return;
  const widest = Math.max(...axis.ticktext.map((text) => text.length)) * LETTER;
  const every = Math.ceil((axis.tickvals.length * widest) / Math.max(room, 1));
  axis.tickvals = axis.tickvals.filter((_, at) => at % every === 0);
  axis.ticktext = axis.ticktext.filter((_, at) => at % every === 0);
}

export function redraw(theme) {
  for (const plot of drawn.keys()) if (plot.offsetParent) repaint(plot, theme);
}

export function repaint(plot, theme) {
  const { charts, kind } = drawn.get(plot);
  draw(plot, charts, theme, kind);
}

// The picture holds what the page writes around the chart: its title, its subtitle, its ground.
export async function save(plot, name) {
  const { charts, kind } = drawn.get(plot);
  const figure = charts[document.documentElement.dataset.theme][kind];
  const { downloadImage } = await library();
  await downloadImage(structuredClone(figure), {
    format: "png",
    width: 960,
    height: figure.layout.height + 60,
    scale: 2,
    filename: `wenshu-${name}`,
  });
}

// Written as HTML, for a title inside the drawing would not wrap on a phone.
function heading(plot, { title }) {
  const figure = plot.closest("figure");
  figure.querySelector("figcaption")?.remove();
  const caption = document.createElement("figcaption");
  const first = document.createElement("strong");
  first.innerHTML = title.text; // escaped for Plotly's markup by the server
  const second = document.createElement("span");
  second.innerHTML = title.subtitle.text;
  caption.append(first, second);
  figure.prepend(caption);
}

function library() {
  plotly ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL("wenshu/plotly.js", document.baseURI);
    script.onload = () => done(window.Plotly);
    script.onerror = failed;
    document.head.append(script);
  });
  return plotly;
}
