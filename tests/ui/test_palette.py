"""The colours of series are told apart by every eye, on the page's own ground."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.palette import SHADES, Theme

Colour = NDArray[np.float64]

# Machado, Oliveira and Fernandes 2009, full severity, in linear RGB.
EYES: dict[str, Colour] = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def linear(colour: str) -> Colour:
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light: Colour) -> Colour:
    parts = XYZ @ np.clip(light, 0, 1) / WHITE
    x, y, z = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_series_differ_to_every_eye(theme: Theme, eye: str) -> None:
    """A distance of 15 in CIELAB is seen at a glance; 2 would be just noticeable."""
    for one, other in itertools.combinations(SHADES[theme].series, 2):
        distance = np.linalg.norm(lab(EYES[eye] @ linear(one)) - lab(EYES[eye] @ linear(other)))
        assert distance > 15, (one, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_series_and_words_stand_out_from_the_ground(theme: Theme) -> None:
    """WCAG: 3 to 1 for marks, 4.5 to 1 for words."""
    shades = SHADES[theme]
    assert min(contrast(colour, shades.paper) for colour in (*shades.series, shades.compared)) >= 3
    assert min(contrast(colour, shades.paper) for colour in (shades.ink, shades.muted)) >= 4.5
