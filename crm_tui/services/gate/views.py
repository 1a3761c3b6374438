"""What may be read of gates: what stands in a card's way, and what stages are set up to ask."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.deciding import Decision
from crm_tui.domain.fields import Option
from crm_tui.domain.gate import MOMENT_NAMES, Asked, Moment, called
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text
from crm_tui.services.core import decisions
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, sight, wall
from crm_tui.services.gate import passing
from crm_tui.store.queries import gate as queries
from crm_tui.store.queries.base import CARD_SEEN
from crm_tui.store.queries.board import STAGE_OF


@view("card.read")
def asked(reading: Reading, card_id: int, stage_id: int, *onward: int) -> tuple[Asked, ...]:
    """What stands in a card's way to another stage of its board, and through further ones, met or not; nothing of a
    card that is not seen."""
    run = reading.connection.execute
    if run(CARD_SEEN, {"id": card_id, **sight(reading.viewer)}).fetchone() is None:
        return ()
    (standing,) = run(STAGE_OF, {"card_id": card_id}).fetchone()
    if standing == stage_id:
        return ()
    goings = passing.along(reading.connection, (standing, stage_id, *onward))
    return passing.asked_of_all(reading.connection, card_id, goings, reading.now)


@view("card.read")
def decision(reading: Reading, stage_id: int) -> Decision | None:
    """What a stage asks and may be answered with; None of one without answers, or that one does not see. (B49-B51)"""
    return decisions.decision(reading.connection, stage_id, wall(reading.viewer))


def _rows(reading: Reading, text: str) -> list[tuple[Any, ...]]:
    return reading.connection.execute(text, wall(reading.viewer)).fetchall()


@view("card.read")
def gate_register(reading: Reading) -> list[RegisterRow]:
    """What the stages of all boards ask for, by stage. (E31, E32)"""
    return [
        RegisterRow(
            gate_id,
            version,
            stage,
            (
                board,
                stage,
                called(kind, form, field),
                Text(MOMENT_NAMES[Moment(moment)]),
                Text(N_("off")) if not on else "" if answerable else Text(N_("form out of use")),
            ),
            {"on": "1" if on else "0"},
            beside={"stage": f"#{stage_id}"},
            labels={"stage": stage},
            active=bool(on),
            belongs={"board": board_id, "stage": stage_id},
            made={
                "kind": kind,
                "form": "" if form_id is None else f"#{form_id}",
                "field": field or "",
                "moment": moment,
            },
        )
        for gate_id, version, board_id, board, stage_id, stage, moment, kind, form_id, form, field, on, answerable in (
            _rows(reading, queries.REGISTER)
        )
    ]


@view("card.read")
def transition_register(reading: Reading) -> list[RegisterRow]:
    """The answers that lead on from the stages of all boards. (B49-B52)"""
    return [
        RegisterRow(
            transition_id,
            version,
            label,
            (board, stage, label, to, team or "", Text(N_("asks why")) if reason else ""),
            {
                "label": label,
                "to": f"#{to_id}",
                "team": "" if team_id is None else f"#{team_id}",
                "requires_reason": "1" if reason else "0",
            },
            {"stage": stage, "to": to, "team": team or ""},
            beside={"stage": f"#{stage_id}"},
            belongs={"board": board_id, "stage": stage_id},
        )
        for transition_id, version, board_id, board, stage_id, stage, label, to_id, to, team_id, team, reason in _rows(
            reading, queries.TRANSITIONS
        )
    ]


@view("card.read")
def pick_gate(reading: Reading, text: str) -> list[Option]:
    """The picker of requirements, by their stage."""
    return matching(
        [
            Option(row[0], row[5], called(row[7], row[9], row[10]), f"gate:{row[0]}")
            for row in _rows(reading, queries.REGISTER)
        ],
        text,
    )


@view("card.read")
def pick_transition(reading: Reading, text: str) -> list[Option]:
    """The picker of answers, with their stage."""
    rows = _rows(reading, queries.TRANSITIONS)
    return matching([Option(row[0], row[6], row[5], f"transition:{row[0]}") for row in rows], text)


REGISTERS = (
    Register(
        "gates",
        "gate",
        N_("Requirements"),
        N_(
            "What must be there before a card leaves a stage, or enters one: leaving a stage asks for what all earlier "
            "ones asked for, too. x switches one off, and on again; J and K order them."
        ),
        (N_("Board"), N_("Stage"), N_("What is needed"), N_("When"), N_("Use")),
        gate_register,
        create="add_gate",
        edit="set_gate",
        off="set_gate",
        off_with={"on": "0"},
        on="set_gate",
        move="move_gate",
        told_of="stage",
        section=Section.PROCESS,
        place=3,
    ),
    Register(
        "transitions",
        "transition",
        N_("Answers"),
        N_(
            "What may come of a stage, and where it leads: the note of an attendance offers them. x takes one off, J "
            "and K order them."
        ),
        (N_("Board"), N_("Stage"), N_("Answer"), N_("Leads to"), N_("Team"), N_("Reason")),
        transition_register,
        create="add_transition",
        edit="edit_transition",
        off="remove_transition",
        move="move_transition",
        told_of="stage",
        section=Section.PROCESS,
        place=4,
    ),
)
PICKERS = {"gates": pick_gate, "transitions": pick_transition}
