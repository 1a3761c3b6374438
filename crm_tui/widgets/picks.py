"""The pick field of several answers: `Quente, Feira ▾`, each taken as in `Pick`, the last one dropped by backspace.

`enter` takes what is highlighted and stays; with nothing typed it goes on. It knows no records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.strip import Strip

from crm_tui.domain.fields import item
from crm_tui.widgets.fields import Changed, Leave, edged, field_ground
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of
from crm_tui.widgets.pick import Option, Options, Pick

LEAST = 6
"""Cells that the letters typed keep beside the answers taken."""


class Picks(Pick):
    """See the module. Posts what `Pick` posts; `values` are the answers taken, in the order of taking."""

    DEFAULT_CSS = """
    Picks { height: 1; width: 1fr; layout: vertical; }
    """

    def __init__(
        self,
        options: Options,
        values: Iterable[Option] = (),
        *,
        search: bool = False,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        """`placeholder`: what holds while nothing is taken."""
        super().__init__(self._others, search=search, placeholder=placeholder, id=id)
        self._every = options
        self._values = tuple(values)

    def _others(self, text: str) -> Sequence[Option]:
        taken = {option.value for option in self._values}
        return [option for option in self._every(text) if option.value not in taken]

    # --- value --------------------------------------------------------------------------------------------

    @property
    def values(self) -> tuple[Option, ...]:
        """The answers taken."""
        return self._values

    @property
    def value(self) -> Option | None:
        """All answers as one: their values, and what they are called, parted by commas; None if there is none."""
        if not self._values:
            return None
        named = ",".join(item(option.label) for option in self._values)
        return Option(",".join(option.value for option in self._values), named)

    @property
    def raw(self) -> str:
        """The letters of a search that is not finished, else the values."""
        return self._text or ",".join(option.value for option in self._values)

    def set_values(self, values: Iterable[Option]) -> None:
        """Put answers in without a message."""
        self._values = tuple(values)
        self._close()

    def take(self, index: int) -> bool:
        """Take one answer more of the list; False if there is none."""
        if not 0 <= index < len(self._found):
            return False
        self._values = (*self._values, self._found[index])
        self._close()
        self.post_message(Changed(self, self.raw))
        return True

    # --- keys ---------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """`enter` takes what is highlighted and stays for another; with the list closed it goes on."""
        if self._open:
            self.take(self._at)
        else:
            self.post_message(Leave(self, 1, "enter"))

    def action_erase(self, left: int = -1) -> None:
        """A search down to so many letters (-1: all but the last), else the last answer."""
        if self._text:
            self._type(self._text[:left])
        elif self._values:
            self._values = self._values[:-1]
            self._close()
            self.post_message(Changed(self, self.raw))

    # --- drawing ------------------------------------------------------------------------------------------

    def face(self, width: int) -> Strip:
        """The field's row: the answers taken, what is typed behind them."""
        look, focused = self.look, self.has_focus
        ground = field_ground(look, focused=focused, wrong=self._wrong)
        room = max(0, width - 2 - 2)
        runs: list[Run] = []
        if not self._values and not self._text:
            runs.append(Run(look.cut(self._placeholder, room), "muted"))
        if self._values:
            left = room - (max(LEAST, cells(self._text) + 1) if self._text else 0)
            runs.append(Run(self._fitting(left), "bright" if focused else "text"))
        if self._text:
            before = ", " if self._values else ""
            typed = look.cut(self._text, max(1, room - width_of(runs) - cells(before) - 1))
            runs += [Run(before, "muted"), Run(typed, "bright"), Run(" ", "on_accent", ground="accent")]
        runs.append(Run(" " * max(0, width - 3 - width_of(runs)), "text"))
        inner = paint(look, [*runs, Run(look.glyph("choice"), "muted")], width - 2, ground)
        return edged(look, inner, focused=focused, wrong=self._wrong)

    def _fitting(self, room: int) -> str:
        """As many names as fit, then how many more there are; a single one is cut."""
        names = [clean(option.label) for option in self._values]
        for shown in range(len(names), 0, -1):
            rest = f" +{len(names) - shown}" if shown < len(names) else ""
            words = ", ".join(names[:shown]) + rest
            if cells(words) <= room:
                return words
        return self.look.cut(names[0], room)
