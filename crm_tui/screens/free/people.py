"""Whose days are shown: one's own team at first, and what a choice of people is called. It knows no keys."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.domain.access import UserRow, Viewer
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.free.loaded import Person

AT_MOST = 50
"""People at once."""


def usual(users: Sequence[UserRow], viewer: Viewer) -> tuple[int, ...]:
    """One's own team, oneself first; everybody where one has none."""
    team = [user for user in users if user.id in viewer.team_ids]
    found = team if len(team) > 1 else users
    ordered = sorted(found, key=lambda user: (user.id != viewer.user_id, user.login))
    return tuple(user.id for user in ordered) or (viewer.user_id,)


def chosen(users: Sequence[UserRow], viewer: Viewer, wanted: Sequence[int]) -> tuple[Person, ...]:
    """Those of the operators that are known, each once."""
    logins = {user.id: user.login for user in users} | {viewer.user_id: viewer.login}
    return tuple(Person(user, logins[user]) for user in dict.fromkeys(wanted) if user in logins)[:AT_MOST]


def whose(users: Sequence[UserRow], people: Sequence[Person]) -> str:
    """The team that they are, or everybody, or how many."""
    shown = {person.id for person in people}
    teams = {user.team_id: user.team for user in users if user.id in shown}
    for team, name in teams.items():
        if name and shown == {user.id for user in users if user.team_id == team}:
            return name
    if len(shown) > 1 and len(shown) == len(users):
        return say(N_("everybody"))
    return say_n("{n} person", "{n} people", len(shown))
