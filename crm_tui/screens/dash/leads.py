"""Where each number of Painel leads: the list that shows its rows, and how many they are there.

A lead is a place with what it is asked for; a test goes to each and counts. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from crm_tui.domain.action_history import ActionsAsked
from crm_tui.domain.dash import LOST_DAYS, Commitment, Dash, Lost, Stopped
from crm_tui.domain.filter_tree import (
    ME,
    MY_TEAM,
    All,
    Answer,
    AnyOf,
    Dates,
    DateSpan,
    Filter,
    Node,
    Not,
    Op,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.i18n import N_, say, say_n
from crm_tui.ui import formats


class Lead(NamedTuple):
    """So many `rows`, called `said`, at a place (`screens.core.go`) with these arguments."""

    said: str
    rows: int
    place: str
    args: dict[str, Any]


Leads = dict[str, tuple[Lead, ...]]
"""Of each spot of the page, by its key."""


def leads(dash: Dash) -> Leads:
    """Where every figure and row leads."""
    first, last = dash.week
    everything = Filter(All((_whose(dash),)))
    found: Leads = {
        "overdue": (_overdue(dash),),
        "today": (_left(dash), _done(dash, dash.today, dash.today, dash.done_today)),
        "contacts": (_done(dash, first, dash.today, dash.contacts),),
        "commitments": (
            _kept(dash, dash.today, dash.today, say(N_("today"))),
            _kept(dash, first, last, say(N_("this week"))),
        ),
        "open": tuple(
            Lead(board.board, board.sum.cards, "board", {"board": board.board_id, "found": everything})
            for board in dash.open_boards()
        ),
        "won": (_won(dash),),
    }
    found |= {
        f"contacts:{day.day}": (_done(dash, day.day, day.day, day.done), _overdue(dash, day.day, day.overdue))
        for day in dash.contact_days()
    }
    found |= {
        f"kept:{day.day}": (_kept(dash, day.day, day.day, formats.day_word(day.day, dash.today)),)
        for day in dash.kept_by_day()
    }
    found |= {f"next:{each.id}": (_record(dash, each),) for each in dash.coming}
    found |= {f"stopped:{each.stage_id}": (_stopped(dash, each),) for each in dash.stopped}
    lost = dash.lost()
    return found | {f"lost:{each.reason_id}": (_lost(dash, each, lost),) for each in lost}


def _whose(dash: Dash) -> Node:
    return Users("owner", (MY_TEAM if dash.team else ME,))


def _today(dash: Dash, said: str, count: int, *nodes: Node) -> Lead:
    """Rows of Hoje."""
    return Lead(said, count, "today", {"found": Filter(All((_whose(dash), *nodes)))})


def _overdue(dash: Dash, day: date | None = None, count: int | None = None) -> Lead:
    count = dash.overdue_count if count is None else count
    said = say_n("{count} overdue contact", "{count} overdue contacts", count, count=formats.number(count))
    nodes: list[Node] = [Words("due", ("overdue",))]
    if day is not None:
        nodes.append(Dates("due_on", (DateSpan(Op.IS, day.isoformat()),)))
    return _today(dash, said, count, *nodes)


def _left(dash: Dash) -> Lead:
    count = dash.left_today
    said = say_n(
        "{count} contact to do today", "{count} contacts to do today", count, count=formats.number(count)
    )
    return _today(dash, said, count, Words("due", ("today",)))


def _done(dash: Dash, first: date, last: date, count: int) -> Lead:
    """Registered actions of some days."""
    said = say_n(
        "{count} registered contact", "{count} registered contacts", count, count=formats.number(count)
    )
    days = formats.day_word(first, dash.today)
    if last != first:
        days = say(N_("{first} to {last}"), first=days, last=formats.day_word(last, dash.today))
    whose = say(N_("of the team")) if dash.team else dash.logins.get(dash.users[0], "")
    asked = ActionsAsked(of=dash.users, since=first, until=last, about=True)
    return Lead(said, count, "actions", {"asked": asked, "about": f"{whose}  {days}"})


def _kept(dash: Dash, first: date, last: date, when: str) -> Lead:
    """Commitments of some days."""
    count = len(dash.of_days(first, last))
    said = say_n("{count} appointment {when}", "{count} appointments {when}", count, count=count, when=when)
    return Lead(said, count, "commitments", {"first": first, "last": last, "team": dash.team})


def _record(dash: Dash, each: Commitment) -> Lead:
    """What an appointment is about; one that is about nothing stands in the agenda."""
    if each.card_id is not None:
        return Lead(each.number or "", 1, "card", {"card": each.card_id})
    if each.party_id is not None:
        return Lead(each.party or "", 1, "person", {"party": each.party_id})
    in_agenda = {"users": each.users[:1], "day": each.day(dash.zone), "activity": each.id}
    return Lead(each.subject, 1, "agenda", in_agenda)


def _won(dash: Dash) -> Lead:
    won = dash.won
    said = say_n("{count} won card", "{count} won cards", won.cards, count=formats.number(won.cards))
    closed = Dates("closed", (DateSpan(Op.IS, "month"),))
    return _today(dash, said, won.cards, Words("status", ("won",)), closed)


def _stopped(dash: Dash, each: Stopped) -> Lead:
    """The cards of a stage that stand still or are late, on their board."""
    still = AnyOf((Tri("stale", Answer.YES), Tri("late", Answer.YES)))
    found = Filter(All((_whose(dash), Things("stage", (Thing(each.stage_id, each.stage),)), still)))
    return Lead(each.stage, each.cards, "board", {"board": each.board_id, "found": found})


def _lost(dash: Dash, each: Lost, lost: Sequence[Lost]) -> Lead:
    since = Dates("closed", (DateSpan(Op.FROM, f"-{LOST_DAYS}d"),))
    nodes: list[Node] = [Words("status", ("lost",)), since]
    if each.reason_id is not None:
        nodes.append(Things("reason", (Thing(each.reason_id, each.reason),)))
    else:
        said = tuple(Thing(other.reason_id, other.reason) for other in lost if other.reason_id is not None)
        nodes += [Not(Things("reason", said))] if said else []
    return _today(dash, each.reason, each.cards, *nodes)
