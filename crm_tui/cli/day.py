"""The verbs of the day: what is due, the whole queue, a board, what was left unfinished."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import filters, out
from crm_tui.cli.contacts import document, flagged, local, ref_of, sign, wearing, what
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.filters import FilterOption, ViewOption
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.cli.worded import no_user
from crm_tui.domain.due import DueState
from crm_tui.domain.filter_rows import together
from crm_tui.domain.filter_tree import MY_TEAM, All, Filter, Place, Users
from crm_tui.domain.followup import QueueRow, Sorting
from crm_tui.domain.subject import record_of
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, say, say_n
from crm_tui.services.core import records
from crm_tui.services.core.refs import party_ref
from crm_tui.services.followup import views as followup
from crm_tui.ui import formats

if TYPE_CHECKING:
    from crm_tui.domain.board import BoardCard, BoardRow, CardDetail, StageHead
    from crm_tui.domain.filter_rows import BoardMatches
    from crm_tui.services.core.crm import Crm

CHUNK = 500
COLOURS = {
    DueState.OVERDUE: "red",
    DueState.TODAY: "yellow",
    DueState.INTERNAL: "cyan",
    DueState.OPEN: "green",
    DueState.NONE: "magenta",
    DueState.CLOSED: "bright_black",
}
_DUE_NOW = frozenset({DueState.OVERDUE, DueState.TODAY, DueState.INTERNAL})


def today(ctx: typer.Context) -> None:
    """One's own rows that are overdue, due today, or whose internal date has come."""
    session: Session = ctx.obj
    found = filters.asked(session, Place.TODAY, *filters.by_hand("today", ctx.args))
    _print(session, _rows(session, _DUE_NOW, owner_id=None, closed=False, found=found))
    waiting = session.crm().read(followup.unregistered)
    if waiting:
        out.aside(
            say_n(
                "{n} appointment is over and not registered.",
                "{n} appointments are over and not registered.",
                waiting,
            )
        )


def followups(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=say("the closed ones too"))] = False,
    owner: Annotated[
        str, typer.Option("--owner", metavar="LOGIN", help=say("whose: a login, or todos for everybody's"))
    ] = "",
    team: Annotated[
        bool, typer.Option("--team", help=say("those of one's team and of the teams below"))
    ] = False,
    filter: FilterOption = "",
    view: ViewOption = "",
) -> None:
    """The whole queue of one operator, of one's team, or of everybody that one may see."""
    session: Session = ctx.obj
    found = filters.asked(session, Place.TODAY, filter, view)
    if team and owner.strip():
        raise Failure(Status.USAGE, Text("Say --owner or --team, not both."))
    if team:
        found = _of_team(found)
    owner_id = _owner(session, owner.strip())
    _print(session, _rows(session, frozenset(DueState), owner_id=owner_id, closed=everything, found=found))


def _of_team(found: Filter | None) -> Filter:
    """The same, of one's team alone."""
    mine = Users("owner", (MY_TEAM,))
    return Filter(All((mine,))) if found is None else replace(found, where=All((mine, *found.where.of)))


def _owner(session: Session, login: str) -> int | None:
    """None is whoever asks, 0 everybody; a login that is nobody's is status 3, one out of reach 5."""
    if not login:
        return None
    if login.lower() in ("todos", "all"):
        return 0
    from crm_tui.services.access import views as access
    from crm_tui.services.core.reading import Denied

    crm = session.crm()
    known = {user.login: user.id for user in crm.read(access.users, active=False)}
    found: int | None = known.get(login)
    if found is None:
        raise no_user(login, known)
    if not crm.viewer.may("card.read", found):
        raise Denied("card.read")
    return found


def _rows(
    session: Session, wanted: frozenset[DueState], *, owner_id: int | None, closed: bool, found: Filter | None
) -> list[tuple[QueueRow, DueState]]:
    """The rows of the queue in its order, with the state of each at the moment of asking."""
    crm = session.crm()
    reading = crm.reading()
    sorting = (Sorting.of(found.order) if found is not None else None) or Sorting()
    queue = crm.read(followup.queue, owner_id=owner_id, closed=closed, found=found, sorting=sorting)
    take, begin = list(queue.keys), 0
    if together(sorting, found):
        take = []
        for group in queue.groups:  # the keys stand in the groups' order
            if group.state in wanted:
                take += list(queue.keys[begin : begin + group.count])
            begin += group.count
    rows = []
    for first in range(0, len(take), CHUNK):
        for row in crm.read(followup.page, take[first : first + CHUNK]):
            rows.append((row, row.state(reading.now, reading.viewer.zone)))
    return [(row, state) for row, state in rows if state in wanted]


def _print(session: Session, rows: list[tuple[QueueRow, DueState]]) -> None:
    worn = wearing(session.crm(), [row.card_id for row, _ in rows if row.card_id is not None])
    session.show(
        _documents(session, rows, worn) if session.options.json else [],
        list(dict.fromkeys(ref_of(row) for row, _ in rows)),  # a card stands there once for each of its steps
        lambda: _table(session, rows),
    )


def _documents(
    session: Session, rows: list[tuple[QueueRow, DueState]], worn: Callable[[int | None], dict[str, Any]]
) -> list[dict[str, Any]]:
    said = session.crm().read(followup.fields_of, [row.card_id for row, _ in rows if row.card_id is not None])
    return [
        document(row, state, session, worn(row.card_id), said.get(row.card_id or 0)) for row, state in rows
    ]


def _table(session: Session, rows: list[tuple[QueueRow, DueState]]) -> None:
    if not rows:
        out.line(say("Nothing is due here."))
        return
    crm = session.crm()
    now, zone = crm.clock(), crm.viewer.zone
    columns = [
        Column(say("Number"), key=True),
        Column(say("When"), key=True),
        Column(say("Who")),
        Column(say("What")),
        Column(say("Stage")),
        Column(say("Value"), right=True, key=True),
    ]
    out.table(
        columns,
        [
            (
                ref_of(row),
                Cell(f"{sign(state)} {formats.when_word(row.facts(), now, zone)}", COLOURS[state]),
                row.party or "—",
                what(row, now, zone),
                row.stage or "—",
                formats.money_list(row.value_cents),
            )
            for row, state in rows
        ],
    )


def board(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=say("a board's name or REF"))] = "",
    filter: FilterOption = "",
    view: ViewOption = "",
) -> None:
    """A board by columns; without a name the first one."""
    from crm_tui.services.board import views

    session: Session = ctx.obj
    crm = session.crm()
    reading = crm.reading()
    chosen = chosen_board(crm.read(views.boards), name.strip())
    found = filters.asked(session, Place.BOARD, filter, view)
    columns = _columns(crm, chosen.id) if found is None else _matching(crm, chosen.id, found)
    stages = [
        (head, [(card, card.state(reading.now, reading.viewer.zone)) for card in cards])
        for head, cards in columns
    ]
    worn = wearing(crm, [card.id for _, cards in stages for card, _ in cards])
    document = {
        "board": chosen.name,
        "stages": [
            {
                "name": head.name,
                "category": head.category.value,
                "count": head.count,
                "value_cents": head.value_cents,
                "cards": [
                    {
                        "number": card.number,
                        "title": card.title,
                        "party": card.party,
                        "state": state.value,
                        "stale_days": card.stale_days,
                        "reopened": card.reopened,
                        **worn(card.id),
                        "version": card.version,
                    }
                    for card, state in cards
                ],
            }
            for head, cards in stages
        ],
    }

    def person() -> None:
        for n, (head, cards) in enumerate(stages):
            title = f"{head.name}  {formats.number(head.count)}  {formats.money_total(head.value_cents)}"
            out.line(title if n == 0 else f"\n{title}")
            out.table(
                [Column("", key=True), Column("", key=True), Column(""), Column(""), Column("", right=True)],
                [
                    (
                        f"  {card.number}",
                        Cell(sign(state), COLOURS[state]),
                        card.party or "—",
                        flagged(card.title, card.reopened),
                        formats.money_list(card.value_cents),
                    )
                    for card, state in cards
                ],
                heads=False,
            )

    session.show(document, [card.number for _, cards in stages for card, _ in cards], person)


def _columns(crm: Crm, board_id: int) -> list[tuple[StageHead, list[BoardCard]]]:
    """Each open column with all its cards."""
    from crm_tui.services.board import views

    found = []
    for head in crm.read(views.heads, board_id):
        cards: list[BoardCard] = []
        while page := crm.read(views.column, head.id, cards[-1] if cards else None, CHUNK):
            cards += page
        found.append((head, cards))
    return found


def _matching(crm: Crm, board_id: int, wanted: Filter) -> list[tuple[StageHead, list[BoardCard]]]:
    """Each column with the cards that a filter means."""
    from crm_tui.services.board import views
    from crm_tui.services.filter import views as filtered

    matches: BoardMatches = crm.read(filtered.board, board_id, wanted)
    if matches.more:
        out.aside(say("There are more than were looked at: the counts are at least these."))
    found = []
    for stage in matches.stages:
        cards: list[BoardCard] = []
        for first in range(0, len(stage.ids), CHUNK):
            cards += crm.read(views.cards, stage.ids[first : first + CHUNK])
        found.append((stage.head, cards))
    return found


def chosen_board(boards: list[BoardRow], name: str) -> BoardRow:
    """The board of this name or REF, or the only one whose name begins like this; without a name the first."""
    if not name and boards:
        return boards[0]
    exact = [b for b in boards if fold(name) in (fold(b.name), f"board:{b.id}")]
    near = exact or [b for b in boards if fold(b.name).startswith(fold(name))]
    if len(near) == 1:
        return near[0]
    names = ", ".join(f"{b.name} (board:{b.id})" for b in near or boards)
    raise Failure(
        Status.MISSING, Text("There is no board “{name}”: {names}.", {"name": name, "names": names})
    )


def _about(crm: Crm, subject: str, command: str) -> str:
    """The REF of what a parked form is about; the command's name where it makes something new."""
    from crm_tui.services.board import views

    kind, row_id = record_of(subject) or ("", 0)
    if kind == "card":
        found = crm.read(views.cards, [row_id])
        return found[0].number if found else subject
    if kind == "party":
        return party_ref(row_id) or subject
    return subject if kind else command


GONE, CLOSED = N_("{ref}, gone"), N_("{ref}, closed")


def _meanwhile(crm: Crm, subject: str) -> str:
    """What became of the record of a draft since: it is gone, or its card was closed; empty where neither is so."""
    from crm_tui.services.board import views as boards

    kind, row_id = record_of(subject) or ("", 0)
    if crm.read(records.gone, subject):
        return GONE
    card: CardDetail | None = crm.read(boards.detail, row_id) if kind == "card" else None
    return CLOSED if card is not None and card.closed else ""


def drafts(ctx: typer.Context) -> None:
    """What one left unfinished; nobody reads another's."""
    session: Session = ctx.obj
    crm = session.crm()
    rows = [
        (row, _about(crm, row.subject, row.command), _meanwhile(crm, row.subject))
        for row in crm.drafts.list()
    ]
    document = [
        {
            "ref": f"draft:{row.id}",
            "about": about,
            "author": row.author,
            "text": row.text,
            "saved_at": local(row.saved_at, session),
            "gone": became == GONE,
            "closed": became == CLOSED,
        }
        for row, about, became in rows
    ]

    def person() -> None:
        if not rows:
            out.line(say("Nothing is left unfinished."))
            return
        now, zone = crm.clock(), crm.viewer.zone
        heads = [
            Column(say("Draft"), key=True),
            Column(say("About"), key=True),
            Column(say("Saved"), key=True),
        ]
        out.table(
            [*heads, Column(say("Text"))],
            [
                (
                    f"draft:{row.id}",
                    say(became, ref=about) if became else about,
                    formats.stamp_near(row.saved_at, now, zone),
                    row.text,
                )
                for row, about, became in rows
            ],
        )

    session.show(document, [f"draft:{row.id}" for row, *_ in rows], person)


VERBS: Mapping[str, Callable[..., int | None]] = {
    "today": today,
    "followups": followups,
    "board": board,
    "drafts": drafts,
}
