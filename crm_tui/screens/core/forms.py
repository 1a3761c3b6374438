"""The generated form of any command: labels, fields, drafts; how it is saved is in `formsave`.

Twenty settings screens cost twenty declarations. It knows the declaration of a command, never its business.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec, idle
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.outcome import Outcome, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred, cures, inputs, leftover
from crm_tui.screens.core.announce import Announced
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.cures import Cured
from crm_tui.screens.core.formrows import FieldLabel, Message, QuestionLabel, label_room
from crm_tui.screens.core.formsave import Saves
from crm_tui.screens.core.kept import SHAPE, shape
from crm_tui.screens.core.made import MakesPeople
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.strip import ShowsDays
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.looks import cells
from crm_tui.widgets.pick import Pick
from crm_tui.widgets.sheet import TEXT_CELLS

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow


class FormScreen(ShowsDays, SheetScreen[Outcome | None], Saves, MakesPeople):
    """See the module. `targets` are the fixed values of each of many records: one batch, one undo."""

    FOOTER = "form"
    SCOPES = ("app", "form", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        f"form.{it}" for it in ["save", "save_new", "leave", "drop", "guide", "slot", "next", "prev"]
    )
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    FormScreen .row, FormScreen .asked { height: auto; width: 100%; }
    FormScreen .-stacked > .row { padding: 0 0 0 2; }
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
        again: Mapping[str, str] | None = None,
        said: str = "",
        gates: Sequence[Any] = (),
    ) -> None:
        """`raw` are the texts that stand there at first, `labels` what a picked value is called; `names` those
        of the targets; `changes_only` sends only fields that differ from `raw` (edit forms).

        `again` are the texts with which another one begins once this is saved (None: there is no other), `said`
        what the one before came to. `gates` are what is missing before the command can be done (`cures.kept`).
        """
        super().__init__()
        self.command = command
        self.heading, self.about = heading, about
        self.fixed = dict(fixed or {})
        self.first = dict(raw or {})
        self.labels = dict(labels or {})
        self.only = self.asked = fields
        self.targets = [dict(t) for t in targets] if targets is not None else [{}]
        self.names = list(names)
        self.done = done
        self.context = dict(context or {})
        self.changes_only = changes_only
        self.again = dict(again) if again is not None else None
        self.subject = subject
        self._said = said
        self.gates = cures.revived(gates)
        self.cured: dict[str, Cured] = {}
        self.asked_again: set[str] = set()
        self._draft = self._found = draft
        self._opened: dict[str, str] = {}
        self._fields: list[FieldSpec] = []
        self._label_width = 0
        self.demanded: set[str] = set()
        """The fields that a refusal asked for: they are shown whatever the others hold."""
        self.inputs: dict[str, Widget] = {}
        self.field_labels: dict[str, FieldLabel] = {}
        self.message = Message()
        self.title_row = SheetTitle(heading, about)
        self._announced = Announced(self, subject, self.title_row.others) if changes_only else None
        self.parking = Parking(self, command, subject, self._collect, failed=self.tell)

    def hindrance(self, shell: Shell) -> Refusal | None:
        """What forbids its command on every record that it is about; a draft is always shown, and so is what somebody
        may approve, which is said: of one record, for an approval is good for one command."""
        if self._draft is not None:
            return None
        refusals = [
            barred.refusal(shell, self.command, barred.ids({**self.fixed, **target}))
            for target in self.targets
        ]
        if not all(refusals):
            return None
        if len(refusals) == 1 and refusals[0] is not None and refusals[0].approval:
            self._said = say(N_("Your profile does not allow this: somebody who may approves it on saving."))
            return None
        return refusals[0]

    @property
    def offered(self) -> frozenset[str]:
        idle = {"form.save_new"} if self.again is None else set()
        idle |= set() if self.shell.command(self.command).guide else {"form.guide"}
        return self.OFFERS - (idle if self._found is not None else idle | {"form.drop"})

    # --- what is shown ------------------------------------------------------------------------------------

    def _every_spec(self) -> list[FieldSpec]:
        from crm_tui.services.core.forms import specs

        own = [s for s in specs(self.shell.command(self.command)) if s.widget is not Kind.HIDDEN]
        return [*own, *(replace(each.spec, name=name) for name, each in self.cured.items())]

    def _specs(self) -> list[FieldSpec]:
        by_name = {s.name: s for s in self._every_spec()}
        names = self.only if self.only is not None else tuple(by_name)
        return [by_name[name] for name in names if name in by_name]

    def content(self) -> ComposeResult:
        yield self.title_row
        self._know_cures()
        found = self._found = self._draft or self._waiting()
        kept = self._taken_up(found) if found is not None else {}
        specs = self._fields = self._specs()
        self._label_width = label_room(specs)
        # the last one always shown, and those behind it: nothing lies below for their answers to be drawn over
        at = max((n for n, spec in enumerate(specs) if spec.shown_if is None), default=0)
        for n, spec in enumerate(specs):
            yield self._row(spec, kept, last=n >= at)

    def _row(self, spec: FieldSpec, kept: Mapping[str, str], *, last: bool) -> Widget:
        first = self.first.get(spec.name, "")
        raw = kept.get(spec.name, first)
        # of another value the name is not known: a draft's word would show that of the first
        called = self.labels.get(spec.name, "") if raw == first else ""
        label = kept.get(f"{spec.name}:label", called)
        proposed = raw == first and not self.changes_only
        widget = inputs.make(self, spec, raw, label, context=self.context, last=last, proposed=proposed)
        self.inputs[spec.name] = widget
        words, room = inputs.words(spec, spec.label), min(self.app.size.width - 4, TEXT_CELLS)
        stacked = spec.literal and cells(words) + 4 > self._label_width
        shown = QuestionLabel(words, room + 1, room) if stacked else FieldLabel(words, self._label_width)
        self.field_labels[spec.name] = shown
        asker = self._asker(spec.name) if self.app.size.width >= cures.ROOM else ""
        asked = [cures.AskedBy(asker)] if asker else []
        if stacked:
            return Stacked(shown, Beside(widget, *asked, classes="row"), classes="asked -stacked")
        return Beside(shown, widget, *asked, classes="row")

    def _asker(self, name: str) -> str:
        """Who asks for a field that is not the command's own; empty: nobody is named."""
        by = self.cured.get(name)
        return by.stage if by is not None else ""

    def _know_cures(self) -> list[str]:
        """The fields of what is missing, shown behind the command's own; their names."""
        self.cured |= {each.name: each for each in self._cures(self.gates)}
        if self.only is not None:
            self.only = tuple(dict.fromkeys((*self.only, *self.cured)))
        return [*self.cured]

    async def _renew_cures(self) -> None:
        """A form was revised, or answered, since it was shown here: its questions as they are now, with what was typed;
        what is asked no more is hidden and sent no more."""
        fresh = {each.name: each for each in self._cures(self.gates)}
        for name in self.cured.keys() - fresh.keys():
            if (row := self.field_labels[name].parent) is not None:
                row.display = False
        self.cured = fresh
        await self._open_missing(fresh)
        self._show_asked()

    def _show_asked(self) -> None:
        """Of the fields that depend on others, those that matter with the texts as they stand."""
        hidden = self._hidden()
        for spec in self._fields:
            if spec.shown_if is not None:
                self._show_row(spec.name, spec.name not in hidden)
        for name in self.cured:
            self._show_row(name, name not in hidden)

    def _show_row(self, name: str, shown: bool) -> None:
        row = self.field_labels[name].parent
        if isinstance(row, Widget):
            row.display = shown

    def _hidden(self) -> frozenset[str]:
        raw = self.raw()
        found = idle(self._fields, {**self.fixed, **raw}) - self.demanded
        asked = cures.shown(self.shell, [*self.cured.values()], raw) if self.cured else set()
        gone = {name for name in raw if name.startswith(cures.MARK) and name not in self.cured}
        return found.union(self.cured.keys() - asked, gone)

    async def _open_missing(self, names: Collection[str]) -> None:
        """Fields that a refusal asks for and that are not shown yet open below the others: it is cured in place."""
        self.demanded |= set(names)
        for spec in [s for s in self._every_spec() if s.name in names and s.name not in self.inputs]:
            above = self.field_labels[next(reversed(self.inputs))].parent
            self.only = (*self.inputs, spec.name)
            if spec.name in self.fixed:  # what it was about is gone: what is chosen now goes before it
                self.asked_again.add(spec.name)
                self.done = ""
            self._fields = self._specs()
            self._label_width = label_room(self._fields)
            for label in self.field_labels.values():
                if not isinstance(label, QuestionLabel):
                    label.styles.width = self._label_width
            row = self._row(spec, {}, last=True)
            if isinstance(above, Widget) and isinstance(above.parent, Widget):
                await above.parent.mount(row, after=above)
        self._show_asked()

    def foot(self) -> Widget:
        return self.message

    def on_mount(self) -> None:
        self._shown()

    def _shown(self) -> None:
        self._show_asked()
        if (begin := self._begin()) is not None:
            begin.focus()
        self._opened = self.raw()
        if self._found is not None:
            self.message.say(say(N_("Taken up from your draft; esc leaves it kept, f8 discards it.")))
        elif self._said:
            self.message.say(self._said)
        if self._announced is not None:
            self._announced.begin()

    def _begin(self) -> Widget | None:
        """Where one goes on: a draft's field; of something new, behind what the place has filled in already."""
        fields = list(self.inputs.items())
        if self._found is not None:
            stood = self._found.cursor.get("field")
            fields = [each for each in fields if each[0] == stood] or fields
        elif self.again or self.made is not None:
            fields = [each for each in fields if not inputs.raw_of(each[1])] or fields
        return next((widget for _, widget in fields), None)

    def on_unmount(self) -> None:
        if self._announced is not None:
            self._announced.end()

    # --- draft ----------------------------------------------------------------------------------------------

    def _waiting(self) -> DraftRow | None:
        """The draft of this form, or that of many of which only this record was left."""
        found = self.parking.found()
        if found is None and len(self.targets) == 1:
            found = leftover.draft_of_rest(self.crm, self.command, self.targets[0])
        return found

    def _taken_up(self, draft: DraftRow) -> dict[str, str]:
        """What was typed into a draft.

        Of a form that sends only changes, the fields that were left alone show what stands there now: theirs
        would go over a colleague's as if it were meant. Those that were typed keep the version that was seen
        then, so that the same field changed meanwhile is a conflict and not lost.
        """
        self.parking.take(draft)
        kept = dict(draft.payload)
        began = shape(kept)
        if self._draft is not None or not self.changes_only or not {"raw", "fixed"} <= began.keys():
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
        raw = {name: text for name, text in self.raw().items() if name not in self._secret()}
        if all(raw[name] == self.first.get(name, "") for name in raw):
            return None
        labelled = {
            f"{n}:label": w.value.label
            for n, w in self.inputs.items()
            if isinstance(w, Pick) and w.value is not None and w.value.value == raw[n]
        }
        focused = self.focused.id if self.focused is not None else None
        text = next((t for t in raw.values() if t.strip() and not t.startswith("#")), self.heading)
        return Parked({**raw, **labelled, SHAPE: self._shape()}, {"field": focused}, text)

    def _secret(self) -> frozenset[str]:
        """The fields that are never parked."""
        return frozenset(spec.name for spec in self._every_spec() if spec.widget is Kind.SECRET)

    def _shape(self) -> str:
        """What this form was about, so that its draft can be taken up from anywhere: the arguments that made it."""
        made_with = ("heading", "about", "fixed", "labels", "targets", "names", "done", "context", "again")
        shape = {name: getattr(self, name) for name in (*made_with, "changes_only")}
        more = {"raw": self.first, "fields": self.only, "gates": cures.kept(self.gates)}
        return json.dumps({**shape, **more}, ensure_ascii=False)

    def park_now(self) -> bool:
        return self.parking.now()

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        if self.raw() != self._opened:  # inputs tell, too, what they were made with
            self.message.say("")
            self._right_again(event.field)
        self._show_asked()
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
        self._show_asked()
        if inputs.left(self._in_sight(), event):
            self.action_form_save()

    def _in_sight(self) -> dict[str, Widget]:
        """The fields that are asked for now."""
        hidden = self._hidden()
        return {name: widget for name, widget in self.inputs.items() if name not in hidden}

    def action_focus_next(self) -> None:
        self._go_on(1)

    def action_focus_prev(self) -> None:
        self._go_on(-1)

    def _go_on(self, step: int) -> None:
        """To the next field, round the end. What the key just took is told only later, and what it brings is not laid
        out yet, so that Textual's own order would put it first."""
        self._show_asked()
        order = list(self._in_sight().values())
        here = next((n for n, field in enumerate(order) if field.has_focus_within), None)
        if here is None:
            self.focus_next() if step > 0 else self.focus_previous()
        else:
            order[(here + step) % len(order)].focus()

    def action_form_next(self) -> None:
        self.action_focus_next()

    def action_form_prev(self) -> None:
        self.action_focus_prev()

    def action_form_guide(self) -> None:
        if guide := self.shell.command(self.command).guide:
            self.go(guide)

    async def action_form_leave(self) -> None:
        """Esc leaves and keeps the draft; it never asks and never discards."""
        if await self.parking.save():
            self.dismiss(None)
