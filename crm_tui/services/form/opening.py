"""What a board's sales scripts ask while a card is opened, and the fields of one's own while a person is made: asked
inside the transaction that does it. (B12, M48)

The answers come with the card or the person, so that one batch holds both and one undo takes both back.
"""

from __future__ import annotations

from collections.abc import Mapping

from crm_tui.domain.events.board import CardOpened
from crm_tui.domain.events.form import FormAnswered
from crm_tui.domain.events.once import PartyMerged
from crm_tui.domain.events.party import PartyAdded
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_cycle import field_of, opening
from crm_tui.domain.form_read import Judged, judge
from crm_tui.domain.outcome import Refusal
from crm_tui.services.core import answer_sets
from crm_tui.services.core.answer_keeping import store
from crm_tui.services.core.context import Context, Reaction
from crm_tui.services.form.answering import given
from crm_tui.services.form.editing import day_reader
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, Form


def _said(ctx: Context, card: Row, opened: CardOpened) -> list[tuple[FormAsked, Judged]] | Refusal:
    cycles = answer_sets.cycles(ctx.connection, card["board_id"], card["case_type_id"])
    return opening(cycles, opened.answers or {}, day_reader(ctx))


def _rule(ctx: Context, opened: CardOpened) -> Refusal | None:
    if opened.answers is None:
        return None
    said = _said(ctx, ctx.row(Card, opened.entity_id, "card"), opened)
    return said if isinstance(said, Refusal) else None


def _keep(ctx: Context, opened: CardOpened) -> None:
    if not opened.answers:
        return
    card = ctx.row(Card, opened.entity_id, "card")
    said = _said(ctx, card, opened)
    assert not isinstance(said, Refusal), said
    for form, judged in said:
        if judged.values:
            _, place = given(ctx, form.form_id, form.revision, card, judged)
            ctx.emit(FormAnswered(**place, form=form.name))


def _said_of_person(ctx: Context, answers: Mapping[str, str]) -> list[tuple[FormAsked, Judged]] | Refusal:
    return opening(answer_sets.of_people(ctx.connection), answers, day_reader(ctx), of_people=True)


def _rule_of_person(ctx: Context, added: PartyAdded) -> Refusal | None:
    said = _said_of_person(ctx, added.answers) if added.answers is not None else None
    return said if isinstance(said, Refusal) else None


def _keep_of_person(ctx: Context, added: PartyAdded) -> None:
    if not added.answers:
        return
    said = _said_of_person(ctx, added.answers)
    assert not isinstance(said, Refusal), said
    for form, judged in said:
        if judged.values:
            place = {"card_id": None, "party_id": added.entity_id}
            made = store(ctx, form.form_id, form.revision, place, judged)
            ctx.emit(FormAnswered(entity_id=made, **place, form=form.name))


def _merged(ctx: Context, merged: PartyMerged) -> None:
    """Of two records that answered one form, field by field what was chosen; what only one of them knew stays."""
    for form_id, mine, theirs in merged.answers:
        form = ctx.row(Form, form_id, "form")
        kept, other = answer_sets.raw(ctx.connection, mine), answer_sets.raw(ctx.connection, theirs)
        given = other | {k: text for k, text in kept.items() if field_of(form_id, k) not in merged.take}
        given |= {k: text for k, text in kept.items() if k not in other}
        judged = judge(answer_sets.questions(ctx.connection, form_id), given, day_reader(ctx))
        before = answer_sets.latest(ctx.connection, form_id, None, merged.entity_id)
        if judged.values and judged.values != before.values:
            place = {"card_id": None, "party_id": merged.entity_id}
            made = store(ctx, form_id, form["revision"], place, judged)
            ctx.emit(FormAnswered(entity_id=made, **place, form=form["name"]))


REACTIONS = (
    Reaction(PartyMerged, apply=_merged),
    Reaction(CardOpened, rule=_rule, apply=_keep),
    Reaction(PartyAdded, rule=_rule_of_person, apply=_keep_of_person),
)
