"""How a registered action looks in its history: when, whom, number, action, campaign, result with its detail, by whom.

Cells of a row: 0 bar, 2 when (16), account, number (8), action, campaign where there is room, result and detail,
by (8). Under 70 cells campaign and by whom go.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, tzinfo
from typing import Final

from textual.strip import Strip

from crm_tui.domain.action_history import ActionRow
from crm_tui.domain.activity import Tone
from crm_tui.i18n import N_, say
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.queue import Words
from crm_tui.widgets.rows import RowPainter

TONES: Final = {Tone.POSITIVE: "open", Tone.NEGATIVE: "overdue"}
_LEFT, _WHEN, _NUMBER, _BY = 2, 16, 9, 8
_NARROW, _WIDE = 70, 100


def columns(width: int) -> tuple[int, int, int, int, int]:
    """The cells of account, action, campaign, result (with its detail) and by whom."""
    by = _BY if width >= _NARROW else 0
    rest = width - _LEFT - _WHEN - _NUMBER - by - 1
    campaign = rest // 5 if width >= _WIDE else 0
    result = (rest - campaign) * 3 // 10
    action = min(17, (rest - campaign) * 3 // 10)
    return rest - campaign - result - action, action, campaign, result, by


class ActionPainter(RowPainter[ActionRow]):
    """Paints actions at `now` (aware) for a reader in `zone`; `words` are underlined."""

    def __init__(self, now: datetime | None, zone: tzinfo | None, words: Iterable[str] = ()) -> None:
        self.now, self.zone = now, zone
        self.words = Words(word for word in words if ":" not in word)

    def stamp(self, row: ActionRow) -> Hashable:
        return row, self.words.folded, self.now.date() if self.now is not None else None

    def paint(
        self, look: Look, row: ActionRow, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        assert self.now is not None
        assert self.zone is not None
        account, action, campaign, result, by = columns(width)
        ended = f"{row.result or ''}: {row.detail}" if row.detail else row.result or ""
        tone = TONES.get(Tone(row.tone), "text") if row.tone else "text"
        when = formats.stamp(row.done_at, self.now, self.zone)
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(" "),
            Run(look.pad(look.cut(when, _WHEN - 1), _WHEN), "muted"),
            *self._cell(look, row.party or look.glyph("dash"), account, "bright"),
            *self._cell(look, row.number or "", _NUMBER, "muted"),
            *self._cell(look, row.action, action, "text"),
            *self._cell(look, row.campaign or "", campaign, "text"),
            *self._cell(look, ended, result, tone),
            *self._cell(look, row.by, by, "muted"),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def _cell(self, look: Look, text: str, room: int, fg: str) -> list[Run]:
        if room <= 0:
            return []
        shown = look.cut(clean(text), room - 1)
        return [*self.words.runs(shown, fg), Run(" " * (room - cells(shown)), fg)]


class ActionHeads(Lines):
    """The column headings."""

    DEFAULT_CSS = "ActionHeads { height: 1; width: 100%; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        look = self.look
        account, action, campaign, result, by = columns(width)
        heads = (
            (N_("When"), _WHEN),
            (N_("Account"), account),
            (N_("Number"), _NUMBER),
            (N_("Action"), action),
            (N_("Campaign"), campaign),
            (N_("Result"), result),
            (N_("By"), by),
        )
        line = " " * _LEFT + "".join(
            look.pad(look.cut(say(words), room - 1), room) for words, room in heads if room > 0
        )
        return [paint(look, [Run(line, "muted")], width)]
