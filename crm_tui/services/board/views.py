"""What may be read of boards and cards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from crm_tui.domain.access import ATTEND
from crm_tui.domain.board import (
    BoardCard,
    BoardRow,
    CardDetail,
    CardKind,
    Load,
    StageCategory,
    StageHead,
    StageRow,
    weighted,
)
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Cell, Register, RegisterRow
from crm_tui.i18n import N_, Text
from crm_tui.services.board.journeys import (  # noqa: F401  read like those below
    goes_on,
    gone,
    idle,
    journey,
    pick_other_board,
    pick_service_board,
)
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach
from crm_tui.store.queries import board as queries
from crm_tui.store.search import match

PAGE = 50


def _today(reading: Reading) -> date:
    return reading.now.astimezone(reading.viewer.zone).date()


@view("card.read")
def boards(reading: Reading) -> list[BoardRow]:
    """The boards in use, in order."""
    return [BoardRow(*row) for row in reading.connection.execute(queries.BOARDS).fetchall()]


@view("card.read")
def stages(reading: Reading, board_id: int) -> list[StageRow]:
    """The stages of a board, in order."""
    rows = reading.connection.execute(queries.STAGES, {"board_id": board_id}).fetchall()
    return [StageRow(*row) for row in rows]


@view("card.read")
def heads(reading: Reading, board_id: int, *, closing: bool = False) -> list[StageHead]:
    """The columns of a board with counts and cents of what the viewer sees; `closing` adds won, lost, done."""
    params = {"board_id": board_id, **reach(reading.viewer, "card.read")}
    counted = {
        row[0]: (row[1], row[2]) for row in reading.connection.execute(queries.STATS, params).fetchall()
    }
    found = []
    for stage in stages(reading, board_id):
        category = StageCategory(stage.category)
        if not closing and category not in (StageCategory.OPEN, StageCategory.PAUSED):
            continue
        n, cents = counted.get(stage.id, (0, 0))
        found.append(
            StageHead(
                stage.id,
                stage.name,
                category,
                stage.position,
                n,
                cents,
                weighted(cents, stage.probability),
                stage.wip_limit,
            )
        )
    return found


@view("card.read")
def column(
    reading: Reading, stage_id: int, after: BoardCard | None = None, most: int = PAGE
) -> list[BoardCard]:
    """A page of a column's cards in rank order, after a card."""
    params = {
        "stage_id": stage_id,
        "rank": after.rank if after else "",
        "after": after.id if after else 0,
        "most": most,
        **reach(reading.viewer, "card.read"),
    }
    return queries.cards(reading.connection, queries.COLUMN, params, reading.local, _today(reading))


@view("card.read")
def cards(reading: Reading, ids: Sequence[int]) -> list[BoardCard]:
    """These cards, in their order; those that are gone or hidden are left out."""
    params = {"ids": json.dumps(list(ids)), **reach(reading.viewer, "card.read")}
    rows = queries.cards(reading.connection, queries.CARDS, params, reading.local, _today(reading))
    found = {card.id: card for card in rows}
    return [found[i] for i in ids if i in found]


@view("card.read")
def detail(reading: Reading, card_id: int) -> CardDetail | None:
    """One card whole, or None if there is none or the viewer may not see it."""
    params = {"id": card_id, **reach(reading.viewer, "card.read")}
    return queries.one(reading.connection, params, reading.local, _today(reading))


@view("card.read")
def of_party(reading: Reading, party_id: int, most: int = 50) -> list[BoardCard]:
    """A person's cards (and those of its organisations), open ones first."""
    params = {"party_id": party_id, "most": most, **reach(reading.viewer, "card.read")}
    ids = [i for (i,) in reading.connection.execute(queries.OF_PARTY, params).fetchall()]
    return cards(reading, ids)


@view("card.read")
def find(reading: Reading, text: str, most: int = 8) -> list[BoardCard]:
    """Cards by number or by words of the title."""
    text = text.strip()
    row = reading.connection.execute(queries.BY_NUMBER, {"number": text.upper()}).fetchone()
    ids = [row[0]] if row else []
    query = match(text)
    if query is not None:
        params = {"match": query, "most": most, **reach(reading.viewer, "card.read")}
        ids += [i for (i,) in reading.connection.execute(queries.BY_WORDS, params).fetchall() if i not in ids]
    return cards(reading, ids[:most])


@view("user.read")
def loads(reading: Reading) -> list[Load]:
    """The operators who may attend, by name, with the load of each whose cards the viewer may see. (JOBS 10)"""
    today = _today(reading).isoformat()
    params = {"today": today, "attend": ATTEND, **reach(reading.viewer, "card.read")}
    return [Load(*row) for row in reading.connection.execute(queries.LOADS, params).fetchall()]


@view("user.read")
def pick_colleague(reading: Reading, text: str) -> list[Option]:
    """The picker of those who may be given a card: what each has to do stands beside the name."""
    return matching([Option(u.user_id, u.name, u.words(), u.login) for u in loads(reading)], text)


@view("card.read")
def pick_card(reading: Reading, text: str) -> list[Option]:
    """The picker of cards."""
    return [Option(c.id, c.title, c.party or "", c.number) for c in find(reading, text)]


@view("card.read")
def pick_board(reading: Reading, text: str) -> list[Option]:
    """The picker of boards."""
    return matching([Option(b.id, b.name, "", b.name) for b in boards(reading)], text)


@view("card.read")
def pick_stage(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of open stages, of one board or of all."""
    found = []
    for board in boards(reading):
        if board_id is not None and board.id != board_id:
            continue
        found += [
            Option(s.id, s.name, board.name, s.name)
            for s in stages(reading, board.id)
            if s.category in (StageCategory.OPEN, StageCategory.PAUSED)
        ]
    return matching(found, text)


@view("card.read")
def pick_loss_reason(reading: Reading, text: str) -> list[Option]:
    """The picker of reasons for which a card is lost."""
    rows = reading.connection.execute(queries.LOSS_REASONS).fetchall()
    return matching(
        [Option(i, name, Text("asks for a note") if note else "", name) for i, name, note in rows], text
    )


KINDS = {
    CardKind.LEAD: N_("Leads"),
    CardKind.OPPORTUNITY: N_("Deals"),
    CardKind.TICKET: N_("Tickets"),
    CardKind.DELIVERY: N_("Deliveries"),
}
CATEGORIES = {
    StageCategory.OPEN: N_("Open"),
    StageCategory.PAUSED: N_("Paused"),
    StageCategory.WON: N_("Won"),
    StageCategory.LOST: N_("Lost"),
    StageCategory.DONE: N_("Done"),
}


@view("card.read")
def board_register(reading: Reading) -> list[RegisterRow]:
    """The boards as settings list them."""
    return [
        RegisterRow(
            board.id,
            board.version,
            board.name,
            (
                board.name,
                Text(KINDS[CardKind(board.kind)]),
                Text(N_("{prefix}-0001"), {"prefix": board.number_prefix}),
                Text(N_("{n} stages"), {"n": len(stages(reading, board.id))}),
            ),
            {"name": board.name, "number_prefix": board.number_prefix},
            beside={"kind": board.kind},
        )
        for board in boards(reading)
    ]


@view("card.read")
def stage_register(reading: Reading) -> list[RegisterRow]:
    """The stages of all boards in their order."""
    return [_stage(board, stage) for board in boards(reading) for stage in stages(reading, board.id)]


def _stage(board: BoardRow, stage: StageRow) -> RegisterRow:
    def number(msgid: str, value: int | None) -> Cell:
        return "" if value is None else Text(msgid, {"n": value})

    def typed(value: int | None) -> str:
        return "" if value is None else str(value)

    return RegisterRow(
        stage.id,
        stage.version,
        stage.name,
        (
            board.name,
            stage.name,
            Text(CATEGORIES[StageCategory(stage.category)]),
            number("{n} %", stage.probability),
            number("‖{n}d", stage.stale_days),
            number(N_("limit {n}"), stage.wip_limit),
        ),
        {
            "name": stage.name,
            "probability": typed(stage.probability),
            "stale_days": typed(stage.stale_days),
            "wip_limit": typed(stage.wip_limit),
        },
        beside={"board": f"#{board.id}", "category": stage.category},
        labels={"board": board.name},
    )


REGISTERS = (
    Register(
        "boards",
        "board",
        N_("Boards"),
        N_("A board is a way of working: its stages stand side by side, its cards go through them."),
        (N_("Board"), N_("Kind"), N_("Numbers"), N_("Stages")),
        board_register,
        create="add_board",
        edit="edit_board",
    ),
    Register(
        "stages",
        "stage",
        N_("Stages"),
        N_("The columns of the boards; J and K move one, x removes it and asks where its cards go."),
        (N_("Board"), N_("Stage"), N_("Category"), N_("Chance"), N_("Idle after"), N_("Limit")),
        stage_register,
        create="add_stage",
        edit="edit_stage",
        off="archive_stage",
        move="move_stage",
    ),
)
PICKERS = {
    "cards": pick_card,
    "boards": pick_board,
    "other_boards": pick_other_board,
    "service_boards": pick_service_board,
    "stages": pick_stage,
    "loss_reasons": pick_loss_reason,
    "colleagues": pick_colleague,
}
