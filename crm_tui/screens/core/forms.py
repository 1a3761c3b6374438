"""The generated form of any command: labels, fields, drafts, refusals in place, many records at once.

Twenty settings screens cost twenty declarations. It knows the declaration of a command, never its business.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core import barred, inputs, leftover
from crm_tui.screens.core.announce import Announced
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message, label_room
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.pick import Pick

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.drafts import DraftRow

SHAPE = "form:"
"""The key in a draft's payload under which the form itself is kept; no field is called so."""


class FormScreen(SheetScreen[Outcome | None], Locks[Outcome | None]):
    """See the module. `targets` are the fixed values of each of many records: one batch, one undo."""

    FOOTER = "form"
    SCOPES = ("app", "form", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("form.save", "form.leave", "form.next", "form.prev"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    FormScreen .row { height: auto; width: 100%; }
    FormScreen .row > Body { height: 4; width: 1fr; }
    FormScreen .row > Line, FormScreen .row > Pick, FormScreen .row > WhenField { width: 1fr; }
    """

    def __init__(
        self,
        command: str,
        *,
        heading: str,
        about: str = "",
        fixed: Mapping[str, str] | None = None,
        raw: Mapping[str, str] | None = None,
        labels: Mapping[str, str] | None = None,
        fields: Sequence[str] | None = None,
        targets: Sequence[Mapping[str, str]] | None = None,
        names: Sequence[str] = (),
        subject: str = "new",
        done: str = "",
        context: Mapping[str, int] | None = None,
        draft: DraftRow | None = None,
        changes_only: bool = False,
    ) -> None:
        """`raw` are the texts that stand there at first, `labels` what a picked value is called; `names` those
        of the targets; `changes_only` sends only fields that differ from `raw` (edit forms)."""
        super().__init__()
        self.command = command
        self.heading, self.about = heading, about
        self.fixed = dict(fixed or {})
        self.first = dict(raw or {})
        self.labels = dict(labels or {})
        self.only = fields
        self.targets = [dict(t) for t in targets] if targets is not None else [{}]
        self.names = list(names)
        self.done = done
        self.context = dict(context or {})
        self.changes_only = changes_only
        self._draft = self._found = draft
        self._opened: dict[str, str] = {}
        self._label_width = 0
        self.inputs: dict[str, Widget] = {}
        self.field_labels: dict[str, FieldLabel] = {}
        self.message = Message()
        self.title_row = SheetTitle(heading, about)
        self._announced = Announced(self, subject, self.title_row.others) if changes_only else None
        self.parking = Parking(self, command, subject, self._collect, failed=self.tell)

    def hindrance(self, shell: Shell) -> Refusal | None:
        """What forbids its command on every record that it is about; a draft is always shown."""
        if self._draft is not None:
            return None
        refusals = [
            barred.refusal(shell, self.command, barred.ids({**self.fixed, **target}))
            for target in self.targets
        ]
        return refusals[0] if all(refusals) else None

    # --- what is shown ------------------------------------------------------------------------------------

    def _every_spec(self) -> list[FieldSpec]:
        from crm_tui.services.core.forms import specs

        return [s for s in specs(self.shell.command(self.command)) if s.widget is not Kind.HIDDEN]

    def _specs(self) -> list[FieldSpec]:
        by_name = {s.name: s for s in self._every_spec()}
        names = self.only if self.only is not None else tuple(by_name)
        return [by_name[name] for name in names if name in by_name]

    def content(self) -> ComposeResult:
        yield self.title_row
        found = self._found = self._draft or self._waiting()
        kept = self._taken_up(found) if found is not None else {}
        specs = self._specs()
        self._label_width = label_room(specs)
        for spec in specs:
            yield self._row(spec, kept, last=spec.name == specs[-1].name)

    def _row(self, spec: FieldSpec, kept: Mapping[str, str], *, last: bool) -> Beside:
        raw = kept.get(spec.name, self.first.get(spec.name, ""))
        label = kept.get(f"{spec.name}:label", self.labels.get(spec.name, ""))
        widget = inputs.make(self, spec, raw, label, context=self.context, last=last)
        self.inputs[spec.name] = widget
        self.field_labels[spec.name] = FieldLabel(say(spec.label), self._label_width)
        return Beside(self.field_labels[spec.name], widget, classes="row")

    async def _open_missing(self, names: Collection[str]) -> None:
        """Fields that a refusal asks for and that are not shown yet open below the others: it is cured in place."""
        for spec in [s for s in self._every_spec() if s.name in names and s.name not in self.inputs]:
            above = self.field_labels[next(reversed(self.inputs))].parent
            self.only = (*self.inputs, spec.name)
            self._label_width = label_room(self._specs())
            for label in self.field_labels.values():
                label.styles.width = self._label_width
            row = self._row(spec, {}, last=True)
            if isinstance(above, Widget) and isinstance(above.parent, Widget):
                await above.parent.mount(row, after=above)

    def foot(self) -> Widget:
        return self.message

    def on_mount(self) -> None:
        first = next(iter(self.inputs.values()), None)
        if first is not None:
            first.focus()
        self._opened = self.raw()
        if self._found is not None:
            self.message.say(say(N_("Taken up from your draft; esc leaves it kept.")))
        if self._announced is not None:
            self._announced.begin()

    def on_unmount(self) -> None:
        if self._announced is not None:
            self._announced.end()

    # --- draft ----------------------------------------------------------------------------------------------

    def _waiting(self) -> DraftRow | None:
        """The draft of this form, or that of many of which only this record was left."""
        found = self.parking.found()
        if found is None and len(self.targets) == 1:
            found = leftover.draft_of_rest(self.crm, self.command, SHAPE, self.targets[0])
        return found

    def _taken_up(self, draft: DraftRow) -> dict[str, str]:
        """What was typed into a draft.

        Of a form that sends only changes, the fields that were left alone show what stands there now: theirs
        would go over a colleague's as if it were meant. Those that were typed keep the version that was seen
        then, so that the same field changed meanwhile is a conflict and not lost.
        """
        self.parking.take(draft)
        kept = dict(draft.payload)
        began = json.loads(kept.get(SHAPE, "{}"))
        if self._draft is not None or not self.changes_only or not began:
            return kept
        typed = {n: began["raw"].get(n, "") for n in kept if n in self.first}
        typed = {n: before for n, before in typed.items() if kept[n] != before}
        if typed:
            self.first |= typed
            self.fixed = began["fixed"]
        return {n: text for n, text in kept.items() if n.removesuffix(":label") in typed}

    def raw(self) -> dict[str, str]:
        """The fields as typed."""
        return {name: inputs.raw_of(widget) for name, widget in self.inputs.items()}

    def _collect(self) -> Parked | None:
        raw = self.raw()
        if all(raw[name] == self.first.get(name, "") for name in raw):
            return None
        labelled = {
            f"{n}:label": w.value.label
            for n, w in self.inputs.items()
            if isinstance(w, Pick) and w.value is not None
        }
        focused = self.focused.id if self.focused is not None else None
        text = next((t for t in raw.values() if t.strip() and not t.startswith("#")), self.heading)
        return Parked({**raw, **labelled, SHAPE: self._shape()}, {"field": focused}, text)

    def _shape(self) -> str:
        """What this form was about, so that its draft can be taken up from anywhere: the arguments that made it."""
        made_with = (
            *("heading", "about", "fixed", "labels", "targets", "names", "done", "context"),
            "changes_only",
        )
        shape = {name: getattr(self, name) for name in made_with}
        return json.dumps({**shape, "raw": self.first, "fields": self.only}, ensure_ascii=False)

    def park_now(self) -> bool:
        return self.parking.now()

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        if self.raw() != self._opened:  # inputs tell, too, what they were made with
            self.message.say("")
            self._right_again(event.field)
        self.parking.touched()

    def _right_again(self, field: Widget) -> None:
        for name, widget in self.inputs.items():
            if field is widget and self.field_labels[name].wrong:
                inputs.changed(widget)
                self.field_labels[name].wrong = False
                self.field_labels[name].sync()

    # --- moving -----------------------------------------------------------------------------------------------

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        order = list(self.inputs)
        holder = next(
            (n for n, w in self.inputs.items() if event.field is w or w in event.field.ancestors), ""
        )
        at = order.index(holder) + event.step if holder in order else 0
        if event.key == "enter" and at >= len(order):
            self.action_form_save()
        elif 0 <= at < len(order):
            self.inputs[order[at]].focus()

    def action_form_next(self) -> None:
        self.focus_next()

    def action_form_prev(self) -> None:
        self.focus_previous()

    async def action_form_leave(self) -> None:
        """Esc leaves and keeps the draft; it never asks and never discards."""
        if await self.parking.save():
            self.dismiss(None)

    # --- saving -----------------------------------------------------------------------------------------------

    def _wanted(self, target: Mapping[str, str]) -> dict[str, str]:
        raw = self.raw()
        if self.changes_only:
            raw = {n: t for n, t in raw.items() if t != self.first.get(n, "")}
        return {**raw, **self.fixed, **target}

    def _build(self, target: Mapping[str, str]) -> Command | Refusal:
        from crm_tui.services.core.forms import World, build

        world = World(self.crm.reading(), self.shell.pickers, self.shell.calendar)
        return build(self.shell.command(self.command), self._wanted(target), world)

    def action_form_save(self) -> None:
        """Read the fields, run the command (or the batch), and answer in place if it is refused."""
        self.locked_while(self._save())

    async def _save(self) -> None:
        inputs.settle(self.inputs.values())
        built = [self._build(target) for target in self.targets]
        refusal = next((b for b in built if isinstance(b, Refusal)), None)
        if refusal is not None:
            await self.refuse(refusal)
            return
        commands = [b for b in built if not isinstance(b, Refusal)]
        if len(commands) == 1:
            await self._answer(await self.write(commands[0]))
        else:
            await self._answer_many(commands)

    async def _answer(self, outcome: Outcome) -> None:
        match outcome:
            case Done():
                await self.parking.filed()
                self._leave(outcome, 1, noted=leftover.noted([outcome]))
            case Refusal():
                await self.refuse(outcome)
            case Conflict():
                self._ask(outcome)

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
        self.action_form_save()

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
        if below is not None:
            nothing = isinstance(outcome, Done) and not outcome.events  # `u` would undo what was before
            told = say(N_("Nothing was changed")) if nothing else say(N_("{what}   u undoes"), what=sentence)
            told += f"   {noted}" if noted else ""
            if left:  # behind the key, because names may be cut
                told += "   " + say_n("{n} refused", "{n} refused", len(left)) + f": {why}"
            self.app.call_later(below.acted, done, told, left)

    async def refuse(self, refusal: Refusal) -> None:
        """Say it under the fields, open, mark and focus the field that would cure it; offer the card in the way."""
        await self._wrong(refusal.fields, say(in_words(refusal.reason, self.now, self.zone)))
        if refusal.card is not None:
            self.go("refusal", refusal=refusal)

    async def _wrong(self, fields: Collection[str], told: str) -> None:
        await self._open_missing(fields)
        for name, widget in self.inputs.items():
            wrong = name in fields
            inputs.mark_wrong(widget, wrong)
            self.field_labels[name].wrong = wrong
            self.field_labels[name].sync()
        self.message.say(told, "overdue")
        target = next((widget for name, widget in self.inputs.items() if name in fields), None)
        if target is not None:
            target.focus()
