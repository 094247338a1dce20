// Charts: figures made by the server, drawn by the plotly.js that ships with it.
const CONFIG = { displayModeBar: false, responsive: true, showTips: false };
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
  layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
  plot.style.height = `${layout.height}px`;
  const { react } = await library();
  await react(plot, structuredClone(figure.data), layout, CONFIG);
  plot.dataset.drawn = kind;
}

export function redraw(theme) {
  for (const [plot, { charts, kind }] of drawn) if (plot.offsetParent) draw(plot, charts, theme, kind);
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
