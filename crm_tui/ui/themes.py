"""Textual themes made from the tokens: dark and light in 24 bits, 256 entries and 16 colours.

The styles of the drawn lists come from `ui.look`; this is for what Textual draws itself (grounds of panes,
inputs, scrollbars). It must not know a widget of ours.
"""

from __future__ import annotations

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

from crm_tui.ui import tokens
from crm_tui.ui.look import Depth, Look, entry_rgb
from crm_tui.ui.terminal import Choice, choose_look, prepare, theme_name

__all__ = ["THEMES", "Choice", "ansi_color", "choose_look", "prepare", "theme_name", "variable_defaults"]

_FIELDS: Final = frozenset({"background", "surface", "accent", "text"})
"""Roles that Textual has a field of its own for; `$text` must stay its automatic contrast colour."""

_ANSI_NAMES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def stand_in(entry: int) -> str:
    """An RGB that Rich rounds to exactly this palette entry.

    Stylesheets take RGB only, and Rich sends what has an HLS saturation under 0.15 to its own grey ramp:
    entry 247 (#9e9e9e) would come out as 246, and the greys of the colour cube (59, 102, 145, 188) never.
    """
    if entry >= 232:
        grey = round((entry - 231) / 25 * 255)
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    red, green, blue = entry_rgb(entry)
    if red == green == blue and 0 < red < 255:
        return f"#{red - 19:02x}{green:02x}{blue + 19:02x}"
    return f"#{red:02x}{green:02x}{blue:02x}"


def _variables(palette: dict[str, str]) -> dict[str, str]:
    own = {role.replace("_", "-"): value for role, value in palette.items() if role not in _FIELDS}
    return own | {
        "block-cursor-background": palette["selection"],
        "block-cursor-foreground": palette["bright"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": palette["idle"],
        "block-cursor-blurred-foreground": palette["bright"],
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": palette["marked"],
        "input-cursor-background": palette["accent"],
        "input-cursor-foreground": palette["on_accent"],
        "input-cursor-text-style": "none",
        "input-selection-background": palette["selection"],
        "input-selection-foreground": palette["bright"],
        "screen-selection-background": palette["selection"],
        "screen-selection-foreground": palette["bright"],
        "border": palette["line"],
        "border-blurred": palette["line"],
        "scrollbar": palette["line"],
        "scrollbar-hover": palette["muted"],
        "scrollbar-active": palette["accent"],
        "scrollbar-background": palette["background"],
        "scrollbar-background-hover": palette["background"],
        "scrollbar-background-active": palette["background"],
        "scrollbar-corner-color": palette["background"],
        "link-color": palette["accent"],
        "link-color-hover": palette["bright"],
    }


def _theme(name: str, dark: bool, palette: dict[str, str]) -> Theme:
    return Theme(
        name,
        dark=dark,
        primary=palette["accent"],
        accent=palette["accent"],
        foreground=palette["text"],
        background=palette["background"],
        surface=palette["surface"],
        panel=palette["raised"],
        success=palette["open"],
        warning=palette["today"],
        error=palette["overdue"],
        text_alpha=1.0,
        variables=_variables(palette),
    )


def _ansi_name(number: int | None) -> str:
    if number is None:
        return "ansi_default"
    return f"ansi_{'bright_' if number > 7 else ''}{_ANSI_NAMES[number % 8]}"


def _ansi_theme(name: str, dark: bool) -> Theme:
    """It starts from the built-in one's variables, or Textual's own stylesheet fails on `$ansi-background`.

    Cursors are reversed instead of coloured, so that they stay when NO_COLOR takes the colours away.
    """
    found = {role: _ansi_name(ansi.color) for role, ansi in tokens.C16[dark].items()}
    if not dark:
        found["today"] = "ansi_default"  # the badge is two colours, and one token is one
    for role in tokens.TINTED:
        found[f"bar_{role}"] = found.get(role, "ansi_default")
    default = dict.fromkeys(tokens.ROLES, "ansi_default")
    built_in = BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"].variables
    return Theme(
        name,
        dark=dark,
        ansi=True,
        primary="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        success=_ansi_name(tokens.C16[dark]["open"].color),
        warning=found["today"],
        error=_ansi_name(tokens.C16[dark]["overdue"].color),
        variables=built_in
        | {role.replace("_", "-"): v for role, v in (default | found).items() if role not in _FIELDS}
        | {
            "block-cursor-background": "ansi_default",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-text-style": "bold reverse",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
            "border": "ansi_default",
            "border-blurred": "ansi_default",
        },
    )


def _hex_256(dark: bool) -> dict[str, str]:
    return {role: stand_in(entry) for role, entry in tokens.C256[dark].items()}


THEMES: Final = (
    _theme("crm-escuro", True, tokens.TRUE[True]),
    _theme("crm-claro", False, tokens.TRUE[False]),
    _theme("crm-escuro-256", True, _hex_256(True)),
    _theme("crm-claro-256", False, _hex_256(False)),
    _ansi_theme("crm-escuro-16", True),
    _ansi_theme("crm-claro-16", False),
)
"""All of them, for `App.register_theme`."""


def ansi_color(look: Look) -> bool | None:
    """What `App(ansi_color=...)` needs, before `super().__init__`: with it, and only with it, NO_COLOR leaves
    nothing but bold, underline and reverse; with an RGB theme Textual paints 24-bit greys."""
    return True if look.depth in (Depth.C16, Depth.MONO) else None


def variable_defaults() -> dict[str, str]:
    """For `App.get_theme_variable_defaults`: without them the first stylesheet parse ends the program."""
    return {role.replace("_", "-"): v for role, v in tokens.TRUE[True].items() if role not in _FIELDS}
