"""What is decided with a note: the answers to the questions of its card's stages, held against them as they are now.

They lead where the board's reaction to `Decided` takes the card; here it is only said whether they are a way. (B49-B51)
"""

from __future__ import annotations

from crm_tui.domain.board import StageCategory, is_closed
from crm_tui.domain.deciding import Answer, astray, path, unanswered, unfinished
from crm_tui.domain.events.note import Decided
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.core import decisions
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.services.core.scope import wall
from crm_tui.services.note.commands import FileNote
from crm_tui.store.rows import Row
from crm_tui.store.tables import Stage


def given(ctx: Context, command: FileNote) -> list[Answer]:
    """The answers as they stand now; one that was taken off or changed meanwhile refuses."""
    seen = [int(each) for each in command.answer_seen.split(",") if each.strip().isdecimal()]
    found = []
    for n, answer_id in enumerate(command.answer):
        answer = decisions.answer(ctx.connection, answer_id)
        if answer is None:
            raise refuse(
                N_(
                    "An answer was taken off its stage meanwhile: look at those that are there, then file again; your "
                    "text is kept."
                ),
                fields=("answer",),
            )
        if n < len(seen) and answer.version != seen[n]:
            raise refuse(
                N_(
                    "“{label}” was changed meanwhile and leads to {to}: look at it, then file again; your text is kept."
                ),
                fields=("answer",),
                label=answer.label,
                to=answer.to,
            )
        found.append(answer)
    return found


def last(ctx: Context, command: FileNote) -> Answer | None:
    """The answer at which the way ends; None without one, and where it is there no more."""
    return decisions.answer(ctx.connection, command.answer[-1]) if command.answer else None


def leads_to(ctx: Context, command: FileNote) -> int | None:
    """The stage in which the card will stand: where the answers end, or the one that was chosen."""
    answers = given(ctx, command)
    return answers[-1].to_id if answers else command.stage


def decided(
    ctx: Context, command: FileNote, card: Row | None, *, to: int | None = None, loses: bool = False
) -> Decided | None:
    """What is decided with the note, None if nothing is; answers that are no way refuse, and so does a question that
    wants its answer, unless the card goes on without one: `to` a stage that was chosen or that the result leads to, or,
    if the result `loses` it, to its end."""
    answers = given(ctx, command)
    if card is None:
        if answers:
            raise Refused(
                Refusal(
                    Text("Only a card has questions to answer: leave the answer empty."),
                    RefusedBy.INPUT,
                    ("answer",),
                )
            )
        return None
    lost = bool(answers) and answers[-1].category == StageCategory.LOST
    if command.loss_reason is not None and not lost and not loses:
        raise refuse(
            N_("The card is not lost by this: leave the loss reason empty."), fields=("loss_reason",)
        )
    if not answers:
        if not loses:
            _hold(ctx, card, to)
        return None
    stage = ctx.row(Stage, card["stage_id"], "stage")
    refusal = astray(card["number"], stage["id"], stage["name"], answers) or unfinished(
        answers, reason=command.reason, stage=command.stage, step=command.next_when is not None
    )
    if refusal is not None:
        raise Refused(refusal)
    return Decided(
        entity_id=card["id"],
        card_id=card["id"],
        party_id=card["party_id"],
        decided=" · ".join(answer.said for answer in answers),
        path=path(stage["id"], answers),
        team_id=next((answer.team_id for answer in reversed(answers) if answer.team_id is not None), None),
        loss_id=command.loss_reason,
        loss_note=command.reason,
        answers=command.answer,
    )


def _hold(ctx: Context, card: Row, to: int | None) -> None:
    """Refuse a note in a stage that wants its answer, unless the card goes on or is closed. (B49)"""
    if is_closed(card["status"]) or to not in (None, card["stage_id"]):
        return
    asked = decisions.decision(ctx.connection, card["stage_id"], wall(ctx.viewer))
    if asked is not None and asked.required:
        raise Refused(unanswered(asked))
