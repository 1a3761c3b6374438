"""The verbs about stages and time: what is late or soon will be, and where the cards of a board wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.contacts import local
from crm_tui.cli.day import chosen_board
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain.board import late
from crm_tui.domain.notice import AT_MOST, TOLD_NAMES, AgendaNotice, DueCard, Told
from crm_tui.domain.stays import StageWait
from crm_tui.i18n import say, say_in
from crm_tui.ui import formats


def notices(
    ctx: typer.Context,
    read: Annotated[bool, typer.Option("--read", help=say("mark the new ones as read"))] = False,
) -> None:
    """What one was told of and has not read, appointments first, then the other cards that are late in their stage, or
    soon will be."""
    from crm_tui.services.notice import views

    session: Session = ctx.obj
    crm = session.crm()
    told: list[DueCard] = crm.read(views.told)
    appointments: list[AgendaNotice] = crm.read(views.appointments)
    named = {card.card_id for card in told}
    cards = [*told, *(card for card in crm.read(views.cards) if card.card_id not in named)]
    if max(len(cards), len(appointments)) > AT_MOST:
        out.aside(say("There are more than are listed here."))
    today = crm.reading().local.date()
    session.show(
        [
            *(_appointment(each, session) for each in appointments),
            *(_document(card, session) for card in cards),
        ],
        [*(f"activity:{each.activity_id}" for each in appointments), *(card.number for card in cards)],
        lambda: _tables(appointments, cards, today, session),
    )
    if read:
        from crm_tui.services.notice.telling import mark_read

        mark_read(crm, [*(each.notice for each in appointments), *(card.notice for card in told)])


def _appointment(found: AgendaNotice, session: Session) -> dict[str, Any]:
    """What somebody did to an appointment of one's own; `at` is None where it is for the whole day."""
    return {
        "kind": "appointment",
        "ref": f"activity:{found.activity_id}",
        "what": found.what.value,
        "by": found.by,
        "title": found.subject,
        "party": found.party,
        "day": found.due_on,
        "at": local(found.start_at, session),
        "new": True,
        "told_at": local(found.told_at, session),
    }


def _document(card: DueCard, session: Session) -> dict[str, Any]:
    today = session.crm().reading().local.date()
    return {
        "kind": "stage",
        "number": card.number,
        "title": card.title,
        "party": card.party,
        "board": card.board,
        "stage": card.stage,
        "stage_owner": card.owner,
        "due_on": card.due_on,
        "late_days": late(card.due_on, today),
        "new": bool(card.notice),
        "told_at": local(card.told_at, session),
    }


def _tables(appointments: list[AgendaNotice], cards: list[DueCard], today: Any, session: Session) -> None:
    """What became of appointments, then the cards; where there is one alone, that one."""
    if appointments:
        _of_agenda(appointments, today, session)
    if cards or not appointments:
        if appointments:
            out.line("")
        _table(cards, today)


def _of_agenda(found: list[AgendaNotice], today: Any, session: Session) -> None:
    zone = session.crm().viewer.zone
    columns = [Column("", key=True), Column(say("Number"), key=True), Column(say("When"), key=True)]
    columns += [Column(say("Who")), Column(say("What")), Column(say("Person"))]

    def row(each: AgendaNotice) -> tuple[str | Cell, ...]:
        start = each.start_at.astimezone(zone) if each.start_at is not None else None
        day = formats.day_near(start.date() if start is not None else each.due_on, today)
        hour = formats.clock(start, zone) if start is not None else say("all day")
        gone = each.what in (Told.CANCELED, Told.DECLINED)
        return (
            say_in("notice", "new"),
            f"activity:{each.activity_id}",
            Cell(f"{day} {hour}", "red" if gone else "yellow"),
            f"{each.by} {say_in('notice', TOLD_NAMES[each.what])}",
            each.subject,
            each.party or "—",
        )

    out.table(columns, [row(each) for each in found])


def _table(cards: list[DueCard], today: Any) -> None:
    if not cards:
        out.line(say("No stage is late, and none will be on the next working day."))
        return
    columns = [
        Column("", key=True),
        Column(say("Number"), key=True),
        Column(say("When"), key=True),
        Column(say("Who")),
        Column(say("What")),
        Column(say("Stage")),
        Column(say("Stage owner")),
    ]
    out.table(
        columns,
        [
            (
                say_in("notice", "new") if card.notice else "",
                card.number,
                _when(card, today),
                card.party or "—",
                card.title,
                card.stage,
                card.owner or "—",
            )
            for card in cards
        ],
    )


def _when(card: DueCard, today: Any) -> Cell:
    days = late(card.due_on, today)
    if days is None:
        return Cell(formats.day_near(card.due_on, today), "yellow")
    return Cell(formats.days_ago(days), "red")


def stage_times(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="BOARD", help=say("a board's name or REF"))] = "",
) -> None:
    """Where the cards of a board wait, in working days; without a name of the first one. (M35)"""
    from crm_tui.domain.stays import day_minutes, in_days
    from crm_tui.services.board import stays, views
    from crm_tui.services.calendar import views as calendars

    session: Session = ctx.obj
    crm = session.crm()
    board = chosen_board(crm.read(views.boards), name.strip())
    found: list[StageWait] = crm.read(stays.waits, board.id)
    calendar = crm.read(calendars.default)

    def days(minutes: int | None) -> float | None:
        return None if minutes is None else round(in_days(minutes, calendar), 2)

    document = {
        "board": board.name,
        "ended_within_days": stays.DAYS,
        "stages": [
            {
                "stage": each.name,
                "allowed_days": each.expected_days,
                "cards": each.now,
                "late": each.late,
                "ended": each.finished,
                "median_days": days(each.median),
                "p80_days": days(each.p80),
                "age_days": days(each.age),
                "oldest": each.oldest.number if each.oldest is not None else None,
                "oldest_days": days(each.oldest_age),
                "more": each.more,
            }
            for each in found
        ],
    }

    def figure(minutes: int | None) -> str:
        return "—" if minutes is None else formats.decimal(in_days(minutes, calendar))

    def person() -> None:
        heads = ("Stage", "Now", "Late", "Median", "Allowed", "Age", "The oldest")
        said = [say_in("waits", head) for head in heads]
        out.table(
            [
                Column(said[0], key=True),
                *(Column(head, right=True, key=True) for head in (*said[1:5], "80%", said[5])),
                Column(said[6]),
            ],
            [
                (
                    each.name,
                    formats.number(each.now),
                    formats.number(each.late) if each.late else "—",
                    Cell(figure(each.median), "yellow" if each.over(day_minutes(calendar)) else ""),
                    "—" if each.expected_days is None else str(each.expected_days),
                    figure(each.p80),
                    figure(each.age),
                    f"{each.oldest.number} {figure(each.oldest_age)}" if each.oldest is not None else "—",
                )
                for each in found
            ],
        )

    session.show(document, [each.name for each in found], person)


VERBS: Mapping[str, Callable[..., int | None]] = {"notices": notices, "stage-times": stage_times}
