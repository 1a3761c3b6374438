"""What may be read of a card beyond its board: its journey, why it stands still, whether it is gone."""

from __future__ import annotations

from crm_tui.domain.board import stale
from crm_tui.domain.fields import Option
from crm_tui.domain.moving import SERVICE, Gone, Idle, Kin, one_kind
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, sight, wall
from crm_tui.store.queries import board as queries
from crm_tui.store.queries.trail import walled_words
from crm_tui.store.values import as_date, as_instant, local_day, zone_of


@view("card.read")
def journey(reading: Reading, card_id: int) -> list[Kin]:
    """The other cards of a card's journey, in the order in which they were made. (M35)"""
    params = {"id": card_id, **reach(reading.viewer, "card.read")}
    rows = reading.connection.execute(queries.JOURNEY, params).fetchall()
    return [Kin(*row) for row in rows]


@view("card.read")
def idle(reading: Reading, card_id: int) -> Idle | None:
    """Which event last reset a card's clock; None if the card is not there, or not to be seen. (K10)"""
    params = {"id": card_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.IDLE, params).fetchone()
    if row is None:
        return None
    today = reading.today
    touched_at, holding = as_instant(row[0]), as_date(row[2])
    assert touched_at is not None
    touched_on = local_day(row[0], zone_of(reading.local))
    held = stale(touched_on, row[1], today) is not None and stale(touched_on, row[1], today, holding) is None
    return Idle(
        touched_at,
        (today - touched_on).days,
        row[1],
        holding if held else None,
        row[3] or "",
        walled_words(reading.connection, [row[4] or "{}"], params)[0],
        row[5],
    )


@view("card.read")
def gone(reading: Reading, card_id: int) -> Gone | None:
    """A card that was deleted, by whom and when; None if it was not, or was never to be seen."""
    params = {"id": card_id, **reach(reading.viewer, "card.read")}
    row = reading.connection.execute(queries.GONE, params).fetchone()
    at = as_instant(row[3]) if row is not None else None
    return None if at is None else Gone(row[0], row[1], row[2], at)


@view("card.read")
def goes_on(reading: Reading, card_id: int) -> tuple[Option, Option | None] | None:
    """The board, and the stage if one is named, where a converted card goes on; None if nowhere."""
    params = {"id": card_id, **reach(reading.viewer, "card.read")}
    row = reading.connection.execute(queries.GOES_ON, params).fetchone()
    if row is None:
        return None
    return Option(row[0], row[1]), None if row[3] is None else Option(row[2], row[3])


@view("card.read")
def pick_other_board(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of boards that a card of this board may move to; without one, all."""
    rows = reading.connection.execute(queries.BOARDS, wall(reading.viewer)).fetchall()
    kind = next((row[2] for row in rows if row[0] == board_id), None)
    offered = [row for row in rows if kind is None or (row[0] != board_id and one_kind(kind, row[2]))]
    return matching([Option(row[0], row[1], "", row[1]) for row in offered], text)


@view("card.read")
def pick_service_board(reading: Reading, text: str) -> list[Option]:
    """The picker of boards of tickets and deliveries."""
    rows = reading.connection.execute(queries.BOARDS, wall(reading.viewer)).fetchall()
    return matching([Option(i, name, "", name) for i, name, kind, *_ in rows if kind in SERVICE], text)
