"""What a board's sales scripts ask while a card is opened: asked inside the transaction that opens it. (B12)

The answers come with the card, so that one batch holds both and one undo takes both back.
"""

from __future__ import annotations

from crm_tui.domain.events.board import CardOpened
from crm_tui.domain.events.form import FormAnswered
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_cycle import opening
from crm_tui.domain.form_read import Judged
from crm_tui.domain.outcome import Refusal
from crm_tui.services.core.context import Context, Reaction
from crm_tui.services.form import reading
from crm_tui.services.form.answering import given
from crm_tui.services.form.editing import day_reader
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card


def _said(ctx: Context, card: Row, opened: CardOpened) -> list[tuple[FormAsked, Judged]] | Refusal:
    cycles = reading.cycles(ctx.connection, card["board_id"], card["case_type_id"])
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


REACTIONS = (Reaction(CardOpened, rule=_rule, apply=_keep),)
