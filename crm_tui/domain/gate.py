"""Gates: what must be there before a card leaves a stage, or enters one. (E30-E40, M8, M18, M75)

Pure: the facts of a card and the gates of its board are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.taxid import tax_id
from crm_tui.i18n import N_, Text, text_n


class GateKind(StrEnum):
    """What a gate asks for. The catalogue is open: a kind is a fact, a name and a cure. (E32, E39)"""

    PRIMARY_CONTACT = "primary_contact"
    VALID_DOCUMENT = "valid_document"
    DEAL_VALUE = "deal_value"
    OFFER_ITEMS = "offer_items"
    ATTACHMENT = "attachment"
    FORM = "form"
    FIELD = "field"
    APPOINTMENT = "appointment"
    CHECKLIST = "checklist"


GATE_KIND_NAMES: Final[Mapping[GateKind, str]] = {
    GateKind.PRIMARY_CONTACT: N_("Main contact"),
    GateKind.VALID_DOCUMENT: N_("Valid CPF or CNPJ"),
    GateKind.DEAL_VALUE: N_("Deal value"),
    GateKind.OFFER_ITEMS: N_("Offer items"),
    GateKind.ATTACHMENT: N_("Attached file"),
    GateKind.FORM: N_("Form answered"),
    GateKind.FIELD: N_("Field filled"),
    GateKind.APPOINTMENT: N_("Appointment made"),
    GateKind.CHECKLIST: N_("Checklist done"),
}
"""What a gate is called, in forms and in lists."""


class Moment(StrEnum):
    """When a gate is asked."""

    ENTER = "enter"
    LEAVE = "leave"


MOMENT_NAMES: Final[Mapping[Moment, str]] = {
    Moment.LEAVE: N_("to leave the stage"),
    Moment.ENTER: N_("to enter the stage"),
}
"""What a moment is called, in forms and in lists."""


CARD_FIELDS: Final[Mapping[str, str]] = {
    "party": N_("Person"),
    "channel": N_("Channel"),
    "media": N_("Media source"),
    "interest_level": N_("Interest"),
    "expected_close_on": N_("Expected close"),
    "value_recurring": N_("Value per month"),
    "description": N_("Description"),
}
PARTY_FIELDS: Final[Mapping[str, str]] = {"phone": N_("Phone"), "email": N_("E-mail")}
FIELDS: Final[Mapping[str, str]] = {**CARD_FIELDS, **PARTY_FIELDS}
"""The fields that a FIELD gate may ask for, as the forms of card and person call them. (M8)"""


def words(kind: str, field: str | None) -> str:
    """What a requirement asks for, as a message id: the field that it names, or its kind."""
    return FIELDS.get(field or "", GATE_KIND_NAMES[GateKind(kind)])


def called(kind: str, form: str | None, field: str | None) -> Text:
    """The same for a reader, with the name of the form that is to be answered."""
    if kind == GateKind.FORM and form:
        return Text("Form {name}", {"name": form})
    return Text(words(kind, field))


class Gate(NamedTuple):
    """A requirement of a stage that is switched on. `form` is the name of FORM's, `field` a name of `FIELDS`."""

    id: int
    stage_id: int
    stage: str
    moment: str
    kind: str
    form_id: int | None = None
    form: str | None = None
    field: str | None = None

    @property
    def label(self) -> Text:
        """What is asked for, in the words of a form."""
        return called(self.kind, self.form, self.field)


class Facts(NamedTuple):
    """What there is of a card, as far as gates ask. Cents; `filled` are names of
    `FIELDS`, `answered` ids of forms, `tasks` the open ones by id and text, `appointment` the next step with an hour
    that lies ahead."""

    card_id: int
    party_id: int | None = None
    party_version: int = 0
    contact: str | None = None
    document: str | None = None
    value_cents: int = 0
    items: int = 0
    files: int = 0
    answered: frozenset[int] = frozenset()
    filled: frozenset[str] = frozenset()
    appointment: datetime | None = None
    tasks: tuple[tuple[int, str], ...] = ()


class Cure(NamedTuple):
    """The command that gives what is missing: the records it is about, the fields that are typed, and what to call
    the first of them where the command's own words say too little."""

    command: str
    about: tuple[tuple[str, int], ...]
    fields: tuple[str, ...]
    label: str = ""


class Asked(NamedTuple):
    """A gate that was asked of a card: whether it is met, by what, and what would cure it."""

    gate: Gate
    met: bool
    found: Text | str = ""
    cures: tuple[Cure, ...] = ()


_MET: Final[Mapping[GateKind, Callable[[Gate, Facts], bool]]] = {
    GateKind.PRIMARY_CONTACT: lambda _, facts: facts.contact is not None,
    GateKind.VALID_DOCUMENT: lambda _, facts: tax_id(facts.document or "") is not None,
    GateKind.DEAL_VALUE: lambda _, facts: facts.value_cents > 0,
    GateKind.OFFER_ITEMS: lambda _, facts: facts.items > 0,
    GateKind.ATTACHMENT: lambda _, facts: facts.files > 0,
    GateKind.FORM: lambda gate, facts: gate.form_id in facts.answered,
    GateKind.FIELD: lambda gate, facts: gate.field in facts.filled,
    GateKind.APPOINTMENT: lambda _, facts: facts.appointment is not None,
    GateKind.CHECKLIST: lambda _, facts: not facts.tasks,
}


def met(gate: Gate, facts: Facts) -> bool:
    """Whether a card has what a gate asks for. (E33-E39)"""
    return _MET[GateKind(gate.kind)](gate, facts)


def there(gate: Gate, facts: Facts) -> Text | str:
    """What a card has of what a gate asks for, in a word or two; a document that is no valid one, too."""
    match GateKind(gate.kind):
        case GateKind.PRIMARY_CONTACT:
            return facts.contact or ""
        case GateKind.VALID_DOCUMENT:
            return facts.document or ""
        case GateKind.DEAL_VALUE if facts.value_cents:
            return Text("{value_cents}", {"value_cents": facts.value_cents})
        case GateKind.OFFER_ITEMS if facts.items:
            return text_n("{n} item", "{n} items", facts.items)
        case GateKind.ATTACHMENT if facts.files:
            return text_n("{n} file", "{n} files", facts.files)
        case GateKind.APPOINTMENT if facts.appointment is not None:
            return Text("{start_at}", {"start_at": facts.appointment})
        case GateKind.CHECKLIST if facts.tasks:
            return text_n("{n} open task", "{n} open tasks", len(facts.tasks))
    return ""


def cures(gate: Gate, facts: Facts) -> tuple[Cure, ...]:
    """The commands by which what a gate asks for is given, with the fields to fill. Of a card without a person the
    person comes first: what is asked of the person is asked once there is one."""
    card = (("card", facts.card_id),)
    person = (("party", facts.party_id or 0), ("version", facts.party_version))
    who = Cure("edit_card", card, ("party",))
    match GateKind(gate.kind):
        case GateKind.PRIMARY_CONTACT:
            return (Cure("edit_card", card, ("contact",)),) if facts.party_id is not None else (who,)
        case GateKind.VALID_DOCUMENT:
            return (Cure("edit_party", person, ("document",)),) if facts.party_id is not None else (who,)
        case GateKind.DEAL_VALUE:
            return (Cure("edit_card", card, ("value_one_off",)),)
        case GateKind.OFFER_ITEMS:
            return (Cure("add_card_item", card, ("item", "qty")),)
        case GateKind.ATTACHMENT:
            return (Cure("attach_file", card, ("content",)),)
        case GateKind.FORM:
            return (Cure("answer_form", (*card, ("form", gate.form_id or 0)), ("answers",)),)
        case GateKind.APPOINTMENT:
            return (Cure("plan_step", card, ("when", "action"), N_("Appointment")),)
        case GateKind.CHECKLIST:
            return tuple(Cure("tick_task", (("task", task),), ("done",), text) for task, text in facts.tasks)
        case GateKind.FIELD if gate.field in PARTY_FIELDS:
            return (
                (Cure("edit_party", person, (gate.field or "",)),) if facts.party_id is not None else (who,)
            )
        case GateKind.FIELD:
            return (Cure("edit_card", card, (gate.field or "",)),)


BORN_WITH: Final[Mapping[str, str]] = {
    GateKind.DEAL_VALUE: "value_one_off",
    GateKind.APPOINTMENT: "when",
    GateKind.PRIMARY_CONTACT: "party",
    GateKind.VALID_DOCUMENT: "party",
}
"""The field of a new card by which it is born with what a gate asks for; FIELD's is its own."""


def unborn(asked: Sequence[Asked]) -> Refusal | None:
    """Why a card is not opened in a stage: what is missing is filled in the form of the new card, if it is there."""
    found = refusal(asked)
    if found is None:
        return None
    missing = [each.gate for each in asked if not each.met]
    fields = tuple(BORN_WITH.get(gate.kind) or gate.field or "stage" for gate in missing)
    later = [gate for gate in missing if gate.kind not in BORN_WITH and not gate.field]
    reason = found.reason
    if later:
        reason = Text(
            "A new card cannot have this yet: {names}. Open it in another stage, then move it here.",
            {"names": _names(later)},
        )
    return replace(
        found, reason=reason, fields=fields, asked=tuple(each._replace(cures=()) for each in asked)
    )


def ask(gates: Iterable[Gate], facts: Facts) -> tuple[Asked, ...]:
    """Each gate that stands in the way of a card, once: the same thing asked for by two stages is one thing."""
    found: dict[tuple[str, int | None, str | None], Asked] = {}
    for gate in gates:
        given = met(gate, facts)
        what = (gate.kind, gate.form_id, gate.field)
        found.setdefault(what, Asked(gate, given, there(gate, facts), () if given else cures(gate, facts)))
    return tuple(found.values())


def _names(missing: Sequence[Gate]) -> Text:
    """What is missing in a row, each with the stage that asks."""
    return reduce(
        lambda before, each: Text("{before}, {next}", {"before": before, "next": each}),
        (Text("{what} ({stage})", {"what": gate.label, "stage": gate.stage}) for gate in missing),
    )


def refusal(asked: Sequence[Asked], fields: tuple[str, ...] = ()) -> Refusal | None:
    """Why a card does not go on: what is missing, by name, with every gate that was asked; None if nothing is."""
    missing = [each.gate for each in asked if not each.met]
    if not missing:
        return None
    reason = text_n(
        "{n} thing is missing before this card goes on: {names}.",
        "{n} things are missing before this card goes on: {names}.",
        len(missing),
        names=_names(missing),
    )
    return Refusal(reason, RefusedBy.RULE, fields, asked=tuple(asked))
