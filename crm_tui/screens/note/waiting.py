"""What is known of a parked form: whom it is about, what it still lacks, what happened to its card meanwhile.

Gathers through views and the forms' declarations; says nothing that is not stored. (B45-B47)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crm_tui.domain import when
from crm_tui.domain.board import CardDetail
from crm_tui.domain.fields import FieldSpec, chosen_id
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.form import FormAsked, Question
from crm_tui.domain.form_read import Judged, days, judge
from crm_tui.domain.note import complete_note
from crm_tui.domain.party import PartyDetail
from crm_tui.domain.subject import record_of
from crm_tui.domain.trail import Entry
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core import barred, inputs
from crm_tui.screens.core.kept import asked_of, shape
from crm_tui.services.board import views as boards
from crm_tui.services.core import records
from crm_tui.services.form import views as forms
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow

NOTE = "file_note"
ANSWERS = "answer_form"
LOOKED_BACK = 20
"""Entries of the card in which somebody else's last deed is looked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft and its surroundings. `missing` are labels; `meanwhile` is what somebody else did to the card."""

    draft: DraftRow
    who: str
    number: str
    card: CardDetail | None
    party: PartyDetail | None
    gone: bool
    missing: tuple[str, ...]
    meanwhile: Entry | None

    @property
    def closed(self) -> bool:
        """The card was closed."""
        return self.card is not None and self.card.closed


def gather(shell: Shell, draft: DraftRow) -> Waiting:
    """Everything about one draft: a handful of queries."""
    crm = shell.crm
    kind, row_id = record_of(draft.subject) or ("", 0)
    card: CardDetail | None = None
    party: PartyDetail | None = None
    if kind == "card":
        card = crm.read(boards.detail, row_id)
    elif kind == "party":
        party = crm.read(parties.detail, row_id)
    who = (card.party or card.title) if card is not None else party.name if party is not None else ""
    command = asked_of(shell, draft)
    gone = command is None or crm.read(records.gone, draft.subject)
    if gone and not who:
        who = _once(shell, kind, row_id)
    return Waiting(
        draft,
        who or (say(command.title) if command is not None else draft.command),
        card.number if card is not None else party.code if party is not None else "",
        card,
        party,
        gone,
        missing(shell, draft) if command is not None else (),
        _meanwhile(shell, card.id, draft.saved_at) if card is not None else None,
    )


def _once(shell: Shell, kind: str, number: int) -> str:
    """What a record was called that is there no more, as the trail knows it; nothing if that is not for one to see."""
    told = [e.params for e in shell.crm.read(trails.of_entity, kind, number, most=LOOKED_BACK)]
    return next((str(p.get("name") or p.get("title")) for p in told if p.get("name") or p.get("title")), "")


def missing(shell: Shell, draft: DraftRow) -> tuple[str, ...]:
    """The labels of what the form still needs before it can be saved; words of a date that say none are as good as
    not written."""
    by_name = _specs(shell, draft)
    unread = [name for name in by_name if _unread(shell, by_name[name], draft)]
    if draft.command == NOTE:
        raw = draft.payload.get("result", "")
        refusal = complete_note(draft.payload.get("body", ""), chosen_id(raw))
        names = refusal.fields if refusal is not None else ()
    elif draft.command == ANSWERS:
        judged = _judged(shell, draft)
        names = tuple(q.key for q in (*judged.missing, *(q for q, _ in judged.wrong)))
        unread = []
    else:
        known = _known(draft)
        names = tuple(
            name
            for name, spec in by_name.items()
            if spec.required and name not in known and not draft.payload.get(name, "").strip()
        )
    found = [by_name[name] for name in (*names, *unread) if name in by_name]
    return tuple(inputs.words(spec, spec.label).lower() for spec in found)


def _asked(shell: Shell, draft: DraftRow) -> tuple[Question, ...]:
    """The questions of the form that a draft answers, as they are now."""
    form = barred.ids(shape(draft.payload).get("fixed", {})).get("form", 0)
    found: FormAsked | None = shell.crm.read(forms.preview, form)
    return found.questions if found is not None else ()


def _judged(shell: Shell, draft: DraftRow) -> Judged:
    day = days(shell.crm.clock(), shell.crm.viewer.zone, shell.calendar, language())
    return judge(_asked(shell, draft), draft.payload, day)


def _unread(shell: Shell, spec: FieldSpec, draft: DraftRow) -> bool:
    words = draft.payload.get(spec.name, "").strip()
    if spec.widget is not Kind.WHEN or not words:
        return False
    now = shell.crm.clock().astimezone(shell.crm.viewer.zone).replace(tzinfo=None)
    found = when.read(words, now, shell.calendar, language(), zone=shell.crm.viewer.zone)
    return isinstance(found, when.WhenRefusal)


def _known(draft: DraftRow) -> set[str]:
    """The fields that the form itself fills in: what it is about, not what is typed."""
    began = shape(draft.payload)
    return {*began.get("fixed", ()), *(name for target in began.get("targets", ()) for name in target)}


def label(shell: Shell, draft: DraftRow, name: str) -> str:
    """What a field of the draft shows: the picked record's name, a choice's word, or the text as typed."""
    raw = draft.payload.get(name, "")
    known = draft.payload.get(f"{name}:label", "")
    spec = _specs(shell, draft).get(name)
    if known or not raw or spec is None:
        return known or raw
    if spec.widget is Kind.FLAG and draft.command == ANSWERS:
        return say(N_("yes")) if raw == "1" else say(N_("no"))
    if spec.pick is not None and raw.startswith("#"):
        options = shell.crm.read(shell.pickers[spec.pick], "")
        return next((option.label for option in options if f"#{option.value}" == raw), "")
    return raw


def typed(shell: Shell, draft: DraftRow) -> list[tuple[str, str]]:
    """Every field of a form that holds something, by its label, but for the text that stands by itself."""
    specs = _specs(shell, draft)
    shown = [
        (inputs.words(s, s.label), label(shell, draft, n))
        for n, s in specs.items()
        if s.widget is not Kind.HIDDEN
    ]
    return [(words, value) for words, value in shown if value.strip() and value != draft.payload.get("body")]


def _specs(shell: Shell, draft: DraftRow) -> Mapping[str, FieldSpec]:
    from crm_tui.services.core.forms import specs

    if draft.command == ANSWERS:
        judged = _judged(shell, draft)
        return {question.key: question.spec for question in judged.asked}
    command = asked_of(shell, draft)
    return {spec.name: spec for spec in specs(command)} if command is not None else {}


def _meanwhile(shell: Shell, card: int, since: datetime) -> Entry | None:
    """What somebody else did last to the card after the draft was stored."""
    entries: list[Entry] = shell.crm.read(trails.of_card, card, most=LOOKED_BACK)
    login = shell.crm.viewer.login
    return next((e for e in entries if e.at > since and e.actor not in (None, login)), None)


def sentence_of_gone() -> str:
    """The record of a draft cannot be seen any more; the draft stays."""
    return say(N_("the record is gone: the text stays here"))
