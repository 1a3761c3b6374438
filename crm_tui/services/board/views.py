"""What may be read of boards and cards."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from crm_tui.domain.access import ATTEND
from crm_tui.domain.board import (
    PAGE_SIZE,
    BoardCard,
    BoardRow,
    CardDetail,
    Load,
    StageCategory,
    StageHead,
    StageRow,
    weighted,
)
from crm_tui.domain.board_setup import BoardSettings, TemplateRow
from crm_tui.domain.fields import Option
from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.board import finding
from crm_tui.services.board.journeys import (  # noqa: F401  read like those below
    goes_on,
    gone,
    idle,
    journey,
    pick_other_board,
    pick_service_board,
)
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching, reach, usual_board, wall
from crm_tui.store.queries import board as queries

PAGE = PAGE_SIZE


@view("card.read")
def boards(reading: Reading) -> list[BoardRow]:
    """The boards in use, in order."""
    rows = reading.connection.execute(queries.BOARDS, wall(reading.viewer)).fetchall()
    return [BoardRow(*row) for row in rows]


@view("card.read")
def stages(reading: Reading, board_id: int) -> list[StageRow]:
    """The stages of a board, in order."""
    rows = reading.connection.execute(
        queries.STAGES, {"board_id": board_id, **wall(reading.viewer)}
    ).fetchall()
    return [StageRow(*row) for row in rows]


@view("card.read")
def begins_on(
    reading: Reading, stage_id: int | None = None, board_id: int | None = None, template_id: int | None = None
) -> int | None:
    """The board on which a new card would begin that names these, as `NewCard` has it; None if there is none."""
    asked = {"stage_id": stage_id, "template_id": template_id, **wall(reading.viewer)}
    row = reading.connection.execute(queries.BEGINS_ON, asked).fetchone()
    named = next((each for each in (row[0], board_id, row[1]) if each is not None), None)
    if named is not None:
        return int(named)
    return usual_board(reading.connection, reading.viewer)


def named_stages(reading: Reading, board_id: int | None = None) -> list[tuple[str, StageRow]]:
    """The stages of all boards in use in their order, or those of one, each with its board's name; one query."""
    asked = {"board_id": board_id, **wall(reading.viewer)}
    rows = reading.connection.execute(queries.STAGES_OF_ALL, asked).fetchall()
    return [(row[-1], StageRow(*row[:-1])) for row in rows]


@view("card.read")
def keeps_time(reading: Reading, board_id: int) -> bool:
    """Whether any stage of the board has a time, or an owner of its own: what a form of moving then asks, too. (E27)"""
    row = reading.connection.execute(
        queries.KEEPS_TIME, {"board_id": board_id, **wall(reading.viewer)}
    ).fetchone()
    return bool(row[0])


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
                stage.color,
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
    return queries.cards(reading.connection, queries.COLUMN, params, reading.local, reading.today)


@view("card.read")
def cards(reading: Reading, ids: Sequence[int]) -> list[BoardCard]:
    """These cards, in their order; those that are gone or hidden are left out."""
    params = {"ids": json.dumps(list(ids)), **reach(reading.viewer, "card.read")}
    rows = queries.cards(reading.connection, queries.CARDS, params, reading.local, reading.today)
    found = {card.id: card for card in rows}
    return [found[i] for i in ids if i in found]


@view("card.read")
def still_there(reading: Reading, ids: Sequence[int]) -> list[int]:
    """Those of these cards that were not deleted and may be seen, in no order; archived and closed ones, too."""
    params = {"ids": json.dumps(list(ids)), **reach(reading.viewer, "card.read")}
    return [row_id for (row_id,) in reading.connection.execute(queries.STILL_THERE, params)]


@view("card.read")
def detail(reading: Reading, card_id: int) -> CardDetail | None:
    """One card whole, or None if there is none or the viewer may not see it."""
    params = {"id": card_id, **reach(reading.viewer, "card.read")}
    return queries.one(reading.connection, params, reading.local, reading.today)


@view("card.read")
def of_party(reading: Reading, party_id: int, most: int = 50) -> list[BoardCard]:
    """A person's cards (and those of its organisations), open ones first."""
    params = {"party_id": party_id, "most": most, **reach(reading.viewer, "card.read")}
    ids = [i for (i,) in reading.connection.execute(queries.OF_PARTY, params).fetchall()]
    return cards(reading, ids)


@view("card.read")
def find(reading: Reading, text: str, most: int = 8) -> list[BoardCard]:
    """Cards by number, whole or its figures alone, or by words of the title. Slips are forgiven, too."""
    return cards(reading, finding.found(reading, text.strip(), most))


@view("user.read")
def loads(reading: Reading) -> list[Load]:
    """The operators who may attend, by name, with the load of each whose cards the viewer may see. (JOBS 10)"""
    today = reading.today.isoformat()
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
def pick_stage(
    reading: Reading, text: str, board_id: int | None = None, beyond: int | None = None
) -> list[Option]:
    """The picker of open stages, of one board or of all; those behind the one where a card stands (`beyond`) first,
    because cards go on: the next one is `1`, and a letter means it before those that lie behind."""
    found = _stage_options(
        [
            (board, s)
            for board, s in named_stages(reading, board_id)
            if s.category in (StageCategory.OPEN, StageCategory.PAUSED)
        ]
    )
    here = next((at for at, option in enumerate(found, start=1) if option.value == beyond), 0)
    return matching([*found[here:], *found[:here]], text)


@view("card.read")
def pick_every_stage(
    reading: Reading, text: str, board_id: int | None = None, beside: int | None = None
) -> list[Option]:
    """The picker of stages of every category: of one board, of that of the stage `beside`, or of all."""
    found = named_stages(reading, board_id)
    if beside is not None:
        of = {s.board_id for _, s in found if s.id == beside}
        found = [(board, s) for board, s in found if s.board_id in of]
    return matching(_stage_options(found), text)


def _stage_options(found: list[tuple[str, StageRow]]) -> list[Option]:
    """Stages by name; by their REF where boards have stages of one name, so that each can be typed."""
    named = Counter(fold(s.name) for _, s in found)
    return [
        Option(s.id, s.name, board, s.name if named[fold(s.name)] == 1 else f"stage:{s.id}")
        for board, s in found
    ]


@view("card.read")
def templates(reading: Reading, board_id: int | None = None) -> list[TemplateRow]:
    """The base cards of a board, or of all that the viewer may see, those out of use last. (K14)"""
    asked = {"board_id": board_id, **wall(reading.viewer)}
    return [TemplateRow(*row) for row in reading.connection.execute(queries.TEMPLATES, asked).fetchall()]


@view("card.read")
def pick_template(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of base cards, of one board or of all."""
    found = [t for t in templates(reading, board_id) if not t.archived]
    return matching([Option(t.id, t.name, t.board, typed("card_template", t.id) or "") for t in found], text)


@view("card.read")
def pick_archived_template(reading: Reading, text: str) -> list[Option]:
    """The picker of base cards out of use."""
    found = [t for t in templates(reading) if t.archived]
    return matching([Option(t.id, t.name, t.board, typed("card_template", t.id) or "") for t in found], text)


@view("card.read")
def pick_archived_board(reading: Reading, text: str) -> list[Option]:
    """The picker of boards out of use."""
    rows = reading.connection.execute(queries.SETTINGS, wall(reading.viewer)).fetchall()
    found = [board for board in map(BoardSettings._make, rows) if board.archived]
    return matching([Option(b.id, b.name, "", b.name) for b in found], text)


@view("card.read")
def pick_loss_reason(reading: Reading, text: str) -> list[Option]:
    """The picker of reasons for which a card is lost."""
    rows = reading.connection.execute(queries.LOSS_REASONS).fetchall()
    return matching(
        [Option(i, name, Text("asks for a note") if note else "", name) for i, name, note in rows], text
    )


@view("card.read")
def pick_every_loss_reason(reading: Reading, text: str) -> list[Option]:
    """The picker of all loss reasons, those out of use among them."""
    rows = reading.connection.execute(queries.EVERY_LOSS_REASON).fetchall()
    return matching([Option(row[0], row[1], "", row[1]) for row in rows], text)


PICKERS = {
    "cards": pick_card,
    "boards": pick_board,
    "other_boards": pick_other_board,
    "service_boards": pick_service_board,
    "stages": pick_stage,
    "every_stage": pick_every_stage,
    "loss_reasons": pick_loss_reason,
    "every_loss_reason": pick_every_loss_reason,
    "archived_boards": pick_archived_board,
    "templates": pick_template,
    "archived_templates": pick_archived_template,
    "colleagues": pick_colleague,
}
