"""The three one-row bars of every place: header, title, footer.

Each is fed with a frozen value that has every word already said, and decides only what fits: our words are
never cut, they have a shorter form or are left out. Knows no modes, keys or records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from textual.strip import Strip

from crm_tui.i18n import N_, say, say_n
from crm_tui.ui import formats
from crm_tui.ui.footers import Hint
from crm_tui.ui.look import Look
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, chip, clean, paint, width_of

ROOMY: Final = 76
"""Under so many cells login, sum and the counters' words go."""
MANY: Final = 999


@dataclass(frozen=True, slots=True)
class Counter:
    """A live count of the header: glyph name and role, how many, and a word if there is room."""

    glyph: str
    tone: str
    count: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """`modes` are (digit, name); `current` is the digit of the mode one is in.

    `notices`: so many are unread; they take the place of the counters' words, and of other words where room is short.
    """

    modes: tuple[tuple[str, str], ...] = ()
    current: str = ""
    login: str = ""
    counters: tuple[Counter, ...] = ()
    notices: int = 0
    company: str = ""
    """Whose database it is; it stands before the login where there is room for all of it."""


@dataclass(frozen=True, slots=True)
class Title:
    """Row 1: view and filter at the left; marks, count and sum (in cents) at the right.

    `count` may be a text (`500+`); `hidden` is how many of the marks the filter hides. `notice` says what
    just happened and takes the place of the filter until the next key.
    """

    view: str = ""
    filter: str = ""
    marks: int = 0
    hidden: int = 0
    count: int | str | None = None
    cents: int | None = None
    notice: str = ""
    hue: int = 0
    """The hue of what the view is called after, 1 to 8: a board's."""
    extra: tuple[Run, ...] = ()
    """More at the right, after the marks: the board's sideways hint, the moment of the last save."""


@dataclass(frozen=True, slots=True)
class Footer:
    """`keys` are in the order in which they may fall from the right; `help` never falls."""

    keys: tuple[Hint, ...] = ()
    help: Hint | None = None


def _sides(look: Look, left: Sequence[Run], right: Sequence[Run], width: int, ground: str) -> Strip:
    gap = width - width_of(left) - width_of(right)
    return paint(look, [*left, Run(" " * max(0, gap)), *right], width, ground)


class _Bar(Lines):
    DEFAULT_CSS = "_Bar { height: 1; width: 100%; }"


class HeaderBar(_Bar):
    """Modes, login and counters."""

    GROUND = "raised"

    def __init__(self, value: Header | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.value = value or Header()

    def show(self, value: Header) -> None:
        """Draw another value; sends nothing if it looks the same."""
        self.value = value
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        forms = self._roomy() if width >= ROOMY else []
        forms += self._tight()
        for left, right in forms:
            if width_of(left) + width_of(right) + 1 <= width:
                return [_sides(self.look, left, right, width, self.GROUND)]
        return [paint(self.look, (), width, self.GROUND)]

    def _roomy(self) -> list[tuple[list[Run], list[Run]]]:
        """A long login pushes out the words, then goes itself."""
        modes = self._modes(2)
        login = [Run(clean(self.value.login), "muted"), Run("   ")] if self.value.login else []
        if self.value.notices:
            return [(modes, [*login, *self._counters("  ", True)]), (modes, self._counters("  ", True))]
        name = [Run(clean(self.value.company), "text"), Run("   ")] if self.value.company else []
        return [
            *([(modes, [*name, *login, *self._counters("  ", True)])] if name else []),
            (modes, [*login, *self._counters("  ", True)]),
            (modes, [*login, *self._counters("  ", False)]),
            (modes, self._counters("  ", True)),
        ]

    def _tight(self) -> list[tuple[list[Run], list[Run]]]:
        """Names with small gaps; the current mode by name and the others as digits; the current one alone."""
        counters = self._counters(" ", False)
        alone = self._modes(1, names=False, others=False)
        told = [
            (modes, self._counters(" ", True))
            for modes in (self._modes(1), self._modes(1, names=False), alone)
            if self.value.notices
        ]
        return [
            *told,
            (self._modes(1), counters),
            (self._modes(1, names=False), counters),
            (alone, counters),
            (alone, []),
        ]

    def _modes(self, gap: int, *, names: bool = True, others: bool = True) -> list[Run]:
        """The current mode is a tab on `background`, its blanks included; in 16 colours it is bold."""
        runs: list[Run] = []
        for digit, name in self.value.modes:
            if digit == self.value.current:
                runs.append(Run(f" {digit} {name} ", "bright", True, "background"))
            elif others:
                text = f"{digit} {name}" if names else digit
                before = 1 if not runs or runs[-1].ground else gap
                runs.append(Run(" " * before + text, "muted"))
                if gap > 1:
                    continue
        return self._tabbed(runs, gap)

    @staticmethod
    def _tabbed(runs: list[Run], gap: int) -> list[Run]:
        """The blank before the tab comes from the tab; a gap of two keeps one of its own."""
        spaced: list[Run] = []
        for i, run in enumerate(runs):
            if run.ground and i and gap > 1:
                spaced.append(Run(" ", "muted"))
            spaced.append(run)
        return spaced

    def _counters(self, gap: str, words: bool) -> list[Run]:
        runs: list[Run] = []
        for counter in self.value.counters:
            tone = counter.tone if counter.count else "muted"
            said = self.look.glyph(counter.glyph) + _bounded(counter.count)
            runs.append(Run((gap if runs else "") + said, tone))
            if words and counter.word and not self.value.notices:
                runs.append(Run(f" {counter.word}", "muted"))
        if words and self.value.notices:
            said = say(N_("notices {count}"), count=_bounded(self.value.notices))
            runs.append(Run(f"{gap}{said}", "today", True))
        runs.append(Run(" ", "muted"))
        return runs


def _bounded(count: int) -> str:
    return f"{MANY}+" if count > MANY else str(count)


class TitleBar(_Bar):
    """The place's title: what is shown, how much of it is marked, how many and how much."""

    def __init__(self, value: Title | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.value = value or Title()

    def show(self, value: Title) -> None:
        """Draw another value; sends nothing if it looks the same."""
        self.value = value
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        return [self._fit(width)]

    def _fit(self, width: int) -> Strip:
        """What goes first: the filter is cut (it is data), then the sum leaves, then its neighbours."""
        value, look = self.value, self.look
        sums = [width >= ROOMY, False]
        for with_sum, with_extra, room in (
            (sums[0], True, 12),
            (False, True, 6),
            (False, False, 6),
            (False, False, 0),
        ):
            right = self._right(value, with_sum, with_extra)
            left = width - width_of(right) - 2
            view = clean(value.view)
            if left < min(cells(view), max(room, 1)):
                continue
            runs = [Run(" "), Run(look.cut(view, left), "bright", True)]
            rest = left - cells(view) - 2
            said = value.notice or "  ".join(clean(part) for part in value.filter.split("  "))
            if not value.notice and cells(said) > rest:
                said = said.rpartition(", ")[0] or said  # of ours the end is left out, never cut
            if said and rest > 3 and (not value.notice or cells(said) <= rest):
                runs += [Run("  "), Run(look.cut(said, rest), "text" if value.notice else "muted")]
            elif value.notice:
                runs = [Run(" "), Run(look.cut_sentence(value.notice, left), "text")]
            elif value.hue and left > cells(view):
                runs.append(Run(" "))
            if len(runs) > 2:
                runs = chip(look, runs, value.hue)
            return _sides(look, runs, right, width, self.GROUND)
        return _sides(
            look,
            [Run(" "), Run(look.cut(clean(value.view), width - 2), "bright", True)],
            [],
            width,
            self.GROUND,
        )

    def room(self, value: Title, width: int) -> int:
        """Cells of a row of that width that such a title leaves to what is told behind its name, or in its place
        where its name leaves less than half of them."""
        right = self._right(value, width >= ROOMY, True)
        left = width - width_of(right) - 2
        beside = left - cells(clean(value.view)) - 2
        return beside if beside >= left // 2 else left

    @staticmethod
    def _right(value: Title, with_sum: bool, with_extra: bool) -> list[Run]:
        parts: list[list[Run]] = []
        if value.marks:
            said = say_n("{n} marked", "{n} marked", value.marks)
            if value.hidden and with_extra:
                said += say_n(" ({n} hidden)", " ({n} hidden)", value.hidden)
            parts.append([Run(said, "accent")])
        if with_extra and value.extra:
            parts.append(list(value.extra))
        if value.count is not None:
            count = formats.number(value.count) if isinstance(value.count, int) else value.count
            parts.append([Run(count, "text", True)])
        if with_sum and value.cents is not None:
            parts.append([Run(formats.money_total(value.cents), "muted")])
        runs: list[Run] = []
        for i, part in enumerate(parts):
            wide = i == 1 and value.marks and with_sum
            runs += [Run("   " if wide else "  "), *part] if i else part
        return [*runs, Run(" ")]


class FooterBar(_Bar):
    """The few keys that matter here, and help."""

    GROUND = "raised"

    def __init__(self, value: Footer | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.value = value or Footer()

    def show(self, value: Footer) -> None:
        """Draw another value; sends nothing if it looks the same."""
        self.value = value
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        return [self._fit(width)]

    def _fit(self, width: int) -> Strip:
        """Gaps of 3, or of 2 if all keys then fit; else as many as fit with 2. No label is ever cut."""
        right = [*_key(self.value.help), Run(" ")] if self.value.help is not None else []
        room = width - 1 - width_of(right) - (1 if right else 0)
        wide = _spread(self.value.keys, 3)
        left = wide if width_of(wide) <= room - 2 else None
        keys = self.value.keys
        while left is None:
            tight = _spread(keys, 2)
            if width_of(tight) <= room or not keys:
                left = tight
            keys = keys[:-1]
        return _sides(self.look, [Run(" "), *left], right, width, self.GROUND)


def _key(hint: Hint) -> list[Run]:
    if hint.barred:
        return [Run(f"{hint.key} {hint.label}", "muted")]
    return [Run(hint.key, "accent", True), Run(f" {hint.label}")]


def _spread(keys: Iterable[Hint], gap: int) -> list[Run]:
    runs: list[Run] = []
    for key in keys:
        if runs:
            runs.append(Run(" " * gap))
        runs += _key(key)
    return runs
