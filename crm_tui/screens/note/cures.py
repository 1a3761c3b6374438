"""What a chosen stage asks for, inside the parecer: said at once, filled under the stage, filed with the text. (JOBS 2)

The fields are those of any form that gates refused (`screens.core.cures`); here they stand in the editor, so that
nothing else changes: the same key files what was refused.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from crm_tui.domain.fields import chosen_id
from crm_tui.domain.gate import Asked
from crm_tui.domain.outcome import Conflict, Outcome, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import cures, inputs
from crm_tui.screens.core.cures import Cured
from crm_tui.screens.core.formrows import FieldLabel
from crm_tui.screens.core.kept import listed
from crm_tui.screens.note.fields import NoteFields
from crm_tui.services.gate import views as gates
from crm_tui.widgets.bare import Beside

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command

PARKED = "stage:gates"
"""The key in a draft's payload of what the chosen stage asks for; no field is called so."""


class NoteCures(NoteFields):
    """See the module; `NoteEditor` completes it."""

    gates: tuple[Asked, ...] = ()
    cured: dict[str, Cured]
    asked_for: VerticalScroll
    """Where their fields stand, under the stage: a form of forty questions must not push the text off the screen."""

    def _stage_chosen(self) -> None:
        """Say at once what the stage asks for; a stage that is left again asks for nothing."""
        super()._stage_chosen()
        raw = inputs.raw_of(self.inputs["stage"])
        chosen = chosen_id(raw) if raw != self.standing and self.card_id is not None else None
        asked = self._asked_of_stage(chosen) if chosen is not None else ()
        missing = [say(each.gate.label) for each in asked if not each.met]
        if missing:
            self.sentence.show(say(N_("missing: {names}"), names=", ".join(missing)), "overdue")
        elif self.cured:
            self.run_worker(self._close_cures())

    def _asked_of_stage(self, stage_id: int) -> tuple[Asked, ...]:
        """What stands in the card's way to a stage."""
        found: tuple[Asked, ...] = self.crm.read(gates.asked, self.card_id, stage_id)
        return found

    async def _open_cures(self, asked: tuple[Asked, ...]) -> list[str]:
        """Fields for what is missing, under the stage; the names of those that are shown now for it."""
        self.gates = asked
        wanted = {each.name: each for each in self._fields(asked)}
        for name, each in wanted.items():
            if name not in self.cured:
                self._make(name, each, "", "")
                await self.asked_for.mount(self._cure_row(name, each))
        self.cured |= wanted
        self._show_asked()
        return [*wanted]

    def _show_asked(self) -> None:
        """Of the fields that cure, those that are asked for with the texts as they stand."""
        asked = cures.shown(self.shell, [*self.cured.values()], self.raw()) if self.cured else set()
        for name in self.cured:
            row = self.inputs[name].parent
            if isinstance(row, Beside):
                row.display = name in asked

    def _fields(self, asked: tuple[Asked, ...]) -> list[Cured]:
        version = self.seen or (self.card.version if self.card is not None else None)
        return cures.fields(self.shell, asked, version)

    async def _close_cures(self) -> None:
        """The stage that asked is no longer meant."""
        self.gates = ()
        for name in [*self.cured]:
            row = self.inputs.pop(name).parent
            del self.cured[name]
            if isinstance(row, Beside):
                await row.remove()

    async def _renew_cures(self, gates: tuple[Asked, ...]) -> None:
        """What is asked is no longer what is shown here, or a form was revised: the fields as they are now, with what
        was typed."""
        typed = {name: inputs.raw_of(self.inputs[name]) for name in self.cured}
        await self._close_cures()
        for name in await self._open_cures(gates):
            if typed.get(name):
                inputs.put(self.inputs[name], typed[name])
        self._show_asked()

    async def _asked_anew(self) -> bool:
        """What the stage asks for now, where a record that a cure was about is gone; whether it is less."""
        stage = chosen_id(inputs.raw_of(self.inputs["stage"]))
        asked = self._asked_of_stage(stage) if stage is not None else ()
        if self.cured.keys() <= {each.name for each in self._fields(asked)}:
            return False
        await self._renew_cures(asked)
        return True

    def _make(self, name: str, each: Cured, raw: str, label: str) -> None:
        spec = replace(each.spec, name=name)
        self.inputs[name] = inputs.make(self, spec, raw, label, context=self._place(), beside=True)

    def _cure_row(self, name: str, each: Cured) -> Beside:
        label = FieldLabel(f"! {inputs.words(each.spec, each.spec.label)}", 24)
        label.GROUND = "background"
        by = [cures.AskedBy(each.stage)] if self.app.size.width >= cures.ROOM else []
        for words in by:
            words.GROUND = "background"
        return Beside(label, self.inputs[name], *by, classes="cure")

    def _kept_cures(self, kept: dict[str, str]) -> list[Beside]:
        """The fields of a draft that was left with some of them typed."""
        self.gates = cures.revived(listed(kept.get(PARKED, "[]")))
        self.cured = {each.name: each for each in self._fields(self.gates)}
        for name, each in self.cured.items():
            self._make(name, each, kept.get(name, ""), kept.get(f"{name}:label", ""))
        return [self._cure_row(name, each) for name, each in self.cured.items()]

    def _parked_gates(self) -> dict[str, str]:
        """What a draft keeps of it."""
        return {PARKED: json.dumps(cures.kept(self.gates))} if self.cured else {}

    def _order(self) -> list[str]:
        asked = cures.shown(self.shell, [*self.cured.values()], self.raw()) if self.cured else set()
        return [*super()._order(), *(name for name in self.cured if name in asked)]

    def action_ed_fill(self) -> None:
        """`f4`: to the field that is missing; what the stage asks for among them."""
        empty = [
            name
            for name in self._order()
            if name in self.cured and not inputs.raw_of(self.inputs[name]).strip()
        ]
        filled = all(inputs.raw_of(self.inputs[name]).strip() for name in ("body", "result"))
        if filled and empty:
            self.inputs[empty[0]].focus()
        else:
            super().action_ed_fill()

    async def _filed(self, command: Command) -> Outcome:
        """File, with what the stage asked for in the same transaction or not at all."""
        if not self.cured:
            return await self.write(command)
        cured = cures.commands(self.shell, [*self.cured.values()], self.raw(), self.read_as)
        if isinstance(cured, Refusal):
            return cured
        at, outcome = await self.shell.write_together([*(each for each, _ in cured), command])
        if at < len(cured) and isinstance(outcome, Refusal):
            if cures.revised(outcome, cured[at][1]):
                await self._renew_cures(self.gates)
            if cures.gone(outcome, cured[at][1]) and await self._asked_anew():
                return Refusal(cures.ANEW)
            return cures.named(outcome, cured[at][1])
        if at < len(cured) and isinstance(outcome, Conflict):
            self.cured |= {each.name: cures.seen(each, outcome.version) for each in cured[at][1]}
            return cures.changed(outcome, cured[at][1])
        return outcome
