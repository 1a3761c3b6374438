"""The verb about one's day and week in numbers: those of Painel, as tables or as JSON. (M76)"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain.dash import LOST_DAYS, Commitment, Dash, DayKept, kept_on
from crm_tui.i18n import N_, Text, say, say_in
from crm_tui.services.core.refs import party_ref, typed
from crm_tui.ui import formats


def dash(
    ctx: typer.Context,
    team: Annotated[
        bool, typer.Option("--team", help=say("those of one's team and of the teams below"))
    ] = False,
) -> None:
    """One's own day and week in numbers, or the team's."""
    from crm_tui.services.dash import views

    session: Session = ctx.obj
    crm = session.crm()
    found: Dash = crm.read(views.dash, team=team)
    if team and not found.team and crm.viewer.owners("card.read") is not None:
        raise Failure(
            Status.DENIED, Text("You read no other's cards: ask without --team for your own numbers.")
        )
    session.show(
        _document(found),
        [typed("activity", each.id) or "" for each in found.coming],
        lambda: _tables(found),
    )


def _document(found: Dash) -> dict[str, Any]:
    first, last = found.week
    here = found.zone
    return {
        "users": [found.logins[user] for user in found.users],
        "team": found.team,
        "at": found.now.astimezone(here),
        "week": {"from": first, "to": last},
        "overdue": {
            "count": found.overdue_count,
            "since_yesterday": found.since_yesterday,
            "days": [{"day": day, "count": n} for day, n in sorted(found.overdue.items())],
        },
        "today": {"done": found.done_today, "left": found.left_today},
        "contacts": {
            "week": found.contacts,
            "days": [each._asdict() for each in found.contact_days()],
        },
        "appointments": {
            "today": len(found.of_days(found.today, found.today)),
            "week": len(found.of_days(first, last)),
            "days": [
                _kept(kept_on(day, found.of_days(day, day), found.now))
                for day in (first + timedelta(days=n) for n in range(7))
            ],
            "next": [_commitment(found, each) for each in found.coming],
        },
        "open": {
            "count": found.open_sum.cards,
            "value_cents": found.open_sum.cents,
            "weighted_cents": found.open_sum.weighted,
            "boards": [
                {
                    "board": each.board,
                    "count": each.sum.cards,
                    "value_cents": each.sum.cents,
                    "weighted_cents": each.sum.weighted,
                }
                for each in found.open_boards()
            ],
        },
        "won": {
            "from": found.today.replace(day=1),
            "count": found.won.cards,
            "value_cents": found.won.cents,
        },
        "stopped": [
            {
                "board": each.board,
                "stage": each.stage,
                "stale": each.stale,
                "late": each.late,
                "count": each.cards,
                "value_cents": each.cents,
            }
            for each in found.stopped
        ],
        "lost": {
            "from": found.today - timedelta(days=LOST_DAYS),
            "reasons": [
                {"reason": each.reason or None, "count": each.cards, "value_cents": each.cents}
                for each in found.lost()
            ],
        },
    }


def _kept(day: DayKept) -> dict[str, Any]:
    return {
        "day": day.day,
        "held": day.held,
        "missed": day.missed,
        "not_registered": day.over,
        "to_come": day.coming,
        "minutes": day.minutes,
    }


def _commitment(found: Dash, each: Commitment) -> dict[str, Any]:
    return {
        "ref": typed("activity", each.id),
        "from": each.start_at.astimezone(found.zone),
        "to": each.end_at.astimezone(found.zone),
        "title": each.subject,
        "action": each.action,
        "party": each.party,
        "party_ref": party_ref(each.party_id),
        "number": each.number,
        "users": each.who.split(", "),
        "place": each.location or None,
    }


def _tables(found: Dash) -> None:
    """The figures, then each block under its heading; what is empty is left out."""
    first, last = found.week
    whose = say(N_("The team's week")) if found.team else found.logins[found.users[0]]
    days = say(
        N_("{first} to {last}"), first=formats.day_word(first, found.today), last=formats.day_full(last)
    )
    out.line(f"{whose}  {days}")
    _figures(found)
    _block(
        say(N_("Contacts by day")),
        [say_in("dash", "Day"), say_in("dash", "Done"), say(N_("Overdue"))],
        [
            (
                formats.day_word(each.day, found.today),
                formats.number(each.done),
                Cell(formats.number(each.overdue), "red" if each.overdue else ""),
            )
            for each in found.contact_days()
        ],
    )
    _block(
        say(N_("Appointments of the week")),
        [
            say_in("dash", "Day"),
            say(N_("Held")),
            say(N_("Missed")),
            say(N_("Not registered")),
            say(N_("To come")),
            say(N_("Hours")),
        ],
        [
            (
                formats.day_word(each.day, found.today),
                *map(formats.number, (each.held, each.missed, each.over, each.coming)),
                formats.hours(each.minutes) if each.minutes else "",
            )
            for each in found.kept_by_day()
        ],
    )
    _block(
        say(N_("Next appointments")),
        [say("When"), say("Who"), say(N_("Subject"))],
        [
            (
                formats.stamp(each.start_at, found.now, found.zone),
                each.party or "—",
                each.subject or each.action,
            )
            for each in found.coming
        ],
        numbers=False,
    )
    _block(
        say(N_("Where cards stop")),
        [say("Stage"), say(N_("Stale")), say(N_("Late")), "R$"],
        [
            (f"{each.board}: {each.stage}", str(each.stale), str(each.late), formats.money_list(each.cents))
            for each in found.stopped
        ],
    )
    _block(
        say(N_("Why cards are lost, {n} days"), n=LOST_DAYS),
        [say(N_("Reason")), say(N_("Cards")), "R$"],
        [
            (each.reason or say(N_("no reason said")), str(each.cards), formats.money_list(each.cents))
            for each in found.lost()
        ],
    )


def _figures(found: Dash) -> None:
    week = len(found.of_days(*found.week))
    today = len(found.of_days(found.today, found.today))
    done, left = found.done_today, found.left_today
    weighted = say(N_("weighted {sum}"), sum=formats.money_total(found.open_sum.weighted))
    rows: list[tuple[str, str]] = [
        (
            say(N_("Overdue")),
            f"{found.overdue_count}  {say(N_('{n} last two days'), n=found.since_yesterday)}",
        ),
        (say(N_("Today")), say(N_("{done} of {all}"), done=done, all=done + left)),
        (say(N_("Contacts this week")), formats.number(found.contacts)),
        (say(N_("Appointments")), f"{say(N_('{n} today'), n=today)}  {say(N_('{n} this week'), n=week)}"),
        (say_in("money", "Open"), f"{formats.money_total(found.open_sum.cents)}  {weighted}"),
        (
            say(N_("Won in {month}"), month=formats.month(found.today)),
            formats.money_total(found.won.cents),
        ),
    ]
    out.table([Column(""), Column("", wrap=True)], rows, heads=False)


def _block(title: str, heads: Sequence[str], rows: Sequence[out.Row], *, numbers: bool = True) -> None:
    if rows:
        out.line("")
        out.line(title)
        out.table([Column(head, right=numbers and n > 0, key=n == 0) for n, head in enumerate(heads)], rows)


VERBS: Mapping[str, Callable[..., int | None]] = {"dash": dash}
