"""What a parecer that is not filed yet keeps of itself, and with what its fields begin. (B45, threat 15)

A draft holds the texts of the fields as typed, what the parts keep, and where the cursor stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.fields import FieldSpec, chosen_id, row_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.screens.core.parking import Parked
from crm_tui.screens.note.answers import SAYS, Answers
from crm_tui.screens.note.desk import Desk
from crm_tui.screens.note.fields import SPECS
from crm_tui.services.core import records
from crm_tui.widgets.pick import Pick

if TYPE_CHECKING:
    from crm_tui.services.core.drafts import DraftRow

SEEN = "stage:version"
"""The key in a draft's payload of the card's version beside a chosen stage; no field is called so."""
STEP = "activity"
"""The key in a draft's payload, and the field of the command, of the planned step that the note registers."""


class Keeping:
    """The draft of one note: `draft` is the one that was taken up, None while there is none."""

    def __init__(self, desk: Desk, draft: DraftRow | None) -> None:
        self._desk = desk
        self.draft = draft

    def collect(self) -> Parked | None:
        """The note as it stands; None if it holds nothing that somebody typed."""
        desk = self._desk
        raw = desk.raw()
        parked: dict[str, str] = {}
        for part in desk.parts:
            parked |= part.parked()
        if not raw["body"].strip() and desk.beside_text() == desk.first and not parked:
            return None
        labels = {
            f"{name}:label": widget.value.label
            for name, widget in desk.inputs.items()
            if isinstance(widget, Pick) and widget.value is not None
        }
        if raw["stage"] == desk.standing:  # kept, it would move the card back once somebody has moved it
            raw.pop("stage")
            labels.pop("stage:label", None)
        elif desk.seen is not None:
            raw[SEEN] = str(desk.seen)
        focused = next((name for name in desk.inputs if desk.focused(name)), "body")
        cursor = {"field": focused, "at": list(desk.body.cursor_location)}
        step = {STEP: f"#{desk.activity_id}"} if desk.activity_id is not None else {}
        return Parked({**raw, **labels, **step, **parked}, cursor, raw["body"])

    def take_up(self) -> dict[str, str]:
        """The texts of the draft by field, with what records are called; empty if there is none."""
        if self.draft is None:
            return {}
        desk = self._desk
        kept = Answers.as_fields(self.draft.payload)
        for spec in (*SPECS.values(), *SAYS):
            raw = kept.get(spec.name, "")
            if spec.widget is Kind.PICK and raw.startswith("#") and f"{spec.name}:label" not in kept:
                kept[f"{spec.name}:label"] = self._called(spec, raw)
        if desk.card is not None and (kept.get("stage") or desk.standing) != desk.standing:
            desk.seen = row_id(kept.get(SEEN, "")) or desk.card.version
        return kept

    def step(self) -> int | None:
        """The planned step that the draft was begun on, while it is planned: it need not be the card's next one."""
        step = chosen_id(self.draft.payload.get(STEP, "")) if self.draft is not None else None
        found = self._desk.crm.read(records.activity, step) if step is not None else None
        return step if found is not None and found.state == ActivityState.PLANNED else None

    def begins_with(self, name: str, kept: Mapping[str, str]) -> tuple[str, str]:
        """What a field begins with, and what that is called: what the draft keeps, else what holds here."""
        raw = kept.get(name, "")
        if raw or (kept and name != "stage"):
            return raw, kept.get(f"{name}:label", "")
        return self._default(name)

    def _default(self, name: str) -> tuple[str, str]:
        """What comes from the planned contact: its kind of action; the stage stays the card's."""
        desk, card = self._desk, self._desk.card
        if name == "action" and card is not None and card.next_action_id is not None:
            raw = f"#{card.next_action_id}"
            return raw, self._called(SPECS[name], raw)
        if name == "action" and card is None and desk.activity_id is not None:
            return self._planned_action(desk.activity_id)
        if name == "medium":
            options = desk.crm.read(desk.shell.pickers["mediums"], "")
            return (f"#{options[0].value}", options[0].label) if options else ("", "")
        if name == "stage" and card is not None:
            return desk.standing, card.stage
        return "", ""

    def _planned_action(self, activity_id: int) -> tuple[str, str]:
        """The kind of a step that stands with a person, outside any card."""
        planned = self._desk.crm.read(records.activity, activity_id)
        options = self._desk.crm.read(self._desk.shell.pickers["actions"], "")
        found = next((o for o in options if planned is not None and o.label == planned.action), None)
        return (f"#{found.value}", found.label) if found is not None else ("", "")

    def _called(self, spec: FieldSpec, raw: str) -> str:
        options = self._desk.crm.read(self._desk.shell.pickers[spec.pick or ""], "")
        return next((o.label for o in options if f"#{o.value}" == raw), raw)
