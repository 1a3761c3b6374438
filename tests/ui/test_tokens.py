"""The colours keep the contrast and the colour-blind distances that they were chosen for.

The figures are those of the look's design; a changed hue is a change of this table.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from ui_colour import ciede2000, contrast, distance

from crm_tui.ui import tokens
from crm_tui.ui.look import entry_rgb

ROUNDING = 0.06

LEAST = {  # lowest contrast over the seven grounds, dark and light
    "text": (9.8, 11.5),
    "bright": (11.9, 14.0),
    "muted": (5.1, 5.1),
    "accent": (6.2, 5.3),
    "overdue": (4.5, 5.3),
    "today": (9.5, 7.0),
    "internal": (8.3, 8.6),
    "open": (7.4, 4.6),
    "closed": (4.7, 4.8),
    "none": (4.8, 5.2),
    "stale": (5.8, 4.9),
}
APART = {  # closest pair of the six states, then with stale
    ("normal", True): (20.2, 20.2),
    ("deuteranopia", True): (13.8, 11.0),
    ("protanopia", True): (14.2, 14.2),
    ("tritanopia", True): (6.4, 6.4),
    ("normal", False): (16.7, 16.7),
    ("deuteranopia", False): (9.8, 8.5),
    ("protanopia", False): (11.8, 5.1),
    ("tritanopia", False): (14.5, 5.2),
}


def test_the_distance_is_ciede2000() -> None:
    """Three pairs of the paper's own table."""
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514)) == pytest.approx(0.9082, abs=1e-4)


@pytest.mark.parametrize("role", LEAST)
@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_text_is_readable_on_every_ground(role: str, dark: bool) -> None:
    palette = tokens.TRUE[dark]
    found = min(contrast(palette[role], palette[ground]) for ground in tokens.BACKGROUNDS)
    assert found == pytest.approx(LEAST[role][not dark], abs=ROUNDING)
    assert found >= 4.45


@pytest.mark.parametrize(("vision", "dark"), APART)
def test_states_are_told_apart(vision: str, dark: bool) -> None:
    palette = tokens.TRUE[dark]

    def closest(roles: tuple[str, ...]) -> float:
        return min(distance(vision, palette[a], palette[b]) for a, b in combinations(roles, 2))

    six, seven = APART[vision, dark]
    assert closest(tokens.STATES) == pytest.approx(six, abs=ROUNDING)
    assert closest((*tokens.STATES, "stale")) == pytest.approx(seven, abs=ROUNDING)


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_tints_carry_text(dark: bool) -> None:
    palette = tokens.TRUE[dark]
    for role in tokens.TINTED:
        tint = palette[f"{role}_bg"]
        assert contrast(palette["text"], tint) >= 9.6 - ROUNDING
        assert contrast(palette["muted"], tint) >= 5.0 - ROUNDING
        assert contrast(palette[role], tint) >= 5.0 - ROUNDING


def test_tints_and_bars_are_mixed_from_their_hue() -> None:
    assert tokens.TRUE[True]["overdue_bg"] == "#362325"
    assert tokens.TRUE[True]["stale_bg"] == "#372919"
    assert tokens.TRUE[False]["overdue_bg"] == "#eddbdd"
    assert tokens.TRUE[False]["none_bg"] == "#ebdbeb"
    assert tokens.TRUE[True]["bar_overdue"] == tokens.mix("#f5716b", "#121418", 0.72)


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_labels_are_readable(dark: bool) -> None:
    for text, chip in tokens.LABELS[dark]:
        assert 5.75 <= contrast(text, chip) <= 7.05
    for text, chip in tokens.LABELS_256[dark]:
        assert contrast(_hex(text), _hex(chip)) >= 5.5


def _hex(entry: int) -> str:
    return "#" + "".join(f"{part:02x}" for part in entry_rgb(entry))


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_the_palette_of_256_is_readable(dark: bool) -> None:
    """Stale on light is 4.1 on its darkest ground, the only text under 4.5; bar and sign carry it."""
    palette = {role: _hex(entry) for role, entry in tokens.C256[dark].items()}
    for role in LEAST:
        found = min(contrast(palette[role], palette[ground]) for ground in tokens.BACKGROUNDS)
        assert found >= (4.1 - ROUNDING if role == "stale" and not dark else 4.45), role


def test_every_depth_knows_every_role() -> None:
    for dark in (True, False):
        assert set(tokens.TRUE[dark]) == set(tokens.C256[dark]) == tokens.ROLES
        assert set(tokens.C16[dark]) <= tokens.ROLES


def test_an_unknown_role_is_our_fault() -> None:
    assert tokens.role("danger") == "overdue"
    with pytest.raises(KeyError):
        tokens.role("red")
