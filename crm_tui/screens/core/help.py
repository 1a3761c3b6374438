"""`?`, `f1`: the keys of the place below by purpose, and the signs with their words; `/` searches.

Made from the keys in force and what the place offers, so it cannot lie. It knows no module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.text import fold
from crm_tui.i18n import C_, N_, say, say_in
from crm_tui.screens.core.base import ALWAYS, CrmScreen, keys
from crm_tui.services.access import views as access
from crm_tui.services.core.reading import Denied
from crm_tui.ui import formats
from crm_tui.ui.actions import SCOPES as TABLE
from crm_tui.ui.footers import footer, help_rows
from crm_tui.widgets.bars import ROOMY, Footer, FooterBar, HeaderBar, Title, TitleBar
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of

COLUMN: Final = 38
"""Cells of a column: the longest help has 30, and keys of seven go before it."""
GAP: Final = 2
KEYS: Final = 9
SMALL: Final = 6
"""Groups of so many rows are not parted."""
AFTER: Final = 1
"""So many purposes stand before the signs: the first question is what they mean."""
_SIGNS: Final = (
    ("overdue", "", "overdue", C_("sign", "overdue")),
    ("today", "", "today", C_("sign", "today")),
    ("internal", "", "internal", C_("sign", "internal date")),
    ("open", "", "open", C_("sign", "open")),
    ("closed", "", "closed", C_("sign", "closed")),
    ("draft", "", "accent", C_("sign", "to finish")),
    ("none", "", "none", C_("sign", "no next step")),
    ("stale", "9d", "stale", C_("sign", "idle for 9 days")),
    ("late", "3d", "today", C_("sign", "late in its stage")),
    ("reopened", "", "internal", C_("sign", "reopened")),
    ("snoozed", "", "muted", C_("sign", "put off")),
    ("mark", "", "accent", C_("sign", "marked")),
)
_MODES: Final = ("place", "record", "board")
"""The innermost keys of the modes: what is opened above one (a record, settings, an import) has its own."""
_LEFT: Final = 6
"""The first so many signs stand in the left half of their column."""

Row = list[Run]
Group = tuple[str, list[Row]]


class Pages(Lines):
    """Groups of rows flowing through columns and pages."""

    DEFAULT_CSS = "Pages { width: 100%; height: 1fr; }"
    GROUND = "surface"

    def __init__(self) -> None:
        super().__init__()
        self.groups: Sequence[Group] = ()
        self.page = 0

    def show(self, groups: Sequence[Group]) -> None:
        """Other groups, from the first page."""
        self.groups, self.page = groups, 0
        self.sync()

    def turn(self, by: int) -> None:
        """The page after or before."""
        self.page = max(0, min(len(self.pages()) - 1, self.page + by))
        self.sync()

    def pages(self) -> list[list[list[Row]]]:
        """Pages of columns of rows at the present size."""
        width, height = self.size.width, max(3, self.size.height)
        columns = self._columns(width, height)
        at_once = max(1, (width - 2 + GAP) // (COLUMN + GAP))
        return [columns[i : i + at_once] for i in range(0, len(columns), at_once)] or [[]]

    def _columns(self, width: int, height: int) -> list[list[Row]]:
        columns: list[list[Row]] = [[]]
        for title, rows in self.groups:
            if columns[-1]:
                columns[-1].append([])
            whole = len(rows) + 1 if len(rows) <= SMALL else 3
            if len(columns[-1]) + min(whole, height) > height:
                columns.append([])
            columns[-1].append(self._heading(title, width))
            for row in rows:
                if len(columns[-1]) >= height:
                    columns.append([self._heading(title, width)])
                columns[-1].append(row)
        return columns

    def _heading(self, title: str, width: int) -> Row:
        room = min(COLUMN, width - 2)
        return [Run(f"{title} ", "muted"), Run(self.look.rule(room - cells(title) - 1), "line")]

    def draw(self, width: int, height: int) -> list[Strip]:
        pages = self.pages()
        self.page = min(self.page, len(pages) - 1)
        drawn = []
        for rows in zip_longest(*pages[self.page], fillvalue=list[Run]()):
            runs = [Run(" ")]
            for i, row in enumerate(rows):
                runs += row
                if i < len(rows) - 1:
                    runs.append(Run(" " * (COLUMN + GAP - width_of(row))))
            drawn.append(paint(self.look, runs, width, self.GROUND))
        return drawn


def _aligned(rows: Sequence[tuple[str, str]]) -> list[Row]:
    """The rows of a group with their helps in line: as many keys each as then have room, at least the first."""
    most = max(KEYS, COLUMN - max(cells(helped) for _, helped in rows))
    shown = []
    for held, helped in rows:
        every = held.split("  ")
        while len(every) > 1 and cells(" ".join(every)) >= most:
            every.pop()
        shown.append((" ".join(every), helped))
    room = max(KEYS, *(cells(held) + 1 for held, _ in shown))
    return [
        [
            Run(held, "accent", True),
            Run(" " * max(1, min(room, COLUMN - cells(helped)) - cells(held)) + helped),
        ]
        for held, helped in shown
    ]


class HelpScreen(CrmScreen[None]):
    """See the module. `scopes` and `offers` are those of the screen below."""

    FOOTER = "help"
    SCOPES = ("app", "help")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("he.filter", "he.up", "he.down", "he.close"))
    BINDINGS = keys(SCOPES, OFFERS)
    CSS = "HelpScreen { layout: vertical; background: $surface; }"

    def __init__(self, scopes: Sequence[str], offers: Iterable[str] = ALWAYS, **_: Any) -> None:
        super().__init__()
        self.scopes, self.offers = tuple(scopes), frozenset(offers)
        self.header = HeaderBar()
        self.title_bar = TitleBar()
        self.pages = Pages()
        self.footer = FooterBar()
        self.words = ""
        self._line: Line | None = None

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.title_bar
        yield self.pages
        yield self.footer

    def on_mount(self) -> None:
        below = next((s for s in reversed(self.app.screen_stack[:-1]) if hasattr(s, "header")), None)
        if below is not None:
            self.header.show(below.header.value)
        self._show()

    def on_resize(self) -> None:
        *hints, last = footer(
            self.FOOTER, self.app.size.width, only=self.OFFERS | ALWAYS, ascii=self.shell.look.ascii
        )
        self.footer.show(Footer(tuple(hints), last))
        self.call_after_refresh(self._tell)

    # --- what is shown ------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.pages.show(self._groups())
        self._tell()

    def _tell(self) -> None:
        inner = next((scope for scope in reversed(self.scopes) if scope != "text"), "app")
        place = say_in("keys", TABLE[inner].title)
        count = say(N_("{n} of {all}"), n=self.pages.page + 1, all=len(self.pages.pages()))
        self.title_bar.show(
            Title(
                say(N_("Keys here: {place}"), place=self._mode() or place),
                self.words
                or (say(N_("/ looks for a key or an action")) if self.app.size.width >= ROOMY else ""),
                count=count,
            )
        )

    def _mode(self) -> str:
        """The name of the mode below; an editor or form goes by the title of its keys."""
        digit = self.header.value.current if self.scopes[-1] in _MODES else ""
        return next((name for d, name in self.shell.modes_shown if d == digit and d), "")

    def _groups(self) -> list[Group]:
        wanted = fold(self.words).split()

        def fits(*texts: str) -> bool:
            return all(any(word in fold(text) for text in texts) for word in wanted)

        found: list[Group] = []
        for title, rows in help_rows(self.scopes, only=self.offers, ascii=self.shell.look.ascii):
            kept = [(held, helped) for held, helped in rows if fits(held, helped)]
            if kept:
                found.append((title, _aligned(kept)))
        signs = self._signs(fits)
        if signs:
            found.insert(min(AFTER, len(found)), (say(N_("Signs")), signs))
        return found if wanted else [*found, *self._whose()]

    def _whose(self) -> list[Group]:
        """The company whose database it is, behind the keys: its logo, how it is registered. (M105)"""
        if self.shell.first_start is not None:  # there is no base yet
            return []
        try:
            company = self.crm.read(access.company)
        except Denied:
            return []
        lines = [*company.logo.splitlines(), company.legal_name]
        lines += [formats.document(company.document)] if company.document else []
        rows = [[Run(self.shell.look.cut(clean(line), COLUMN))] for line in lines if line]
        return [(clean(company.name or say(N_("Company"))), rows)] if rows else []

    def _signs(self, fits: Any) -> list[Row]:
        look = self.shell.look
        shown = [
            (look.glyph(glyph) + after, tone, say_in("sign", word))
            for glyph, after, tone, word in _SIGNS
            if fits(say_in("sign", word))
        ]
        rows: list[Row] = []
        for left, right in zip_longest(shown[:_LEFT], shown[_LEFT:]):
            row: Row = []
            if left is not None:
                row = [Run(left[0], left[1]), Run(f" {left[2]}")]
            if right is not None:
                row += [
                    Run(" " * (17 - width_of(row))),
                    Run(right[0], right[1]),
                    Run(" " * (4 - cells(right[0])) + right[2]),
                ]
            rows.append(row)
        return rows

    # --- keys -----------------------------------------------------------------------------------------------

    def action_he_down(self) -> None:
        self.pages.turn(1)
        self._tell()

    def action_he_up(self) -> None:
        self.pages.turn(-1)
        self._tell()

    def action_he_close(self) -> None:
        """One Esc, one step: the search, then the help."""
        if self._line is not None or self.words:
            self._leave_search(keep=False)
        else:
            self.dismiss(None)

    def action_he_filter(self) -> None:
        """The search takes the place of the title row."""
        if self._line is None:
            self._line = Line(self.words, placeholder=say(N_("a key or an action")), flat=True)
            self.title_bar.display = False
            self.mount(self._line, before=self.pages)
            self._line.focus()

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self.words = event.raw.strip()
        self._show()

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self._leave_search(keep=True)

    def _leave_search(self, *, keep: bool) -> None:
        if not keep:
            self.words = ""
        if self._line is not None:
            self._line.remove()
            self._line = None
            self.title_bar.display = True
        self._show()
