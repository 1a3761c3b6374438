"""What this terminal can show, decided once before Textual starts, and why (for `doctor`).

It reads an environment that is handed over, never the process's own, and knows neither Textual nor a
database. A plain ssh session does not carry COLORTERM: it is 256 colours, and gets a palette made for them.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final

from crm_tui.i18n import N_, Text
from crm_tui.ui.look import Depth, Look

_DEPTHS: Final = {"truecolor": Depth.TRUE, "256": Depth.C256, "standard": Depth.C16, "windows": Depth.C16}
_SYSTEMS: Final = {Depth.TRUE: "truecolor", Depth.C256: "256", Depth.C16: "standard", Depth.MONO: "standard"}
_RICH_TERMS: Final = ("kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "tmux")
"""Names that say nothing of 256 but mean at least that; over ssh only the name arrives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A look, and one sentence each for the colours, the ground and the glyphs."""

    look: Look
    reasons: tuple[Text, ...]


def _depth(environ: Mapping[str, str], color_system: str | None) -> tuple[Depth, Text]:
    term = environ.get("TERM", "").strip().lower()
    if "NO_COLOR" in environ:
        return Depth.MONO, Text(N_("no colours: NO_COLOR is set"))
    if term == "linux":
        return Depth.C16, Text(N_("16 colours: the Linux console"))
    if color_system is not None:
        depth = _DEPTHS.get(color_system, Depth.C16)
        return depth, Text(
            N_("{depth} colours: the console says {system}"), {"depth": depth, "system": color_system}
        )
    if term in ("", "dumb", "unknown") or term.startswith("vt"):
        return Depth.MONO, Text(N_("no colours: TERM is {term}"), {"term": term or "-"})
    announced = environ.get("COLORTERM", "").strip().lower()
    screen = "STY" in environ and term.startswith("screen")  # GNU screen 4 cannot pass 24 bits on
    if (announced in ("truecolor", "24bit") or term.endswith("-direct")) and not screen:
        return Depth.TRUE, Text(N_("24-bit colours: COLORTERM is {value}"), {"value": announced or term})
    if "256color" in term or any(name in term for name in _RICH_TERMS):
        return Depth.C256, Text(
            N_("256 colours: TERM is {term}, and COLORTERM does not say more"), {"term": term}
        )
    return Depth.C16, Text(N_("16 colours: TERM is {term}"), {"term": term})


def _dark(environ: Mapping[str, str]) -> tuple[bool, Text]:
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    if ground.isdigit():
        dark = int(ground) in (0, 1, 2, 3, 4, 5, 6, 8)
        word = N_("dark: COLORFGBG is {value}") if dark else N_("light: COLORFGBG is {value}")
        return dark, Text(word, {"value": environ["COLORFGBG"]})
    return True, Text(N_("dark: nothing says otherwise"))


def _ascii(environ: Mapping[str, str]) -> tuple[bool, Text]:
    if environ.get("TERM", "").strip().lower() == "linux":
        return True, Text(N_("plain ASCII signs: the Linux console lacks the others"))
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(name, "").strip()
        if value:
            if value.lower().replace("-", "").endswith("utf8"):
                return False, Text(N_("all signs: {name} is {value}"), {"name": name, "value": value})
            return True, Text(N_("plain ASCII signs: {name} is {value}"), {"name": name, "value": value})
    return False, Text(N_("all signs: no locale is set, so UTF-8 is taken"))


def choose_look(
    environ: Mapping[str, str],
    color_system: str | None = None,
    *,
    depth: Depth | None = None,
    dark: bool | None = None,
    ascii: bool | None = None,
) -> Choice:
    """The look for this environment; what is forced by option or config wins, and the reasons say so.

    `color_system` is Rich's name of what its console found (`truecolor`, `256`, `standard`), if asked.
    """
    found_depth, why_depth = _depth(environ, color_system)
    found_dark, why_dark = _dark(environ)
    found_ascii, why_ascii = _ascii(environ)
    if depth is not None:
        found_depth, why_depth = depth, Text(N_("colours {depth}: chosen"), {"depth": depth})
    if dark is not None:
        found_dark, why_dark = dark, Text(N_("dark: chosen") if dark else N_("light: chosen"))
    if ascii is not None:
        found_ascii = ascii
        why_ascii = Text(N_("plain ASCII signs: chosen") if ascii else N_("all signs: chosen"))
    return Choice(Look(found_depth, found_dark, found_ascii), (why_depth, why_dark, why_ascii))


def theme_name(look: Look) -> str:
    """The theme for a look; without colour it is the one of 16 colours."""
    suffix = {Depth.TRUE: "", Depth.C256: "-256", Depth.C16: "-16", Depth.MONO: "-16"}[look.depth]
    return ("crm-escuro" if look.dark else "crm-claro") + suffix


FRAMES: Final = 120
"""Drawn a second at most."""


def prepare(environ: MutableMapping[str, str], look: Look) -> None:
    """Make Textual see the same depth as we; call it before Textual is imported, on os.environ.

    Textual reads TEXTUAL_COLOR_SYSTEM and TEXTUAL_THEME at import, and NO_COLOR in `App.__init__`. Without
    colour it still needs a colour system, or Rich writes no bold and no reverse either, and the cursor row
    could not be seen. With TEXTUAL_ALLOW_SIGNALS ctrl+z, our undo, would stop the process (measured).

    A change that is not drawn at once waits for Textual's next frame, up to 16 ms at its sixty a second: at
    `FRAMES` the median key of a search took 17 ms instead of 32, with the same bytes sent and none while idle.
    Whoever sets TEXTUAL_FPS, for a slow line, is asked nothing.
    """
    environ.pop("TEXTUAL_ALLOW_SIGNALS", None)
    environ.setdefault("TEXTUAL_FPS", str(FRAMES))
    environ["TEXTUAL_COLOR_SYSTEM"] = _SYSTEMS[look.depth]
    environ["TEXTUAL_THEME"] = theme_name(look)  # changed later, the whole stylesheet is parsed twice (20 ms)
    if look.depth is Depth.MONO:
        environ["NO_COLOR"] = "1"
    else:
        environ.pop("NO_COLOR", None)
