"""What a chosen stage asks for, inside the parecer: said at once, filled under the stage, filed with the text. (JOBS 2)

The fields are those of any form that gates refused (`screens.core.cures`); here they stand in the editor, so that
nothing else changes: the same key files what was refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from crm_tui.domain.fields import chosen_id
from crm_tui.domain.gate import Asked
from crm_tui.domain.outcome import Conflict, Outcome, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import cures, inputs
from crm_tui.screens.core.cures import Cured
from crm_tui.screens.core.kept import listed
from crm_tui.screens.note.answers import Answers
from crm_tui.screens.note.desk import Desk, Part, label
from crm_tui.services.gate import views as gates
from crm_tui.widgets.bare import Beside

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command

PARKED = "stage:gates"
"""The key in a draft's payload of what the chosen stage asks for; no field is called so."""
LABEL = 24
"""Cells of the label before a field that cures."""


class Cures(Part):
    """The fields that cure, in `box` under the stage: a form of forty questions must not push the text away."""

    box: VerticalScroll

    def __init__(self, desk: Desk, answers: Answers) -> None:
        self._desk, self._answers = desk, answers
        self._gates: tuple[Asked, ...] = ()
        self._cured: dict[str, Cured] = {}

    # --- what is shown --------------------------------------------------------------------------------------

    def show(self, kept: Mapping[str, str]) -> VerticalScroll:
        """The fields of a draft that was left with some of them typed, in their box."""
        self._gates = cures.revived(listed(kept.get(PARKED, "[]")))
        self._cured = {each.name: each for each in self._fields(self._gates)}
        for name, each in self._cured.items():
            self._make(name, each, kept.get(name, ""), kept.get(f"{name}:label", ""))
        rows = [self._row(name, each) for name, each in self._cured.items()]
        self.box = VerticalScroll(*rows, can_focus=False)
        return self.box

    def _make(self, name: str, each: Cured, raw: str = "", called: str = "") -> None:
        self._desk.make(name, replace(each.spec, name=name), raw, called)

    def _row(self, name: str, each: Cured) -> Beside:
        words = label(f"! {inputs.words(each.spec, each.spec.label)}", LABEL)
        wide = self._desk.screen.app.size.width >= cures.ROOM
        by = [cures.AskedBy(each.stage)] if wide else []
        for stage in by:
            stage.GROUND = "background"
        return Beside(words, self._desk.inputs[name], *by, classes="cure")

    def _fields(self, asked: tuple[Asked, ...]) -> list[Cured]:
        desk = self._desk
        version = desk.seen or (desk.card.version if desk.card is not None else None)
        return cures.fields(desk.shell, asked, version)

    async def ask_for(self, asked: tuple[Asked, ...]) -> list[str]:
        """Fields for what is missing, under the stage; the names of those that are shown now for it."""
        self._gates = asked
        wanted = {each.name: each for each in self._fields(asked)}
        for name, each in wanted.items():
            if name not in self._cured:
                self._make(name, each)
                await self.box.mount(self._row(name, each))
        self._cured |= wanted
        self._show_asked()
        return [*wanted]

    async def _close(self) -> None:
        """The stage that asked is no longer meant."""
        self._gates = ()
        for name in [*self._cured]:
            row = self._desk.inputs.pop(name).parent
            del self._cured[name]
            if isinstance(row, Beside):
                await row.remove()

    async def _renew(self, asked: tuple[Asked, ...]) -> None:
        """What is asked is no longer what is shown here, or a form was revised: the fields as they are now, with what
        was typed."""
        typed = {name: self._desk.text(name) for name in self._cured}
        await self._close()
        for name in await self.ask_for(asked):
            if typed.get(name):
                self._desk.put(name, typed[name])
        self._show_asked()

    def _asked(self) -> set[str]:
        """Of the fields that cure, those that are asked for with the texts as they stand."""
        return (
            cures.shown(self._desk.shell, [*self._cured.values()], self._desk.raw()) if self._cured else set()
        )

    def _show_asked(self) -> None:
        asked = self._asked()
        for name in self._cured:
            row = self._desk.inputs[name].parent
            if isinstance(row, Beside):
                row.display = name in asked

    # --- what the editor asks of a part ---------------------------------------------------------------------

    def stage_chosen(self) -> None:
        """Say at once what the stage asks for; a stage that is left again asks for nothing."""
        desk = self._desk
        raw = desk.text("stage")
        chosen = chosen_id(raw) if raw != desk.standing and desk.card_id is not None else None
        asked = self._asked_of(chosen) if chosen is not None else ()
        missing = [say(each.gate.label) for each in asked if not each.met]
        if missing:
            desk.sentence.show(say(N_("missing: {names}"), names=", ".join(missing)), "overdue")
        elif self._cured:
            desk.screen.run_worker(self._close())

    def _asked_of(self, stage_id: int) -> tuple[Asked, ...]:
        """What stands in the card's way to a stage, all the stages between among them."""
        found: tuple[Asked, ...] = self._desk.crm.read(
            gates.asked, self._desk.card_id, *self._answers.way(stage_id)
        )
        return found

    def changed(self, name: str) -> None:
        """What is asked hangs on what was answered."""
        self._show_asked()

    def parked(self) -> Mapping[str, str]:
        return {PARKED: json.dumps(cures.kept(self._gates))} if self._cured else {}

    def order(self, names: Sequence[str]) -> list[str]:
        """Behind all others."""
        asked = self._asked()
        return [*names, *(name for name in self._cured if name in asked)]

    def missing(self) -> str | None:
        """With the text and its result there, the first that is asked for and empty."""
        if not self._desk.filled("body", "result"):
            return None
        asked = self._asked()
        return next((name for name in self._cured if name in asked and not self._desk.filled(name)), None)

    # --- filing ---------------------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        """Whether a field of this name cures: its text is a command's of its own."""
        return name in self._cured

    async def file(self, command: Command) -> Outcome:
        """File the note, with what the stage asked for in the same transaction or not at all."""
        desk = self._desk
        if not self._cured:
            return await desk.screen.write(command)
        cured = cures.commands(desk.shell, [*self._cured.values()], desk.raw(), desk.screen.read_as)
        if isinstance(cured, Refusal):
            return cured
        at, outcome = await desk.shell.write_together([*(each for each, _ in cured), command])
        if at < len(cured) and isinstance(outcome, Refusal):
            if cures.revised(outcome, cured[at][1]):
                await self._renew(self._gates)
            if cures.gone(outcome, cured[at][1]) and await self._asked_less():
                return Refusal(cures.ANEW)
            return cures.named(outcome, cured[at][1])
        if at < len(cured) and isinstance(outcome, Conflict):
            self._cured |= {each.name: cures.seen(each, outcome.version) for each in cured[at][1]}
            return cures.changed(outcome, cured[at][1])
        return outcome

    async def _asked_less(self) -> bool:
        """Where a record that a cure was about is gone: ask for what the stage asks now; whether it is less."""
        stage = self._desk.picked("stage")
        asked = self._asked_of(stage) if stage is not None else ()
        if self._cured.keys() <= {each.name for each in self._fields(asked)}:
            return False
        await self._renew(asked)
        return True
