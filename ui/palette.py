"""Colours of charts: told apart by colour-blind eyes, with shades for light and for dark."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]

FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


@dataclass(frozen=True)
class Shades:
    """One theme's colours. `series` are told apart pairwise; `compared` is for what a series is held against."""

    series: tuple[str, ...]
    compared: str
    ink: str
    muted: str
    grid: str
    paper: str
    ramp: tuple[str, ...]


SHADES: dict[Theme, Shades] = {
    "light": Shades(
        series=("#1450b7", "#e97102", "#0e7e4f", "#6d164d", "#2e98e6", "#a1591e", "#63307f"),
        compared="#8d95a1",
        ink="#1c2330",
        muted="#5d6675",
        grid="#e7e9ee",
        paper="#ffffff",
        ramp=("#f1f5fc", "#c6d8f5", "#84abe6", "#3f78cf", "#1450b7", "#0c2f70"),
    ),
    "dark": Shades(
        series=("#5b9cf0", "#e68b29", "#0edf91", "#f2fd8c", "#7f66ff", "#bd8eb2", "#b8f0e5"),
        compared="#8b93a0",
        ink="#e6e9ef",
        muted="#a0a8b5",
        grid="#2b303a",
        paper="#171a1f",
        ramp=("#1b222c", "#1f3350", "#27497a", "#3569ad", "#5b9cf0", "#b4d2fb"),
    ),
}


def faded(colour: str, opacity: float = 0.35) -> str:
    """A colour that lets through what lies below it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
