"""Somebody else approves on the spot what the operator's profile does not allow: login and PIN, for this once. (B56)

The PIN is masked, parked nowhere and gone with this sheet. It knows outcomes, never what the command does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.fields import Widget as Field
from crm_tui.domain.outcome import Outcome, Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message, label_room
from crm_tui.screens.core.questions import Words
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line
from crm_tui.widgets.sheet import Kind

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command

FIELDS = (
    FieldSpec("login", N_("Login"), Field.LINE, required=True, help=N_("of whoever may do it")),
    FieldSpec("pin", N_("PIN"), Field.SECRET, required=True),
)


class ApprovalScreen(SheetScreen[Outcome | None], Locks[Outcome | None]):
    """Dismissed with what became of the command; None: nobody approved, nothing was done."""

    KIND = Kind.REFUSED
    FOOTER = "form"
    SCOPES = ("app", "form", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("form.save", "form.leave", "form.next", "form.prev"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    ApprovalScreen .row { height: 1; width: 100%; }
    ApprovalScreen .row > Line { width: 1fr; }
    """

    def __init__(self, refusal: Refusal, command: Command, about: str = "") -> None:
        super().__init__()
        self.refusal, self.command, self.about = refusal, command, about
        self.inputs: dict[str, Widget] = {}
        self.field_labels: dict[str, FieldLabel] = {}
        self.message = Message()

    def content(self) -> ComposeResult:
        yield SheetTitle(say(N_("Needs an approval")), self.about, "overdue")
        lines = [Line((Run(say(in_words(self.refusal.reason, self.now, self.zone))),))]
        if self.refusal.remedy is not None:
            lines.append(Line((Run(say(self.refusal.remedy), "muted"),)))
        yield Words(self, lines)
        room = label_room(FIELDS)
        for spec in FIELDS:
            widget = inputs.make(self, spec, last=spec is FIELDS[-1])
            self.inputs[spec.name] = widget
            self.field_labels[spec.name] = FieldLabel(say(spec.label), room)
            yield Beside(self.field_labels[spec.name], widget, classes="row")

    def foot(self) -> Widget:
        return self.message

    def on_mount(self) -> None:
        self.inputs["login"].focus()

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self._mark(())

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if inputs.left(self.inputs, event):
            self.action_form_save()

    def action_form_next(self) -> None:
        self.focus_next()

    def action_form_prev(self) -> None:
        self.focus_previous()

    def action_form_leave(self) -> None:
        self.dismiss(None)

    def action_form_save(self) -> None:
        """Send the command again with what was typed; the PIN does not stay in its field."""
        self.locked_while(self._send())

    async def _send(self) -> None:
        from crm_tui.services.core.pins import Approval

        typed = {name: inputs.raw_of(widget).strip() for name, widget in self.inputs.items()}
        empty = next((name for name, text in typed.items() if not text), None)
        if empty is not None:
            self._wrong((empty,), say(N_("Type login and PIN; esc leaves it undone.")))
            return
        inputs.put(self.inputs["pin"], "", "")
        outcome = await self.write(self.command, approval=Approval(typed["login"], typed["pin"]))
        if isinstance(outcome, Refusal) and outcome.approval:
            self._wrong(outcome.fields, say(in_words(outcome.reason, self.now, self.zone)))
        else:
            self.dismiss(outcome)

    def _wrong(self, fields: Collection[str], told: str) -> None:
        self.message.say(told, "overdue")
        self._mark(fields)
        target = next((widget for name, widget in self.inputs.items() if name in fields), None)
        if target is not None:
            target.focus()

    def _mark(self, fields: Collection[str]) -> None:
        for name, widget in self.inputs.items():
            inputs.mark_wrong(widget, name in fields)
            self.field_labels[name].wrong = name in fields
            self.field_labels[name].sync()
