"""The gate: what is missing before a card goes on, filled where the move was refused, saved with it. (E30-E41)

The generated form of the refused command, with the fields that cure it; what is there already is shown, so that one
sees how far it is. That nothing is changed yet is said until it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.board import CardDetail
from crm_tui.domain.gate import Asked, GateKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core import cures
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views as boards
from crm_tui.ui import formats
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.sheet import TEXT_CELLS, Kind

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

LABEL_CELLS = 28
"""Cells of what is needed, before what there is of it."""


class Met(Lines):
    """What was asked for and is there: one row each, with the stage that asks."""

    DEFAULT_CSS = "Met { width: 100%; }"
    GROUND = "raised"

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.rows = rows
        self.styles.height = len(rows)

    def draw(self, width: int, height: int) -> list[Any]:
        return [self._row(row, width) for row in self.rows[:height]]

    def _row(self, row: tuple[str, str, str], whole: int) -> Any:
        what, found, stage = row
        look, width = self.look, min(whole, TEXT_CELLS)
        what, stage = look.cut(what, LABEL_CELLS - 4), look.cut(stage, 24)
        found = look.cut(found, max(0, width - LABEL_CELLS - cells(stage) - 3))
        gap = " " * max(1, width - LABEL_CELLS - cells(found) - cells(stage) - 1)
        runs = [
            Run(f" {look.glyph('closed')} ", "open"),
            Run(what + " " * (LABEL_CELLS - 3 - cells(what)), "text"),
            Run(found, "muted"),
            Run(gap),
            Run(stage, "muted"),
        ]
        return paint(look, runs, whole, self.GROUND)


class GateScreen(FormScreen):
    """See the module."""

    KIND = Kind.MISSING
    OFFERS: ClassVar[frozenset[str]] = FormScreen.OFFERS - {"form.save_new"}

    def __init__(self, command: str, *, met: Sequence[tuple[str, str, str]] = (), **form: Any) -> None:
        super().__init__(command, **form)
        self.met = met

    def _know_cures(self) -> list[str]:
        """What is missing comes first, then what the move sets."""
        names = super()._know_cures()
        self.only = tuple(sorted(self.only or (), key=lambda name: name not in self.cured))
        return names

    def content(self) -> ComposeResult:
        first, *fields = super().content()
        yield first
        if self.met:
            yield Met(self.met)
        yield from fields

    def _shown(self) -> None:
        super()._shown()
        if self._found is None:
            self.message.say(
                say(N_("Nothing is changed yet: saving keeps what you fill in and moves the card, together."))
            )


def gate(
    shell: Shell, command: str, fixed: Mapping[str, str], refusal: Refusal, done: str = ""
) -> GateScreen:
    """The sheet for a command that gates refused; `fixed` is the command as texts."""
    card: CardDetail | None = shell.crm.read(boards.detail, int(fixed["card"].removeprefix("#")))
    timed = command == "move_card" and card is not None and shell.crm.read(boards.keeps_time, card.board_id)
    return GateScreen(
        command,
        heading=f"! {_way(shell, command, fixed, card)}   {say(cures.told(refusal.asked))}",
        about=" ".join((card.number, clean(card.title))) if card is not None else "",
        fixed=fixed,
        fields=("stage_due", "stage_owner") if timed else (),
        subject=subject_of(card.id if card is not None else None),
        gates=cures.kept(refusal.asked),
        done=done,
        met=[_met(shell, each) for each in refusal.asked if each.met],
        context={"board": card.board_id} if card is not None else {},
    )


def _way(shell: Shell, command: str, fixed: Mapping[str, str], card: CardDetail | None) -> str:
    """From which stage to which, where that is what was refused; else what it is called."""
    if command == "move_card" and card is not None:
        stages = {f"#{row.id}": row.name for row in shell.crm.read(boards.stages, card.board_id)}
        if fixed.get("stage") in stages:
            return f"{clean(card.stage)} {shell.look.glyph('leads')} {clean(stages[fixed['stage']])}"
    return say(shell.command(command).title)


def _met(shell: Shell, each: Asked) -> tuple[str, str, str]:
    found = each.found
    if isinstance(found, Text):
        found = say(in_words(found, shell.crm.clock(), shell.crm.viewer.zone))
    if each.gate.kind == GateKind.VALID_DOCUMENT:
        found = formats.document(found)
    return say(each.gate.label), clean(found), cures.asked_by(each.gate.stage)
