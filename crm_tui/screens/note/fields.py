"""The fields of the parecer: their order, their draft, and how the focus walks through them.

Knows the declarations of the fields; what is filed, and when, is the editor's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from textual.widget import AwaitMount, Widget

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.board import CardDetail
from crm_tui.domain.fields import FieldSpec, chosen_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core import inputs
from crm_tui.screens.core.parking import Parked, Parking
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.note.head import EditorHead, Hint, Letters, Sentence
from crm_tui.services.core import records
from crm_tui.widgets.body import Body
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.pick import Pick

ORDER = ("body", "result", "next_when", "next_action", "stage", "next_subject", "action", "medium")
"""What `tab` goes through: what is drawn above the text is reached last, because it is filled; what the next step is
about is asked after the stage, because it is seldom needed. (JOBS, order)"""

ANSWER = "answer-"
"""How the names of the fields begin in which a stage's question is answered, the place of the question behind it; no
field of a command has a hyphen."""

LABEL = 16
"""Cells of the label with which a row under the text begins: what is chosen there begins in one column."""

SEEN = "stage:version"
"""The key in a draft's payload of the card's version beside a chosen stage; no field is called so."""

STEP = "activity"
"""The key in a draft's payload, and the field of the command, of the planned step that the note registers."""

SPECS: Mapping[str, FieldSpec] = {
    "result": FieldSpec("result", N_("Result"), Kind.PICK, pick="results"),
    "next_when": FieldSpec("next_when", N_("When"), Kind.WHEN, hours=True),
    "next_action": FieldSpec("next_action", N_("Next step"), Kind.PICK, pick="actions"),
    "next_subject": FieldSpec("next_subject", N_("About"), Kind.LINE),
    "stage": FieldSpec("stage", N_("Stage"), Kind.PICK, pick="stages"),
    "action": FieldSpec("action", N_("Action"), Kind.PICK, pick="actions"),
    "medium": FieldSpec("medium", N_("Medium"), Kind.PICK, pick="mediums"),
}


class NoteFields(Locks[None]):
    """What `NoteEditor` completes: it composes the widgets named here."""

    head: EditorHead
    hint: Hint
    letters: Letters
    sentence: Sentence
    parking: Parking
    card: CardDetail | None
    card_id: int | None
    party_id: int | None
    activity_id: int | None
    inputs: dict[str, Widget]
    touched: set[str]
    first: dict[str, str]
    standing: str = ""
    """The stage in which the card stands: shown from the start, and no wish while it is left."""
    coming: AwaitMount | None = None
    """Fields that were asked for last and may not be there yet."""
    seen: int | None = None
    """The card's version that was on the screen when another stage was chosen; None while none is."""

    def _say_about(self) -> None:
        """Say in the head whom and what the note is about."""
        raise NotImplementedError

    # --- draft ----------------------------------------------------------------------------------------------

    def raw(self) -> dict[str, str]:
        """Every field as typed."""
        return {name: inputs.raw_of(widget) for name, widget in self.inputs.items()}

    def _collect(self) -> Parked | None:
        raw = self.raw()
        if not raw["body"].strip() and self._filled(raw) == self.first and not self._files():
            return None
        labels = {
            f"{name}:label": widget.value.label
            for name, widget in self.inputs.items()
            if isinstance(widget, Pick) and widget.value is not None
        }
        if raw["stage"] == self.standing:  # kept, it would move the card back once somebody has moved it
            raw.pop("stage")
            labels.pop("stage:label", None)
        elif self.seen is not None:
            raw[SEEN] = str(self.seen)
        body = self.inputs["body"]
        assert isinstance(body, Body)
        focused = next((n for n, w in self.inputs.items() if w.has_focus or w.has_focus_within), "body")
        cursor = {"field": focused, "at": list(body.cursor_location)}
        step = {STEP: f"#{self.activity_id}"} if self.activity_id is not None else {}
        return Parked(
            {**raw, **labels, **step, **self._parked_gates(), **self._used_text(), **self._files()},
            cursor,
            raw["body"],
        )

    def _kept_step(self, kept: Mapping[str, str]) -> int | None:
        """The planned step that a draft was begun on, while it is planned: it need not be the card's next one."""
        step = chosen_id(kept.get(STEP, ""))
        found = self.crm.read(records.activity, step) if step is not None else None
        return step if found is not None and found.state == ActivityState.PLANNED else None

    def _filled(self, raw: Mapping[str, str]) -> dict[str, str]:
        """What stands in the fields beside the text."""
        return {name: text for name, text in raw.items() if name != "body" and text}

    def _who(self) -> str:
        """Whom the note is about."""
        raise NotImplementedError

    def _place(self) -> dict[str, int]:
        """Where the note stands, by which pickers narrow what they offer: board, stage, person, contact."""
        raise NotImplementedError

    def _show_asked(self) -> None:
        """Of the fields that the chosen stage asks for, those that the answers call for."""
        raise NotImplementedError

    def _parked_gates(self) -> dict[str, str]:
        """What a draft keeps of what the chosen stage asks for."""
        raise NotImplementedError

    def _used_text(self) -> dict[str, str]:
        """The standard text that the note used."""
        raise NotImplementedError

    def _files(self) -> dict[str, str]:
        """The files that were attached to it."""
        raise NotImplementedError

    def _counted(self) -> str:
        """How many they are, in words."""
        raise NotImplementedError

    def _saved(self, at: datetime) -> None:
        clock = at.astimezone(self.zone).strftime("%H:%M:%S")
        self.head.saved(say(N_("saved {clock}"), clock=clock))

    def park_now(self) -> bool:
        return self.parking.now()

    def _not_kept(self, sentence: str) -> None:
        self.sentence.show(sentence, "overdue")

    def _count(self) -> None:
        n = len(inputs.raw_of(self.inputs["body"]))
        self.letters.show(say_n("{n} letter", "{n} letters", n) if n else "")
        self.hint.show(self._counted())

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        name = self._name_of(event.field)
        if name:
            inputs.changed(self.inputs[name])
        if name and event.field.has_focus_within | event.field.has_focus:
            self.touched.add(name)
        if name == "body":
            self._count()
        self.sentence.show("")
        if name and event.settled:
            self._followed(name)
        if name == "stage" and event.settled:
            self._stage_chosen()
        if name.startswith(ANSWER) and event.settled:
            self._answer_taken(name)
        self._show_asked()
        self.parking.touched()

    def _name_of(self, widget: Widget) -> str:
        return next((n for n, w in self.inputs.items() if w is widget or w in widget.ancestors), "")

    def _stage_chosen(self) -> None:
        """The first choice of another stage was made on the card as it stands here; leaving it again undoes that."""
        raw = inputs.raw_of(self.inputs["stage"])
        if raw in ("", self.standing):
            self.seen = None
        elif self.seen is None and self.card is not None:
            self.seen = self.card.version

    def _answer_taken(self, name: str) -> None:
        """The question in a field of this name was answered."""
        raise NotImplementedError

    def _decided(self) -> bool:
        """Whether an answer says where the card goes, whatever the result says."""
        raise NotImplementedError

    def _decision_taken(self) -> None:
        """An answer was taken, or taken away."""
        raise NotImplementedError

    async def call_for_more(self) -> None:
        """Show the fields that are seldom needed, and go to the first of them."""
        raise NotImplementedError

    def _followed(self, name: str) -> None:
        """A choice was made; what hangs on it follows."""
        raise NotImplementedError

    def on_body_too_long(self, event: Body.TooLong) -> None:
        """Say what did not fit; of a paste on a card, offer to keep it as a file. (DESIGN.md §4)"""
        over = say_n(
            "{n} letter did not fit: a note holds 65,536.",
            "{n} letters did not fit: a note holds 65,536.",
            len(event.rest),
        )
        self.sentence.show(over, "overdue")
        if len(event.rest) > 1 and self.card_id is not None:
            from crm_tui.screens.core.questions import ConfirmScreen

            question = ConfirmScreen(say(N_("Attach the rest to the card as a file?")), over)
            self.app.push_screen(question, partial(self._keep_rest, event.rest))

    def _keep_rest(self, rest: str, wanted: bool | None) -> None:
        if wanted:
            self.run_worker(self._store_rest(rest))

    async def _store_rest(self, rest: str) -> None:
        """Keep what did not fit as a file."""
        raise NotImplementedError

    # --- moving -----------------------------------------------------------------------------------------------

    def _order(self) -> list[str]:
        return [name for name in ORDER if self.inputs[name].is_attached]

    def _step(self, by: int) -> None:
        order = self._order()
        here = next((i for i, n in enumerate(order) if self._focused(n)), 0)
        self._enter(self.inputs[order[(here + by) % len(order)]])

    def _enter(self, target: Widget) -> None:
        """The focus into a field; into one that came this moment once it is there, keys wait meanwhile."""
        if target.is_mounted or self.coming is None:
            target.focus()
        else:
            self.shell.gate.hold()
            self.run_worker(self._entered(target, self.coming))

    async def _entered(self, target: Widget, coming: AwaitMount) -> None:
        try:
            await coming
            self.set_focus(target if target.is_attached else self.inputs["body"])
        finally:
            await self.shell.gate.release()

    def _focused(self, name: str) -> bool:
        widget = self.inputs[name]
        return widget.has_focus or widget.has_focus_within

    def action_focus_next(self) -> None:
        self._step(1)

    def action_focus_prev(self) -> None:
        self._step(-1)

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        self._step(event.step)

    def action_ed_fill(self) -> None:
        """`f4`: to the field that is missing."""
        missing = next(
            (n for n in ("body", "result") if not inputs.raw_of(self.inputs[n]).strip()), "next_when"
        )
        self.inputs[missing].focus()

    async def action_ed_leave(self) -> None:
        """Esc: leave it *a concluir*. Never asks, never discards."""
        if not await self.parking.save():
            return
        below, kept = self.under(), self._collect() is not None
        self.dismiss(None)
        if below is not None and kept:
            self.app.call_later(below.tell, say(N_("kept to finish: {who}"), who=self._who()))

    async def action_ed_park(self) -> None:
        await self.action_ed_leave()

    def action_ed_history(self) -> None:
        """What was agreed, one key away; the text stays as it is."""
        self.go("history", card=self.card_id, party=self.party_id, quote=self.quote)

    def quote(self, text: str) -> None:
        """Put a quoted text where the cursor stands."""
        body = self.inputs["body"]
        assert isinstance(body, Body)
        body.insert("\n".join(f"> {line}" for line in text.splitlines()) + "\n")
        body.focus()

    def action_ed_data(self) -> None:
        if self.card_id is not None:
            self.go("edit_card", card=self.card_id)
        elif self.party_id is not None:
            self.go("edit_party", party=self.party_id)
