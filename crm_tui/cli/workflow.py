"""The workflow of a board from the shell: what its stages ask, what may be answered, and where that leads. (B49-B52)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.day import chosen_board
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.session import Session
from crm_tui.domain.deciding import Answer, Decision
from crm_tui.domain.text import fold
from crm_tui.i18n import Text, say
from crm_tui.services.core.refs import resolve

if TYPE_CHECKING:
    from crm_tui.domain.workflow import StageFlow, Workflow
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm


def stages(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="BOARD", help=say("a board's name or REF"))] = "",
) -> None:
    """The stages of a board with what each asks for, its question, the answers, and where they lead; without a name of
    the first one. (B51, B52)"""
    from crm_tui.services.board import views
    from crm_tui.services.gate import workflow as flows
    from crm_tui.ui import workflow as words

    session: Session = ctx.obj
    crm = session.crm()
    board = chosen_board(crm.read(views.boards), name.strip())
    found: Workflow | None = crm.read(flows.workflow, board.id)
    each = found.stages if found is not None else ()
    document = {
        "board": board.name,
        "ref": f"board:{board.id}",
        "stages": [_document(flow) for flow in each],
    }

    def person() -> None:
        for line in words.told(found) if found is not None else ():
            out.line(f"{' ' * 3 * line.depth}{line.words}")

    session.show(document, [flow.stage.name for flow in each], person)


def _document(flow: StageFlow) -> dict[str, Any]:
    stage = flow.stage
    return {
        "ref": f"stage:{stage.id}",
        "stage": stage.name,
        "category": stage.category,
        "allowed_days": stage.expected_days,
        "idle_after_days": stage.stale_days,
        "answered_by": stage.answered_by or None,
        "asks": [{"moment": each.moment, "what": say(each.what)} for each in flow.asks],
        "question": stage.question,
        "answer_required": stage.question_required,
        "answers": [told(answer) for answer in flow.answers],
    }


def _decision(crm: Crm, stage_id: int) -> Decision | None:
    from crm_tui.services.gate import views

    found: Decision | None = crm.read(views.decision, stage_id)
    return found


def told(answer: Answer) -> dict[str, Any]:
    """An answer as a document."""
    return {
        "ref": f"transition:{answer.id}",
        "answer": answer.label,
        "to": answer.to,
        "to_ref": f"stage:{answer.to_id}",
        "team": answer.team,
        "asks_why": answer.asks_why,
    }


def of_card(crm: Crm, stage_id: int, *, closed: bool) -> dict[str, Any]:
    """The open question of a card and what may be answered; neither where nothing is asked."""
    found = None if closed else _decision(crm, stage_id)
    return {
        "question": (found.question or found.stage) if found is not None else None,
        "answer_required": found is not None and found.required,
        "answers": [told(answer) for answer in found.answers] if found is not None else [],
    }


def in_place(crm: Crm, command: type[Command], fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as typed; of a parecer the answers, which are called by words that stand in many stages, as REFs."""
    from crm_tui.services.core.forms import joined, parted

    if command.command_name() != "file_note" or not {"answer", "card"} <= fields.keys():
        return {**fields}
    return {**fields, "answer": joined(_named(crm, fields["card"], parted(fields["answer"])))}


def _named(crm: Crm, card: str, labels: list[str]) -> list[str]:
    """The REFs of answers by their words: the first of the stage in which the card stands, each other of the stage that
    the one before leads to. A REF stays; `Failure` for words that are no answer there."""
    from crm_tui.services.board import views

    ref = resolve(crm.reading(), card)
    detail = crm.read(views.detail, ref.id) if ref is not None and ref.entity == "card" else None
    if detail is None:
        return labels
    stage_id: int | None = detail.stage_id
    found: list[str] = []
    for label in labels:
        decision = _decision(crm, stage_id) if stage_id is not None else None
        offered = decision.answers if decision is not None else ()
        key = fold(label)
        near = [a for a in offered if key in (fold(a.label), f"transition:{a.id}")]
        near = near or [a for a in offered if fold(a.label).startswith(key)]
        if len(near) != 1 and key.startswith("transition:"):
            return [*found, *labels[len(found) :]]
        if len(near) != 1:
            facts = {"text": label, "names": ", ".join(a.label for a in near or offered)}
            if not facts["names"]:
                reason = Text(
                    "The stage asks nothing that “{text}” could answer: leave the answer out.", facts
                )
                raise Failure(Status.MISSING, reason)
            raise Failure(
                Status.MISSING, Text("“{text}” is no answer of this stage; its answers: {names}.", facts)
            )
        found.append(f"#{near[0].id}")
        stage_id = near[0].to_id
    return found


VERBS: Mapping[str, Callable[..., int | None]] = {"stages": stages}
