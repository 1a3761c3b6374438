"""Answers that need the operator: a refusal, a conflict between two operators, whether to leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult

from crm_tui.domain.outcome import Instead, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import CrmScreen, keys
from crm_tui.screens.core.clash import Clash
from crm_tui.screens.core.menus import Item, Rows
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line, Pane, lay
from crm_tui.widgets.sheet import TEXT_CELLS, WIDE, Kind


class Words(Pane):
    """Sentences on a sheet, as high as they are."""

    DEFAULT_CSS = "Words { height: auto; width: 100%; }"

    def __init__(self, screen: CrmScreen[Any], lines: list[Line]) -> None:
        super().__init__(ground="raised", gap=0)
        self._lines = lines
        width = screen.app.size.width - 1
        room = width if width < WIDE else TEXT_CELLS + 2
        self.styles.height = sum(len(lay(screen.shell.look, line, room)) for line in lines)

    def on_mount(self) -> None:
        self.set_blocks([self._lines])


class RefusalScreen(SheetScreen[Instead | None]):
    """What was refused and why, that nothing changed, and what else may be done: of a card in the way, opening it; of
    another way that is open, taking that (dismissed with it)."""

    KIND = Kind.REFUSED
    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.up", "menu.down", "menu.close", "menu.run"))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal
        ways = [(in_words(way.label, self.now, self.zone), way) for way in refusal.instead]
        self.rows = Rows([Item(say(label), "", partial(self.dismiss, way)) for label, way in ways])

    @property
    def offered(self) -> frozenset[str]:
        idle = set() if self.refusal.instead else {"menu.up", "menu.down"}
        return self.OFFERS - (idle if self._runs else idle | {"menu.run"})

    @property
    def _runs(self) -> bool:
        return bool(self.refusal.instead) or self.refusal.card is not None

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(item.letter for item in self.rows.items)

    def content(self) -> ComposeResult:
        look = self.shell.look
        yield SheetTitle(f"{look.glyph('off')} {say(N_('Not done'))}", say(N_("nothing changed")), "overdue")
        reason = in_words(self.refusal.reason, self.now, self.zone)
        lines = [Line((Run(say(reason)),))]
        if self.refusal.remedy is not None:
            lines.append(Line((Run(say(self.refusal.remedy), "muted"),)))
        if self.refusal.card is not None:
            lines.append(Line((Run(say(N_("enter opens that card; what you typed is kept")), "muted"),)))
        yield Words(self, lines)
        if self.refusal.instead:
            yield self.rows

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").lower()
        for item in self.rows.items:
            if letter and item.letter == letter and item.run is not None:
                event.stop()
                item.run()
                return

    def _step(self, by: int) -> None:
        self.rows.at = max(0, min(len(self.rows.items) - 1, self.rows.at + by))
        self.rows.sync()

    def action_menu_up(self) -> None:
        self._step(-1)

    def action_menu_down(self) -> None:
        self._step(1)

    def action_menu_close(self) -> None:
        self.dismiss(None)

    def action_menu_run(self) -> None:
        if self.refusal.instead:
            self.dismiss(self.refusal.instead[self.rows.at])
            return
        self.dismiss(None)
        if self.refusal.card is not None:
            self.go("card", card=self.refusal.card)


class LeaveScreen(SheetScreen[None]):
    """`q` at the root: leave the program?"""

    FOOTER = "confirm"
    SCOPES = ("app", "confirm")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("dlg.yes", "dlg.no", "dlg.press"))
    BINDINGS = keys(SCOPES, OFFERS)

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Leave the program? Everything is saved.")))

    def action_dlg_yes(self) -> None:
        self.app.exit(0)

    def action_dlg_press(self) -> None:
        self.app.exit(0)

    def action_dlg_no(self) -> None:
        self.dismiss(None)


class ConfirmScreen(SheetScreen[bool]):
    """A question: before what cannot be undone, or whether to do what was not asked for."""

    KIND = Kind.MISSING
    FOOTER = "confirm"
    SCOPES = ("app", "confirm")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("dlg.yes", "dlg.no"))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(self, question: str, what: str = "") -> None:
        super().__init__()
        self.question = question
        self.what = what

    def content(self) -> ComposeResult:
        yield SheetTitle(self.question, self.what)

    def action_dlg_yes(self) -> None:
        self.dismiss(True)

    def action_dlg_no(self) -> None:
        self.dismiss(False)


class ConflictScreen(SheetScreen[Mapping[str, str] | None]):
    """Field by field: what it was, mine, theirs. ← keeps mine, → theirs; ctrl+s saves. Neither text vanishes.

    Dismissed with `{field: "mine" | "theirs"}`, or None to leave it as it is.
    """

    KIND = Kind.MISSING
    FOOTER = "merge"
    SCOPES = ("app", "merge")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("mg.left", "mg.right", "mg.apply", "mg.leave"))
    BINDINGS: ClassVar[list[Any]] = [*keys(SCOPES, OFFERS), ("up", "step(-1)", ""), ("down", "step(1)", "")]

    def __init__(self, who: str, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self.who, self.clashes = who, clashes
        self.at = 0
        self.keep = ["mine"] * len(clashes)
        self.pane = Pane(ground="raised", gap=0, focusable=True)

    def content(self) -> ComposeResult:
        who = self.who or say(N_("somebody"))
        yield SheetTitle(say(N_("{who} changed this while you wrote"), who=who), say(N_("nothing saved yet")))
        self.pane.styles.height = min(18, 4 * len(self.clashes) + 1)
        yield self.pane

    def on_mount(self) -> None:
        self._draw()
        self.pane.focus()

    def _draw(self) -> None:
        blocks = []
        for n, clash in enumerate(self.clashes):
            rows = [Line((Run(clash.label, "bright", n == self.at),))]
            for side, words, value in (
                ("mine", say(N_("mine")), clash.mine),
                ("theirs", say(N_("theirs")), clash.theirs),
                ("", say(N_("before")), clash.before),
            ):
                chosen = side == self.keep[n]
                mark = self.shell.look.glyph("mark") if chosen else " "
                tone = "bright" if chosen else "muted"
                rows.append(Line((Run(f"{mark} {words:<8} ", "accent"), Run(value, tone)), hang=11, most=3))
            blocks.append(rows)
        self.pane.set_blocks(blocks, keep=True)

    def action_step(self, by: int) -> None:
        self.at = max(0, min(len(self.keep) - 1, self.at + by))
        self._draw()

    def _choose(self, side: str) -> None:
        self.keep[self.at] = side
        self._draw()

    def action_mg_left(self) -> None:
        self._choose("mine")

    def action_mg_right(self) -> None:
        self._choose("theirs")

    def action_mg_apply(self) -> None:
        self.dismiss({c.field: k for c, k in zip(self.clashes, self.keep, strict=True)})

    def action_mg_leave(self) -> None:
        self.dismiss(None)
