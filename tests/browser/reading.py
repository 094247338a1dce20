"""What a person does on the page, and what they see."""

from playwright.sync_api import Locator, Page

ANSWERED = '.conversation:not([hidden]) .turn[aria-busy="false"]'
MEASURE_COLOURS = """async (plot) => {
  const svg = plot.querySelector("svg.main-svg");
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = svg.clientWidth;
  canvas.height = svg.clientHeight;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  let painted = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] < 40) continue;
    painted += 1;
    colours.add((pixels[at] >> 5) * 64 + (pixels[at + 1] >> 5) * 8 + (pixels[at + 2] >> 5));
  }
  return [colours.size, painted / (canvas.width * canvas.height)];
}"""


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it with Enter, and wait for its answer."""
    turns = page.locator(ANSWERED).count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    return answer(page, turns)


def answer(page: Page, nth: int) -> Locator:
    """The nth answer of the conversation in view, once it is there."""
    turn = page.locator(ANSWERED).nth(nth)
    turn.wait_for()
    return turn


def chart(turn: Locator) -> Locator:
    """The answer's chart, once it is drawn."""
    plot = turn.locator("[data-plot][data-drawn]")
    plot.wait_for()
    return plot


def colours_and_cover(plot: Locator) -> tuple[int, float]:
    """How many colours the chart shows, and the share of it that is painted."""
    colours, cover = plot.evaluate(MEASURE_COLOURS)
    return int(colours), float(cover)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window, its inner scroller included."""
    return int(
        page.evaluate(
            """() => Math.max(
              document.scrollingElement.scrollWidth - innerWidth,
              ...[...document.querySelectorAll("[data-scroll], .turn, .views, .composer, header")]
                .map((each) => each.scrollWidth - Math.min(each.clientWidth, innerWidth)))"""
        )
    )


def rows(turn: Locator) -> list[list[str]]:
    """The table's cells in view."""
    return [row.locator("td").all_inner_texts() for row in turn.locator("tbody tr").all()]
