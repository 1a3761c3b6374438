"""What may be read of a board's workflow, in one reading: for settings, and for the command line. (B50-B52)"""

from __future__ import annotations

from crm_tui.domain.board_setup import StageSettings
from crm_tui.domain.gate import called
from crm_tui.domain.workflow import Asks, StageFlow, Workflow
from crm_tui.services.core import decisions
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import wall
from crm_tui.store.queries import board as board_queries
from crm_tui.store.queries import gate as queries


@view("card.read")
def workflow(reading: Reading, board_id: int) -> Workflow | None:
    """Stages, requirements in force, questions and answers of a board in use; None of one that is not seen."""
    run, wanted = reading.connection.execute, wall(reading.viewer)
    rows = (StageSettings._make(row) for row in run(board_queries.STAGE_SETTINGS, wanted).fetchall())
    stages = [each for each in rows if each.board_id == board_id]
    if not stages:
        return None
    asks: dict[int, list[Asks]] = {}
    for _, _, _, _, stage_id, _, moment, kind, _, form, field, on, answerable in run(
        queries.REGISTER, wanted
    ):
        if on and answerable:
            asks.setdefault(stage_id, []).append(Asks(moment, called(kind, form, field)))
    found = []
    for stage in stages:
        decision = decisions.decision(reading.connection, stage.id, wanted)
        answers = decision.answers if decision is not None else ()
        found.append(StageFlow(stage, tuple(asks.get(stage.id, ())), tuple(answers)))
    return Workflow(stages[0].board, tuple(found))
