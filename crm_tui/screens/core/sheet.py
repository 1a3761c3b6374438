"""A sheet over the screen below: attached to header or footer, the screen under it still in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widget import Widget

from crm_tui.i18n import say_n
from crm_tui.screens.core.base import ALWAYS, CrmScreen
from crm_tui.ui.footers import footer
from crm_tui.ui.keymap import in_force
from crm_tui.widgets.bars import Footer, FooterBar
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint
from crm_tui.widgets.sheet import Kind, Sheet

if TYPE_CHECKING:
    from crm_tui.widgets.body import Body

T = TypeVar("T")


class SheetTitle(Lines):
    """The sheet's first row: what it is at the left, what it is about at the right."""

    DEFAULT_CSS = "SheetTitle { height: 1; width: 100%; }"
    GROUND = "raised"

    def __init__(self, words: str, about: str = "", tone: str = "bright") -> None:
        super().__init__()
        self.words = words
        self.about = about
        self.tone = tone
        self._others = ""

    def others(self, words: str) -> None:
        """Who else is at it; empty: nobody."""
        self._others = words
        self.sync()

    def show(self, words: str, about: str = "", tone: str = "bright") -> None:
        """Another heading."""
        self.words, self.about, self.tone = words, about, tone
        self.sync()

    def draw(self, width: int, height: int) -> list[Any]:
        room = width - 2
        words = self.look.cut(self.words, room)
        others = f"  {self._others}" if self._others else ""
        about = self.look.cut(self.about, max(0, room - cells(words) - cells(others) - 2))
        gap = " " * max(0, room - cells(words) - cells(others) - cells(about))
        runs = [Run(" "), Run(words, self.tone, True), Run(others, "today"), Run(gap), Run(about, "muted")]
        return [paint(self.look, runs, width, self.GROUND)]


class SheetScreen(CrmScreen[T], ModalScreen[T], inherit_bindings=False):
    """Give `content`; `KIND` colours the bar, `TOP` hangs the sheet under the header."""

    KIND: ClassVar[Kind] = Kind.CHOICE
    TOP: ClassVar[bool] = False
    DEFAULT_CSS = """
    SheetScreen { background: transparent; align: left top; }
    SheetScreen > FooterBar { dock: bottom; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.footer = FooterBar()
        self.sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        self.sheet = Sheet(*self.content(), foot=self.foot(), kind=self.KIND, top=self.TOP)
        yield self.sheet
        yield self.footer

    def content(self) -> ComposeResult:
        """The widgets of the sheet, from the top."""
        yield from ()

    def foot(self) -> Widget | None:
        """What stays in sight under the content, however far that is scrolled."""
        return None

    def on_mount(self) -> None:
        self.show_footer()

    def on_resize(self) -> None:
        self.show_footer()

    def on_body_too_long(self, event: Body.TooLong) -> None:
        """A field takes what fits; that the rest did not is said, for it is only where it was copied from."""
        event.stop()
        self.tell(
            say_n(
                "{n} letter did not fit: a text holds 65,536. Attach it as a file, or keep it where it is.",
                "{n} letters did not fit: a text holds 65,536. Attach it as a file, or keep it where it is.",
                len(event.rest),
            )
        )

    @property
    def taken(self) -> frozenset[str]:
        """Keys that mean something else on this sheet than in its scope."""
        return frozenset()

    def show_footer(self) -> None:
        """The keys of this sheet."""
        *hints, last = footer(
            self.FOOTER,
            self.app.size.width,
            only=self.offered | ALWAYS,
            ascii=self.shell.look.ascii,
            taken=self.taken,
        )
        helped = not self.taken.issuperset(in_force().of("app.help"))
        self.footer.show(Footer(tuple(hints), last if helped else None))
