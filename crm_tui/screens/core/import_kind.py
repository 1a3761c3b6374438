"""What one kind of import brings to the preview that all kinds share, and how a row of that preview is drawn.

Contacts, calendar files: each is one small object (`ImportKind`); the screen is `core.importing`. Knows no kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, TypeVar

from crm_tui.i18n import N_, Text, say, say_in, say_n
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run, cells, ground_of, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.rows import RowPainter

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.widget import Widget

    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.importing import ImportScreen
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm
    from crm_tui.ui.look import Look

R = TypeVar("R")

LINE: Final = 6
ROOMY: Final = 76
"""From so many cells on there is room for more columns and wider ones."""


class Becomes(NamedTuple):
    """How one verdict is shown: glyph, role, its word (in the context of its kind) and how it is counted (of the
    number and the number as it is written). `always`: counted even where there is none."""

    glyph: str
    tone: str
    word: str
    counted: Callable[[int, str], str]
    always: bool = False


def fresh(word: str, *, always: bool = False) -> Becomes:
    """What is not here yet; `word` is what a row of it says."""
    return Becomes("open", "open", word, lambda n, s: say_n("{shown} new", "{shown} new", n, shown=s), always)


def known(word: str, *, always: bool = False) -> Becomes:
    """What is here already, as it stands in the file."""
    return Becomes(
        "closed", "closed", word, lambda n, s: say_n("{shown} known", "{shown} known", n, shown=s), always
    )


def wrong(word: str, *, always: bool = False) -> Becomes:
    """What cannot be taken in."""
    return Becomes(
        "overdue", "overdue", word, lambda n, s: say_n("{shown} error", "{shown} errors", n, shown=s), always
    )


class Step(NamedTuple):
    """What takes in one row: the row's line in the file, its verdict, and the command, if it is made already."""

    line: int
    verdict: str
    command: Command | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[R]):
    """A file read and judged; `rows` are all of them in the file's order, `layout` how the file is recognised, `opened`
    what its reader gave, for whoever writes its rows again, `hows` how columns of dates and of money are read, by their
    place."""

    path: Path
    rows: Sequence[R]
    layout: str = ""
    opened: Any = None
    hows: Mapping[int, str] = field(default_factory=dict)


class ImportKind(ABC, Generic[R]):
    """One kind of import; `R` is a row of its preview. An object is made for each screen that opens."""

    TITLE: ClassVar[str]
    EXAMPLE: ClassVar[str]
    """A path, shown while none is typed."""
    ENDINGS: ClassVar[Collection[str]]
    EMPTY: ClassVar[str] = ""
    """What is said of a file in which nothing is."""
    BECOMES: ClassVar[Mapping[str, Becomes]]
    """Every verdict, in the order in which they are counted."""
    CONTEXT: ClassVar[str]
    """Of the verdicts' words."""
    ERROR: ClassVar[str]
    """The verdict of what cannot be taken in."""
    WORD: ClassVar[int]
    """Cells of the column of verdicts."""
    MAPS: ClassVar[bool] = False
    """Whether one may say what the columns mean."""

    @abstractmethod
    def offer(self, width: int) -> str:
        """What files it reads, in one sentence for `width` cells."""

    @abstractmethod
    def read(self, crm: Crm, path: Path) -> Read[R] | Text:
        """Read and judge a file, or say why not. Runs in the reading thread; may raise `Denied`."""

    @abstractmethod
    def line(self, row: R) -> int:
        """The line of the file."""

    @abstractmethod
    def verdict(self, row: R) -> str:
        """A key of `BECOMES`."""

    @abstractmethod
    def heads(self, width: int) -> list[tuple[str, int]]:
        """The headings of its own columns and their cells; the last one takes what is left."""

    @abstractmethod
    def columns(self, look: Look, row: R, width: int, *, cursor: bool) -> list[Run]:
        """A row's own columns, all but the last, each with the gap behind it."""

    @abstractmethod
    def told(self, row: R) -> tuple[str, str]:
        """The last column: what comes, or why not, and its role. What is not `text` is read whole under few rows."""

    def fields(self, screen: CrmScreen[Any]) -> list[tuple[str, Widget]]:
        """What else is asked under the path: label and field."""
        return []

    def settle(self, screen: CrmScreen[Any]) -> Text | None:
        """Read those fields before anything is written; a sentence if one cannot be read."""
        return None

    def map(self, screen: ImportScreen[Any], path: Path) -> None:
        """Ask what the columns of a file mean, and read it so. Only where `MAPS`."""
        raise NotImplementedError

    @abstractmethod
    def steps(self, file: Read[R]) -> list[Step]:
        """What takes the file in, in the order in which it is done; empty if nothing of it is new."""

    def commands(self, file: Read[R], steps: Sequence[Step]) -> Sequence[Command]:
        """The commands of these steps."""
        return [step.command for step in steps if step.command is not None]

    @abstractmethod
    def taken(self, done: Mapping[str, int]) -> list[str]:
        """What was done, by verdict, in words."""


class PreviewPainter(RowPainter[R]):
    """Paints the rows of a kind: verdict, line, its own columns, what comes or why not."""

    def __init__(self, kind: ImportKind[R]) -> None:
        self.kind = kind

    def stamp(self, row: R) -> Hashable:
        return self.kind.line(row), self.kind.verdict(row), self.kind.told(row)

    def paint(self, look: Look, row: R, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        """See `RowPainter.paint`."""
        kind = self.kind
        shown = kind.BECOMES[kind.verdict(row)]
        word = f"{look.glyph(shown.glyph)} {say_in(kind.CONTEXT, shown.word)}"
        columns = kind.columns(look, row, width, cursor=cursor)
        words, tone = kind.told(row)
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(" "),
            Run(look.pad(word, kind.WORD), shown.tone),
            Run(formats.number(kind.line(row)).rjust(LINE), "muted"),
            Run("  "),
            *columns,
            Run(look.cut(words, self._room(columns, width)), tone),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))

    def head(self, look: Look, width: int) -> Strip:
        """The column headings."""
        *heads, (last, _) = self.kind.heads(width)
        line = look.pad(say(N_("line")), LINE, right=True)
        head = f"  {look.pad(say(N_('becomes')), self.kind.WORD)}{line}  "
        head += "".join(f"{look.pad(word, room)}  " for word, room in heads)
        return paint(look, [Run(head + last, "muted")], width)

    def whole(self, look: Look, row: R, width: int) -> list[list[Run]]:
        """What is the matter with a row, wrapped for the room under the rows; nothing if the row says it whole."""
        words, tone = self.kind.told(row)
        columns = self.kind.columns(look, row, width, cursor=False)
        if tone == "text" or cells(words) <= self._room(columns, width):
            return []
        return [[], *([Run("  "), *line] for line in wrap([Run(words, tone)], max(1, width - 4)))]

    def _room(self, columns: Sequence[Run], width: int) -> int:
        """Cells of the last column."""
        return max(0, width - 2 - self.kind.WORD - LINE - 2 - sum(cells(run.text) for run in columns) - 1)


def how_far(done: int, total: int, seconds: float) -> list[Run]:
    """How many rows are written after so many seconds, how long the others will take, and how to stop."""
    words = say(N_("… {n} of {all}"), n=formats.number(done), all=formats.number(total))
    if done:
        words += "  " + say(N_("{n} s left"), n=formats.number(round(seconds / done * (total - done))))
    return [Run(words, "bright"), Run("   "), Run("esc", "accent", True), Run(f" {say(N_('stops'))}")]
