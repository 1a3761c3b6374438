"""The colour tokens of every depth: truecolor, 256 entries, 16 colours, none; dark and light.

Data and the arithmetic that derives tints and bars from it; it must not know Textual, Rich or a widget.
The contrast and colour-blind figures that these values were chosen for are held by `tests/ui/test_tokens.py`;
a changed hue changes that table. Names are roles, never colours: `overdue`, not `red`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

BACKGROUNDS: Final = ("background", "surface", "raised", "sunken", "selection", "idle", "marked")
"""What text stands on; every foreground keeps its contrast on all seven."""

STATES: Final = ("overdue", "today", "internal", "open", "closed", "none")
"""The six due states, named as `domain.due.DueState` names them."""

TINTED: Final = ("overdue", "today", "internal", "open", "none", "stale")
"""The hues that also exist as a tint (`overdue_bg`) and as a bar (`bar_overdue`)."""

ALIASES: Final = {"danger": "overdue", "warning": "today", "success": "open"}
"""Kinds of message take the hues of the states: there are no others."""

DARK: Final[dict[str, str]] = {
    "background": "#121418",
    "surface": "#1a1d21",
    "raised": "#22262b",
    "sunken": "#0b0c0e",
    "selection": "#222e52",
    "idle": "#2e3339",
    "marked": "#282c33",
    "line": "#3d444d",
    "text": "#dde2e9",
    "bright": "#f5f7fa",
    "muted": "#9aa4b2",
    "accent": "#93b4ff",
    "on_accent": "#0d1420",
    "overdue": "#f5716b",
    "today": "#f3df72",
    "internal": "#8fdcf2",
    "open": "#54dcab",
    "closed": "#989ea8",
    "none": "#d57cf0",
    "stale": "#f79a1e",
    "busy": "#676b70",
    "busy_bg": "#4f5257",
}
LIGHT: Final[dict[str, str]] = {
    "background": "#f8f8f6",
    "surface": "#efefec",
    "raised": "#e3e3df",
    "sunken": "#ffffff",
    "selection": "#dbe4fc",
    "idle": "#dcdcd8",
    "marked": "#e6e6e2",
    "line": "#b6b6b0",
    "text": "#1d232b",
    "bright": "#0b0f14",
    "muted": "#525a66",
    "accent": "#1f4fb8",
    "on_accent": "#ffffff",
    "overdue": "#a71b39",
    "today": "#584200",
    "internal": "#013a5e",
    "open": "#146c51",
    "closed": "#565d68",
    "none": "#951aa4",
    "stale": "#954400",
    "busy": "#a0a3a5",
    "busy_bg": "#bfc1c1",
}

DARK_256: Final[dict[str, int]] = {
    "background": 233,
    "surface": 234,
    "raised": 235,
    "sunken": 232,
    "selection": 17,
    "idle": 235,
    "marked": 235,
    "line": 238,
    "text": 188,
    "bright": 231,
    "muted": 247,
    "accent": 111,
    "on_accent": 233,
    "overdue": 203,
    "today": 221,
    "internal": 117,
    "open": 79,
    "closed": 247,
    "none": 177,
    "stale": 208,
    "busy": 242,
    "busy_bg": 239,
}
LIGHT_256: Final[dict[str, int]] = {
    "background": 255,
    "surface": 254,
    "raised": 253,
    "sunken": 231,
    "selection": 189,
    "idle": 253,
    "marked": 254,
    "line": 249,
    "text": 235,
    "bright": 16,
    "muted": 240,
    "accent": 25,
    "on_accent": 231,
    "overdue": 124,
    "today": 58,
    "internal": 24,
    "open": 22,
    "closed": 240,
    "none": 90,
    "stale": 94,
    "busy": 247,
    "busy_bg": 250,
}


class Ansi(NamedTuple):
    """What a foreground is in 16 colours: a colour 0-15 or None (the terminal's own), and more."""

    color: int | None = None
    badge: int | None = None
    bold: bool = False
    bold_allowed: bool = True


DARK_16: Final[dict[str, Ansi]] = {
    "bright": Ansi(bold=True),
    "accent": Ansi(bold=True),
    "overdue": Ansi(9),
    "today": Ansi(11),
    "internal": Ansi(14),
    "open": Ansi(10),
    "none": Ansi(13),
    "stale": Ansi(3, bold_allowed=False),  # bold 33 turns bright yellow in many terminals: that is `today`
}
LIGHT_16: Final[dict[str, Ansi]] = {
    "bright": Ansi(bold=True),
    "accent": Ansi(bold=True),
    "overdue": Ansi(1),
    "today": Ansi(0, badge=3),  # yellow cannot be read on white: a black word on a yellow badge
    "internal": Ansi(6),
    "open": Ansi(2),
    "none": Ansi(5),
}
"""Roles that are missing here are the terminal's own foreground. `line` and `muted` too: never faint."""

LABELS_DARK: Final = (
    ("#eca7a7", "#453033"),
    ("#e8ba8f", "#43362c"),
    ("#dbd08f", "#3f3d2c"),
    ("#abda9b", "#304130"),
    ("#93dcd0", "#284140"),
    ("#a4caf4", "#2e3b4c"),
    ("#c9b9f5", "#3a364c"),
    ("#efadd4", "#463242"),
)
LABELS_LIGHT: Final = (
    ("#8d2727", "#ead7d6"),
    ("#794207", "#e6dcd0"),
    ("#5a4f00", "#e1dfcf"),
    ("#295d19", "#d8e1d3"),
    ("#0a5d53", "#d2e1de"),
    ("#1a4a82", "#d5dee6"),
    ("#51379b", "#dfdaeb"),
    ("#861c5d", "#e9d5e0"),
)
"""Text on chip of the eight label hues: red, orange, yellow, green, teal, blue, violet, pink."""

LABELS_DARK_256: Final = tuple((hue, 237) for hue in (217, 180, 186, 150, 116, 153, 183, 218))
LABELS_LIGHT_256: Final = tuple((hue, 231) for hue in (88, 94, 58, 22, 23, 24, 54, 89))


def rgb(hexadecimal: str) -> tuple[int, int, int]:
    """`#f5716b` as three numbers of 0 to 255."""
    return int(hexadecimal[1:3], 16), int(hexadecimal[3:5], 16), int(hexadecimal[5:7], 16)


def mix(over: str, under: str, share: float) -> str:
    """`share` (0 to 1) of one colour laid over another, as `#rrggbb`."""
    pairs = zip(rgb(over), rgb(under), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _derived(base: dict[str, str], tint: float, bar: float) -> dict[str, str]:
    tokens = dict(base)
    for role in TINTED:
        tokens[f"{role}_bg"] = mix(base[role], base["background"], tint)
    for role in (*TINTED, "closed", "accent"):
        tokens[f"bar_{role}"] = mix(base[role], base["background"], bar)
    return tokens


def _derived_256(base: dict[str, int]) -> dict[str, int]:
    tokens = dict(base)
    tokens.update({f"{role}_bg": base["raised"] for role in TINTED})
    tokens.update({f"bar_{role}": base[role] for role in (*TINTED, "closed", "accent")})
    return tokens


TRUE: Final = {True: _derived(DARK, 0.16, 0.72), False: _derived(LIGHT, 0.13, 0.80)}
"""Truecolor by `dark`, with tints (16% dark, 13% light over the background) and bars (72%, 80%)."""

C256: Final = {True: _derived_256(DARK_256), False: _derived_256(LIGHT_256)}
"""Palette entries by `dark`; every tint is `raised`, every bar its hue."""

C16: Final = {True: DARK_16, False: LIGHT_16}

LABELS: Final = {True: LABELS_DARK, False: LABELS_LIGHT}
LABELS_256: Final = {True: LABELS_DARK_256, False: LABELS_LIGHT_256}

ROLES: Final = frozenset(TRUE[True])
"""Every name that `Look.style` takes, besides the aliases."""


def role(name: str) -> str:
    """The role behind a name or alias; an unknown one is a KeyError, because it is a fault of ours."""
    found = ALIASES.get(name, name)
    if found not in ROLES:
        raise KeyError(name)
    return found
