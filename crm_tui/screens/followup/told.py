"""The line of Hoje about stages: how many cards of one's own, or of those whom one leads, are late there. (E29)

Derived, and read behind the rows in the reading thread; where nothing is late or near there is no line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from textual.strip import Strip
from textual.widget import Widget

from crm_tui.domain.notice import AT_MOST, DueStages
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.latest import Latest
from crm_tui.services.notice import views
from crm_tui.ui import formats
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint, width_of


class StageLine(Lines):
    """One row; not there while there is nothing to say."""

    DEFAULT_CSS = "StageLine { height: 1; width: 100%; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def show(self, words: str) -> None:
        """Say this; nothing takes no row."""
        self.words = words
        self.display = bool(words)
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        look = self.look
        keys = [key_word(key, ascii=look.ascii) for key in in_force().of("work.notices")[:1]]
        right = [Run(key, "accent", True) for key in keys] + [Run(f" {say(N_('lists them'))} ", "muted")]
        left = [Run(f" {look.glyph('late')} ", "today", True)]
        room = width - width_of(left)
        right = right if keys and width_of(right) + cells(self.words) + 2 <= room else []
        words = look.cut(self.words, room - width_of(right) - 1)
        gap = Run(" " * max(0, room - cells(words) - width_of(right)))
        return [paint(look, [*left, Run(words, "today"), gap, *right], width)]


def said(found: DueStages, today: date) -> str:
    """`2 etapas atrasadas, 1 vence amanhã`; nothing where there is nothing."""
    parts = []
    if found.late:
        parts.append(say_n("{count} late stage", "{count} late stages", found.late, count=_count(found.late)))
    if found.today:
        parts.append(say_n("{count} due today", "{count} due today", found.today, count=_count(found.today)))
    if found.soon:
        count = _count(found.soon)
        if (found.until - today).days == 1:
            parts.append(say_n("{count} due tomorrow", "{count} due tomorrow", found.soon, count=count))
        else:
            day = formats.day_word(found.until, today)
            parts.append(
                say_n("{count} due until {day}", "{count} due until {day}", found.soon, count=count, day=day)
            )
    told = ", ".join(parts)
    return told if found.late or not told else say(N_("Stages: {what}"), what=told)


def _count(n: int) -> str:
    return f"{AT_MOST}+" if n > AT_MOST else str(n)


class StageTeller:
    """Keeps the line over the list of a screen; made once the program's first frame is out."""

    def __init__(self, screen: CrmScreen[Any], over: Widget, then: Callable[[], None]) -> None:
        """`then` is called whenever the line came or went: the list has another room."""
        self._screen, self._then = screen, then
        self.line = StageLine()
        self._asking: Latest[None, DueStages] = Latest(screen, self._ask, self._show)
        assert isinstance(over.parent, Widget)
        over.parent.mount(self.line, before=over)

    def tell(self) -> None:
        """Ask anew, in the reading thread."""
        self._asking.want(None)

    def _ask(self, _: None) -> DueStages:
        found: DueStages = self._screen.crm.read(views.stages)
        return found

    def _show(self, _: None, found: DueStages) -> None:
        before = self.line.display
        self.line.show(said(found, self._screen.today))
        if self.line.display != before:
            self._then()
