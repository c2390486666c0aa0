"""Colours and shapes: told apart by every eye, on light and dark ground."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from geoevents.codes import EVENT_TYPES
from geoevents.maps import assets

SYMBOLS = assets.symbols()
#: Machado, Oliveira and Fernandes 2009, severity 1: how linear RGB looks to dichromats
SIGHT = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
#: CIELAB distance; colours this far apart are told apart at a glance (10 is seen at a glance side by side)
APART = 25.0
#: WCAG 2.2, 1.4.11: graphical objects
CONTRAST = 3.0


def linear(colour: str) -> Any:
    """Linear RGB of ``#rrggbb``."""
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Any) -> Any:
    """CIELAB of linear RGB, D65."""
    x, y, z = np.array(XYZ) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    fx, fy, fz = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def luminance(colour: str) -> float:
    """Relative luminance."""
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def test_every_event_type_has_a_colour_and_a_shape_of_its_own() -> None:
    kinds = SYMBOLS["kinds"]
    assert set(kinds) == set(EVENT_TYPES)
    for part in ("light", "dark", "shape"):
        assert len({kind[part] for kind in kinds.values()}) == len(kinds)
    assert {kind["shape"] for kind in kinds.values()} == set(SYMBOLS["shapes"])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart(theme: str, sight: str) -> None:
    seen = [lab(np.array(SIGHT[sight]) @ linear(kind[theme])) for kind in SYMBOLS["kinds"].values()]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) >= APART


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_land(theme: str) -> None:
    ground = luminance(SYMBOLS["ground"][theme])
    for kind in SYMBOLS["kinds"].values():
        low, high = sorted((luminance(kind[theme]), ground))
        assert (high + 0.05) / (low + 0.05) >= CONTRAST


def test_the_ground_is_the_style_sheets() -> None:
    style = assets.style()
    for colour in SYMBOLS["ground"].values():
        assert f"--land: {colour};" in style


def test_shapes_are_of_one_size() -> None:
    for name, points in SYMBOLS["shapes"].items():
        x, y = np.array(points).T
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        assert 1.3 <= area <= 3.0, name
