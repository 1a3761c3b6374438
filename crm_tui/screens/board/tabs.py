"""The parts of an opened card that are its own: head, stage path, due band, the row of tabs, rows one chooses.

Each is fed with facts and draws one row, or a pane of them; none of them reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from textual.strip import Strip

from crm_tui.domain.aside import put_off
from crm_tui.domain.board import CardDetail, CardStatus, StageRow
from crm_tui.domain.due import DueState
from crm_tui.i18n import N_, say, say_n
from crm_tui.ui import formats
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of
from crm_tui.widgets.pane import Pane

ROOMY = 100
"""From so many cells flags are words; under it they are their signs, as in a list."""


def _row(look: Look, left: Sequence[Run], right: Sequence[Run], width: int, ground: str) -> Strip:
    """Left and right on one row; the right side goes if they would touch."""
    if width_of(left) + width_of(right) + 3 > width:
        right = ()
    gap = Run(" " * max(0, width - 1 - width_of(left) - width_of(right)))
    return paint(look, [*left, gap, *right], width, ground)


class Bar(Lines):
    """One row whose runs the screen gives."""

    DEFAULT_CSS = "Bar { height: 1; width: 100%; }"

    def __init__(self, ground: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.GROUND = ground
        self._left: Sequence[Run] = ()
        self._right: Sequence[Run] = ()

    def show(self, left: Sequence[Run], right: Sequence[Run] = (), ground: str | None = None) -> None:
        """Other words; nothing is sent if they look the same."""
        self._left, self._right = left, right
        self.GROUND = ground or self.GROUND
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        return [_row(self.look, self._left, self._right, width, self.GROUND)]


@dataclass(frozen=True, slots=True)
class Shown:
    """What head, path and band say: the card, its board's stages, what its next step is, and when it is now."""

    card: CardDetail
    stages: Sequence[StageRow]
    action: str
    now: datetime
    zone: tzinfo


def head(look: Look, card: CardDetail, place: str, notice: str, width: int) -> tuple[list[Run], list[Run]]:
    """Number, title and person; where it stands in the list, and what it is worth."""
    worth = [Run(formats.money(card.value_one_off), "bright", True)]
    if card.value_recurring:
        monthly = say(N_("+ {sum} a month"), sum=formats.money(card.value_recurring))
        worth.append(Run(f"  {monthly}", "muted"))
    where = [Run(f"{place}  ", "muted"), Run("[ ]   ", "accent", True)] if place else []
    right = [*where, *worth]
    number, title, party = card.number, clean(card.title), clean(card.party or "")
    if notice:
        left = [Run(f" {number}  ", "muted"), Run(notice, "text")]
        return left, right if width_of(left) + width_of(right) + 3 <= width else []
    for ending in (right, worth):
        room = width - width_of(ending) - 4 - cells(number) - 3
        if room >= min(24, cells(title)):
            break
    names = [Run(look.cut(title, room), "bright", True)]
    left_over = room - cells(title) - 2
    if party != title and left_over >= 6:
        names.append(Run(f"  {look.cut(party, left_over)}" if party else "", "text"))
    return [Run(f" {number}  ", "muted"), *names], ending


def path(shown: Shown, look: Look, width: int) -> tuple[list[Run], list[Run]]:
    """The stages from left to right with the card's own marked, and how long it stands there."""
    right = _stay(shown, look, wide=width >= ROOMY)
    stages = [s for s in shown.stages if s.category in ("open", "paused") or s.id == shown.card.stage_id]
    here = next((n for n, s in enumerate(stages) if s.id == shown.card.stage_id), 0)
    for words in (right, ()):
        first, last = 0, len(stages)
        while True:
            runs = _steps(shown, look, stages, here, first, last)
            if width_of(runs) + width_of(words) + 3 <= width or (first == here and last == here + 1):
                break
            if first < here and (here - first >= last - 1 - here or last == here + 1):
                first += 1
            else:
                last -= 1
        if last - first > 1 or len(stages) == 1 or not words:
            return runs, list(words)
    return runs, []


def _steps(
    shown: Shown, look: Look, stages: Sequence[StageRow], here: int, first: int, last: int
) -> list[Run]:
    runs = [Run(f" {look.glyph('left')} " if first else " ", "accent")]
    for n in range(first, last):
        name = clean(stages[n].name)
        if n == here:
            chance = shown.card.probability
            said = f" {look.glyph('path')} {name}{f' {chance}%' if chance is not None else ''} "
            runs.append(Run(said, "bright", True, "selection"))
            runs.append(Run("  "))
        elif n < here:
            runs.append(Run(f"{look.glyph('closed')} {name}   ", "muted"))
        else:
            runs.append(Run(f" {name}   ", "muted"))
    if last < len(stages):
        runs.append(Run(look.glyph("right"), "accent"))
    return runs


def _stay(shown: Shown, look: Look, *, wide: bool) -> list[Run]:
    """`13 dias, prazo 10  »3d atrasada`: days in the stage, the days allowed, how late it is."""
    card = shown.card
    if card.entered_at is None or card.closed:
        return []
    entered = card.entered_at.astimezone(shown.zone).date()
    days = (shown.now.astimezone(shown.zone).date() - entered).days
    said = say_n("{n} day here", "{n} days here", days)
    if card.stage_due_on is not None:
        allowed = (card.stage_due_on - entered).days
        said = say_n("{n} day here, {most} allowed", "{n} days here, {most} allowed", days, most=allowed)
    runs = [Run(said, "muted")]
    if card.late_days is not None:
        late = f"{look.glyph('late')}{formats.days_short(card.late_days)}"
        runs += [Run("  "), Run(say(N_("{late} late"), late=late) if wide else late, "today")]
    return runs


def band(shown: Shown, look: Look, width: int) -> tuple[list[Run], list[Run], str]:
    """What is due, in the tint of its state: the only band on the screen. Left, right, ground."""
    card = shown.card
    over = _over(shown)
    if over:
        said = Run(look.cut(f" {over}", width - 2), "text", True)
        return [Run(look.glyph("bar"), "closed"), said], [], "surface"
    flags = [*_flags(card, look, wide=width >= ROOMY), *_aside(shown, look, wide=width >= ROOMY)]
    state = card.state(shown.now, shown.zone)
    words = formats.when_long(card.facts(), shown.now, shown.zone)
    subject = (
        f"{clean(card.next_subject)}, {words}" if card.next_subject and state is not DueState.NONE else words
    )
    bar = Run(look.glyph("bar"), state)
    with_whom = ", ".join(part for part in (shown.action, clean(card.contact or "")) if part)
    hint = say(N_("p writes a note with the next one, a plans it")) if state is DueState.NONE else with_whom
    sign = f" {look.glyph(state)} "
    room = width - 2 - cells(sign) - width_of(flags) - (3 if flags else 0)
    left = [bar, Run(f"{sign}{look.cut(subject, room)}", state, True)]
    if hint and room - cells(subject) - 3 >= cells(hint):
        left.append(Run(f"   {hint}", "text"))
    return left, list(flags), f"{state}_bg" if state is not DueState.CLOSED else "surface"


_ENDED = {
    CardStatus.WON: N_("Won on {day}"),
    CardStatus.LOST: N_("Lost on {day}"),
    CardStatus.CONVERTED: N_("Converted on {day}"),
    CardStatus.DONE: N_("Done on {day}"),
}


def _over(shown: Shown) -> str:
    """That a card is in the archive or closed, since when, and what may be done about it; nothing of an open one."""
    card, today = shown.card, shown.now.astimezone(shown.zone).date()
    if card.archived_at is not None:
        since = formats.day_word(card.archived_at.astimezone(shown.zone).date(), today)
        return say(N_("In the archive since {day}: o, then a, takes it out"), day=since)
    if not card.closed:
        return ""
    day = formats.day_full(card.closed_on) if card.closed_on is not None else ""
    return say(_ENDED[CardStatus(card.status)], day=day)


def _flags(card: CardDetail, look: Look, *, wide: bool) -> list[Run]:
    """Stale and reopened; that the stage is late stands in the path."""
    runs: list[Run] = []
    if card.stale_days is not None:
        words = say_n("idle for {n} day", "idle for {n} days", card.stale_days)
        short = formats.days_short(card.stale_days)
        runs.append(Run(look.glyph("stale") + (f" {words}" if wide else short), "stale"))
    if card.reopened:
        words = f" {formats.reopened(card.reopen_mode)}" if wide else ""
        runs += [Run("  "), Run(f"{look.glyph('reopened')}{words}", "internal")]
    return runs


def _aside(shown: Shown, look: Look, *, wide: bool) -> list[Run]:
    """Until when it is put off, if it is."""
    until = shown.card.snoozed_until
    if until is None or not put_off(until, shown.now):
        return []
    said = (formats.put_off_long if wide else formats.put_off_until)(until, shown.now, shown.zone)
    return [Run("  "), Run(f"{look.glyph('snoozed')} {said}", "muted")]


class TabBar(Lines):
    """The tabs of a card; the open one bright and underlined."""

    DEFAULT_CSS = "TabBar { height: 1; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self._tabs: Sequence[tuple[str, str]] = ()
        self._open = 0

    def show(self, tabs: Sequence[tuple[str, str]], open: int) -> None:
        """`tabs` are (name, count or nothing); `open` is the number of the open one."""
        self._tabs, self._open = tabs, open
        self.sync()

    def _shown(self, width: int) -> range:
        """The tabs that are shown: where they do not all fit, the open one does, and none is cut."""
        first, last = 0, len(self._tabs)
        while last - first > 1 and sum(map(self._cells, self._tabs[first:last])) > width - 2:
            if last - 1 > self._open:
                last -= 1
            else:
                first += 1
        return range(first, last)

    def tab_at(self, x: int) -> int | None:
        """The tab under a cell, for the mouse."""
        gap, shown = self._gap(self.size.width), self._shown(self.size.width)
        start = 1 if shown.start else gap
        for n in shown:
            end = start + self._cells(self._tabs[n])
            if start <= x < end:
                return n
            start = end + gap
        return None

    @staticmethod
    def _cells(tab: tuple[str, str]) -> int:
        name, count = tab
        return cells(name) + (cells(count) + 1 if count else 0) + 2

    def _gap(self, width: int) -> int:
        """One blank between the tabs, or none where they would not all fit: no name is cut."""
        return int(sum(self._cells(tab) + 1 for tab in self._tabs) + 1 <= width)

    def draw(self, width: int, height: int) -> list[Strip]:
        gap, shown = " " * self._gap(width), self._shown(width)
        runs = [Run(self.look.glyph("left"), "accent") if shown.start else Run(gap)]
        for n in shown:
            name, count = self._tabs[n]
            here = n == self._open
            edge = ("[", "]") if here and not self.look.colourful else (" ", " ")
            text = f"{edge[0]}{name}{f' {count}' if count else ''}{edge[1]}"
            runs += [Run(text, "bright" if here else "muted", here, underline=here), Run(gap)]
        if shown.stop < len(self._tabs):
            runs.append(Run(self.look.glyph("right"), "accent"))
        return [_row(self.look, runs, self._keys(), width, self.GROUND)]

    def _keys(self) -> list[Run]:
        """The keys that change the tab, as the footer would name them; left out whole where there is no room."""
        ways = [in_force().of(action)[:1] for action in ("nav.left", "nav.right")]
        words = [key_word(key, ascii=self.look.ascii) for keys in ways for key in keys]
        return [Run(" ".join(words), "accent", True), Run(f" {say(N_('other tab'))}")] if words else []


class Choices(Pane):
    """A pane whose blocks are chosen one at a time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(ground="background", gap=0, focusable=True, id=id)

    def on_focus(self) -> None:
        if self.chosen is None and self.block_count:
            self.choose(0)

    def _step(self, by: int) -> None:
        if self.block_count:
            self.choose((self.chosen or 0) + by)

    def action_pane_down(self) -> None:
        self._step(1)

    def action_pane_up(self) -> None:
        self._step(-1)

    def action_pane_page_down(self) -> None:
        self._step(self.size.height)

    def action_pane_page_up(self) -> None:
        self._step(-self.size.height)

    def action_pane_first(self) -> None:
        self._step(-self.block_count)

    def action_pane_last(self) -> None:
        self._step(self.block_count)
