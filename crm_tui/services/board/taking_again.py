"""A card that the file's program knows by an id which is kept: what the file says of it now, and how it is taken. (M96)

Read in bulk for a preview, for one card inside the transaction: what was shown is what happens.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from crm_tui.domain.access import Viewer
from crm_tui.domain.board import CardStatus, is_closed
from crm_tui.domain.card_file import Said, changes, kept
from crm_tui.domain.foreign import Change, Foreign, ForeignKind, Held
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text
from crm_tui.services.core import foreign
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import intake as queries

if TYPE_CHECKING:
    from crm_tui.services.board.take_in_commands import TakeInCard
    from crm_tui.services.core.context import Context, Made
    from crm_tui.store.rows import Row

STAYS: Final[Mapping[str, str]] = {
    "title": N_("The title stays as it is here."),
    "value": N_("The value stays as it is here."),
    "expected": N_("The expected close stays as it is here."),
    "stage": N_("The stage stays as it is here."),
    "status": N_("Open or closed, it stays as it is here."),
}
"""What is told where both changed, or where it is not the operator's to change."""
UNSEEN: Final = N_("A card that you do not see is known by that: ask whoever attends it to take it in.")
_NEEDED: Final = {"stage": "card.move", "status": "card.close"}


class Here(NamedTuple):
    """A card as it stands; `seen` by the viewer."""

    id: int
    number: str
    title: str
    value: int
    expected: str | None
    stage: str
    status: str
    board_id: int
    owner_id: int | None
    archived: bool
    seen: bool

    @property
    def said(self) -> Said:
        """In the words in which a file is held against it; a card that waits is open."""
        status = self.status if is_closed(self.status) else CardStatus.OPEN
        return Said(self.title, str(self.value), self.expected or "", fold(self.stage), status)


def read(connection: sqlite3.Connection, viewer: Viewer, ids: Iterable[int]) -> dict[int, Here]:
    """These cards, by id."""
    asked = {"ids": json.dumps(sorted({*ids})), **sight(viewer)}
    rows = connection.execute(queries.CARDS_HELD, asked)
    return {row[0]: Here._make((*row[:9], bool(row[9]), bool(row[10]))) for row in rows}


def held(
    connection: sqlite3.Connection, viewer: Viewer, known: Iterable[Foreign | None]
) -> dict[Foreign, tuple[Held, Here]]:
    """Which cards are known by these ids."""
    wanted = {each for each in known if each is not None}
    found = foreign.held(connection, ForeignKind.CARD, (each.id for each in wanted))
    cards = read(connection, viewer, (each.row_id for each in found.values()))
    return {each: (found[each], cards[found[each].row_id]) for each in wanted if each in found}


def said(
    title: str, value: int, expected: date | None, stage: str, status: CardStatus, then: Mapping[str, str]
) -> Said:
    """What a file says now; what it does not say is as it said before."""
    return Said(
        title,
        str(value) if value else then.get("value", "0"),
        expected.isoformat() if expected is not None else then.get("expected", ""),
        fold(stage) or then.get("stage", ""),
        status,
    )


def judged(viewer: Viewer, there: tuple[Held, Here], now: Said) -> dict[str, Change]:
    """What becomes of each field; what is not the viewer's to change stays."""
    known, here = there
    found = changes(known.said, now, here.said)
    if here.archived or not viewer.attends(here.board_id):
        return {}
    may = {name: viewer.may(_NEEDED.get(name, "card.edit"), here.owner_id) for name in found}
    return {name: what if may[name] else Change.KEPT for name, what in found.items()}


def may_keep(viewer: Viewer, here: Here) -> bool:
    """Whether an id may be put to this card."""
    return (
        here.seen
        and not here.archived
        and viewer.attends(here.board_id)
        and viewer.may("card.edit", here.owner_id)
    )


def untaken(found: Mapping[str, Change]) -> list[Text]:
    """What is told of the fields that stay."""
    return [Text(STAYS[name]) for name, what in found.items() if what is Change.KEPT]


def take(
    ctx: Context,
    command: TakeInCard,
    known: Foreign,
    there: tuple[Held, Here],
    stage: Row | None,
    into: Row | None,
) -> Made:
    """Take what was changed in the file's program alone: `stage` is the open one that the file names, `into` the one
    in which it says that the card ended."""
    from crm_tui.domain.events.board import CardEdited
    from crm_tui.services.board import cards, closing
    from crm_tui.services.board.commands import LoseCard, WinCard
    from crm_tui.services.board.standing import enter
    from crm_tui.services.core.context import Made, refuse
    from crm_tui.store.tables import Card, Stage

    then, here = there
    if not here.seen:
        raise refuse(UNSEEN, by=RefusedBy.INPUT)
    now = said(
        command.subject,
        command.value_one_off,
        command.expected_close_on,
        stage["name"] if stage is not None else "",
        status_of(command),
        then.said,
    )
    found = judged(ctx.viewer, there, now)
    taken = {name for name, what in found.items() if what is Change.TAKEN}
    made = Made("card", here.id, here.number)
    if not taken:
        return made
    columns = {
        "title": ("title", now.title),
        "value": ("value_one_off", command.value_one_off),
        "expected": ("expected_close_on", command.expected_close_on),
    }
    ctx.rows.update(Card, here.id, **dict(columns[name] for name in columns.keys() & taken))
    foreign.keep(ctx, ForeignKind.CARD, known, here.id, kept(then.said, now, found))
    card = ctx.row(Card, here.id, "card")
    ctx.emit(CardEdited(entity_id=here.id, card_id=here.id, party_id=card["party_id"]))
    if "stage" in taken and stage is not None:
        refusal = cards.stage_refusal(ctx, here.id, stage["id"])
        if refusal is not None:
            raise refuse(refusal.reason.msgid, by=refusal.by, **refusal.reason.params)
        enter(ctx, card, ctx.row(Stage, stage["id"]), ctx.row(Stage, card["stage_id"]))
    if "status" in taken and command.won:
        closing.win(ctx, WinCard(card=here.id, closed_on=command.closed_on), into)
    elif "status" in taken and command.reason is not None:
        lost = LoseCard(card=here.id, reason=command.reason, note=command.note, closed_on=command.closed_on)
        closing.lose(ctx, lost, into)
    return made


def status_of(command: TakeInCard) -> CardStatus:
    """How the file says that the card stands."""
    return CardStatus.WON if command.won else CardStatus.LOST if command.lost else CardStatus.OPEN
