"""How a form is saved: its texts become the command (or one each of many), and a refusal is cured in place.

Completed by `forms.FormScreen`, which owns fields, labels and draft. It knows outcomes, never what a command means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from crm_tui.domain.outcome import Conflict, Done, Instead, Outcome, Refusal
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core import cures, inputs, leftover
from crm_tui.screens.core.saving import Locks
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.pick import Pick

if TYPE_CHECKING:
    from textual.widget import Widget

    from crm_tui.domain.fields import FieldSpec
    from crm_tui.domain.gate import Asked
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.cures import Cured
    from crm_tui.screens.core.formrows import FieldLabel, Message
    from crm_tui.screens.core.parking import Parking
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.drafts import DraftRow


class Saves(Locks[Outcome | None], inherit_bindings=False):
    """Mixin of the generated form; `FormScreen` says what each of these is."""

    PLACE: ClassVar[str] = "form"
    """The place where such a form is begun."""
    command: str
    heading: str
    about: str
    done: str
    fixed: dict[str, str]
    first: dict[str, str]
    labels: dict[str, str]
    targets: list[dict[str, str]]
    names: list[str]
    context: dict[str, int]
    changes_only: bool
    again: dict[str, str] | None
    made: Callable[[Done], None] | None = None
    """Told of what was saved, before the screen below is: a field there waits for it."""
    asked: Sequence[str] | None
    subject: str
    inputs: dict[str, Widget]
    field_labels: dict[str, FieldLabel]
    message: Message
    parking: Parking
    gates: tuple[Asked, ...]
    cured: dict[str, Cured]
    asked_again: set[str]
    _found: DraftRow | None
    """The draft that the form was taken up from."""
    _goes_on = False
    """Whether another one is begun once this is saved."""

    def raw(self) -> dict[str, str]:
        """The fields as typed."""
        raise NotImplementedError

    def account(self) -> int | None:
        """Whom a form of a card is about: a contact that is made in it works there."""
        return self.context.get("party")

    def _hidden(self) -> frozenset[str]:
        """The fields that do not matter with the texts as they stand."""
        raise NotImplementedError

    def _specs(self) -> list[FieldSpec]:
        """The fields that are shown."""
        raise NotImplementedError

    def _cures(self, asked: Sequence[Asked]) -> list[Cured]:
        """The fields of what is missing."""
        version = {**self.fixed, **self.targets[0]}.get("version")
        return cures.fields(self.shell, asked, int(version) if version else None)

    def _know_cures(self) -> list[str]:
        """Make fields of what is missing; their names."""
        raise NotImplementedError

    async def _renew_cures(self) -> None:
        """Show what is missing as it is asked now."""
        raise NotImplementedError

    async def _open_missing(self, names: Collection[str]) -> None:
        """Open fields that a refusal asks for and that are not shown yet."""
        raise NotImplementedError

    async def action_form_leave(self) -> None:
        """Leave, with the draft kept."""
        raise NotImplementedError

    def _wanted(self, target: Mapping[str, str]) -> dict[str, str]:
        unsaid = self._hidden()
        raw = {n: text for n, text in self.raw().items() if n not in unsaid and not n.startswith(cures.MARK)}
        if self.changes_only:
            raw = {n: t for n, t in raw.items() if t != self.first.get(n, "")}
        again = {name: raw[name] for name in self.asked_again if raw.get(name, "").strip()}
        return {**raw, **self.fixed, **target, **again}

    def _build(self, target: Mapping[str, str]) -> Command | Refusal:
        return self.read_as(self.command, self._wanted(target))

    def action_form_save(self) -> None:
        """Read the fields, run the command (or the batch), and answer in place if it is refused."""
        self._send(goes_on=False)

    def action_form_save_new(self) -> None:
        """The same, and the form is there again for another one."""
        if self.again is None:
            key = key_word(in_force().of("form.save")[0], ascii=self.shell.look.ascii)
            self.message.say(say(N_("There is no other one to begin here: {key} saves."), key=key))
        else:
            self._send(goes_on=True)

    def _send(self, *, goes_on: bool) -> None:
        self._goes_on = goes_on
        self.locked_while(self._save())

    async def _save(self) -> None:
        inputs.settle(self.inputs.values())
        built = [self._build(target) for target in self.targets]
        refusal = next((b for b in built if isinstance(b, Refusal)), None)
        if refusal is not None:
            await self.refuse(refusal)
            return
        commands = [b for b in built if not isinstance(b, Refusal)]
        if len(commands) == 1 and self.cured:
            await self._save_cured(commands[0])
        elif len(commands) == 1:
            await self._answer(await self.write(commands[0]), commands[0])
        else:
            await self._answer_many(commands)

    async def _save_cured(self, command: Command) -> None:
        """What was missing and what it was missing for, together or not at all."""
        cured = cures.commands(self.shell, [*self.cured.values()], self.raw(), self.read_as)
        if isinstance(cured, Refusal):
            await self._wrong(cured.fields, say(cured.reason))
            return
        at, outcome = await self.shell.write_together([*(each for each, _ in cured), command])
        if at == len(cured):
            await self._answer(outcome, command)
        elif isinstance(outcome, Refusal):
            if cures.revised(outcome, cured[at][1]):
                await self._renew_cures()
            if cures.gone(outcome, cured[at][1]) and await self._asked_anew(command):
                await self._wrong((), say(cures.ANEW))
            else:
                await self.refuse(cures.named(outcome, cured[at][1]))
        elif isinstance(outcome, Conflict):
            self.cured |= {each.name: cures.seen(each, outcome.version) for each in cured[at][1]}
            await self.refuse(cures.changed(outcome, cured[at][1]))

    async def _asked_anew(self, command: Command) -> bool:
        """What stands in the way now, where a record that a cure was about is gone; whether less is asked for."""
        refusal = self.shell.crm.why_not(command)
        if refusal is not None and not refusal.asked:
            return False
        gates, self.gates = self.gates, refusal.asked if refusal is not None else ()
        if self.cured.keys() <= {each.name for each in self._cures(self.gates)}:
            self.gates = gates
            return False
        await self._renew_cures()
        return True

    async def _answer(self, outcome: Outcome, command: Command) -> None:
        match outcome:
            case Done():
                await self.parking.filed()
                self._leave(outcome, 1, noted=leftover.noted([outcome]))
            case Refusal() if outcome.approval:
                self._ask_approval(outcome, command)
            case Refusal():
                await self.refuse(outcome)
            case Conflict():
                self._ask(outcome)

    def _ask_approval(self, refusal: Refusal, command: Command) -> None:
        """Somebody who may do it types login and PIN, for this once; without that the form stays as it is."""
        from crm_tui.screens.core.approval import ApprovalScreen

        self.message.say("")
        self.app.push_screen(
            ApprovalScreen(refusal, command, self.heading), callback=partial(self._approved, command)
        )

    async def _approved(self, command: Command, outcome: Outcome | None) -> None:
        if outcome is not None:
            await self._answer(outcome, command)

    def _ask(self, conflict: Conflict) -> None:
        """Show both texts of every field that both changed, and go on with what is chosen."""
        from crm_tui.screens.core.clash import clashes
        from crm_tui.screens.core.questions import ConflictScreen

        specs = {spec.name: spec for spec in self._specs()}
        picks = partial(inputs.known, self)
        shown = clashes(conflict, specs, picks, self.zone)
        self.message.say("")
        self.app.push_screen(
            ConflictScreen(conflict.who, shown), callback=lambda chosen: self._resolved(conflict, chosen)
        )

    def _resolved(self, conflict: Conflict, chosen: Mapping[str, str] | None) -> None:
        """After a conflict: the fields where theirs stays are dropped, and what is left is sent again."""
        if chosen is None:
            return
        theirs = [name for name, keep in chosen.items() if keep == "theirs"]
        if len(theirs) == len(chosen) and not self.changes_only:  # nothing is left to ask for
            self.run_worker(self.action_form_leave(), exclusive=True)
            return
        for name in theirs:
            if name in self.inputs:
                inputs.put(self.inputs[name], self.first.get(name, ""), self.labels.get(name, ""))
        for values in (self.fixed, *self.targets):
            if "version" in values:
                values["version"] = str(conflict.version)
        self._send(goes_on=self._goes_on)

    async def _answer_many(self, commands: list[Command]) -> None:
        """Some done: leave, with the rest named and what was typed kept for it. None: stay, and say why."""
        many = await self.shell.write_many(commands)
        left = leftover.left(many.outcomes, len(commands))
        why = leftover.sentence(left, self.names)
        if not many.done:
            await self._none_done(left, why)
            await self.parking.save()
            return
        if left:
            await self._keep_for(sorted(left))
        else:
            await self.parking.filed()
        self._leave(None, many.done, why, sorted(left), leftover.noted(many.outcomes))

    async def _none_done(self, left: Mapping[int, Outcome], why: str) -> None:
        """What somebody else changed was told now: the same key once more is meant to go over it."""
        fields = {name for o in left.values() if isinstance(o, Refusal) for name in o.fields}
        told = say(N_("Nothing was saved: {why}."), why=why)
        for at, outcome in left.items():
            if isinstance(outcome, Conflict):
                self.targets[at]["version"] = str(outcome.version)
        if all(isinstance(outcome, Conflict) for outcome in left.values()):
            key = key_word(in_force().of("form.save")[0], ascii=self.shell.look.ascii)
            told += " " + say(N_("{key} once more saves over it."), key=key)
        await self._wrong(fields, told)

    async def _keep_for(self, left: Sequence[int]) -> None:
        """What was typed waits for those that were left."""
        names = [self.names[at] for at in left if at < len(self.names)]
        self.heading = say(self.shell.command(self.command).title)
        self.about, self.done = ", ".join(names), ""
        self.targets, self.names = [self.targets[at] for at in left], names
        await self.parking.save()

    def _leave(
        self, outcome: Outcome | None, done: int, why: str = "", left: Sequence[int] = (), noted: str = ""
    ) -> None:
        sentence = self.done or say_n("{n} saved", "{n} saved", done)
        below = self.under()
        self.dismiss(outcome)
        if self.made is not None and isinstance(outcome, Done):
            self.app.call_later(self.made, outcome)
        if below is not None:
            nothing = isinstance(outcome, Done) and not outcome.events  # `u` would undo what was before
            told = say(N_("Nothing was changed")) if nothing else self._undone_by(below, sentence)
            told += f"   {noted}" if noted else ""
            if left:  # behind the key, because names may be cut
                told += "   " + say_n("{n} refused", "{n} refused", len(left)) + f": {why}"
            self.app.call_later(below.acted, done, told, left)
            if self._goes_on:
                self._begin_another(below, told)

    def _undone_by(self, below: CrmScreen[Any], sentence: str) -> str:
        """What was done, and the key that undoes it, if any does; over a text `u` is a letter."""
        undone = self.shell.command(self.command).undoable and "text" not in below.SCOPES
        return say(N_("{what}   u undoes"), what=sentence) if undone else sentence

    def _begin_another(self, below: CrmScreen[Any], told: str) -> None:
        """The same form, empty but for the records that it began with, as they were picked last: who changed the
        board makes a row of stages there. Keys typed ahead are for it."""
        begun = dict(self.again or {})
        for name, widget in self.inputs.items():
            if (
                isinstance(widget, Pick)
                and name in begun
                and begun[name][:1] == "#"
                and widget.value is not None
            ):
                begun[name], self.labels[name] = widget.value.value, widget.value.label
        below.go(
            self.PLACE,
            command=self.command,
            heading=self.heading,
            about=self.about,
            fixed=self.fixed,
            raw=begun,
            labels=self.labels,
            fields=self.asked,
            subject=self.subject,
            done=self.done,
            context=self.context,
            again=begun,
            said=told,
        )

    def action_form_drop(self) -> None:
        """Discard the draft that this was taken up from, once one is sure: it cannot be undone."""
        from crm_tui.screens.core.questions import ConfirmScreen

        if self._found is None:
            self.tell(say(N_("There is no draft here: what you type now is kept when you leave.")))
            return
        question = say(N_("Discard this draft? It cannot be undone."))
        self.app.push_screen(ConfirmScreen(question, self.heading), self._dropped)

    async def _dropped(self, sure: bool | None) -> None:
        if sure:
            await self.parking.filed()
            below = self.under()
            self.dismiss(None)
            if below is not None:
                self.app.call_later(below.acted, 0, say(N_("Draft discarded")))

    async def refuse(self, refusal: Refusal) -> None:
        """Say it under the fields, open, mark and focus the field that would cure it; offer the card in the way."""
        if any(each.cures for each in refusal.asked):
            self.gates = refusal.asked
            self._know_cures()
            refusal = replace(refusal, fields=tuple(each.name for each in self._cures(refusal.asked)))
        told = say(in_words(refusal.reason, self.now, self.zone))
        if refusal.warned:  # one is told once, and of whom: the same key then goes over it (M70)
            self.fixed["despite"] = " ".join(refusal.warned)
            key = key_word(in_force().of("form.save")[0], ascii=self.shell.look.ascii)
            told += " " + say(N_("Somebody else? {key} once more saves it all the same."), key=key)
        await self._wrong(refusal.fields, told)
        if refusal.instead:
            from crm_tui.screens.core.questions import RefusalScreen

            self.app.push_screen(RefusalScreen(refusal), callback=self._instead)
        elif refusal.card is not None:
            self.go("refusal", refusal=refusal)

    def _instead(self, way: Instead | None) -> None:
        """The way that was chosen, in the fields as if it had been typed, and sent."""
        if way is None:
            return
        called = {spec.name: dict(spec.choices) for spec in self._specs()}
        for name, text in way.values.items():
            if name in self.inputs:
                inputs.put(self.inputs[name], text, say(called[name].get(text, "")))
        self._send(goes_on=self._goes_on)

    async def _wrong(self, fields: Collection[str], told: str) -> None:
        await self._open_missing(fields)
        for name, widget in self.inputs.items():
            wrong = name in fields
            inputs.mark_wrong(widget, wrong)
            self.field_labels[name].wrong = wrong
            self.field_labels[name].sync()
        self.answered()
        self.message.say(told, "overdue")
        target = next((widget for name, widget in self.inputs.items() if name in fields), None)
        if target is not None:
            target.focus()
