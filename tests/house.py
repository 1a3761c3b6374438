"""A small company for the tests of the door and the store: who owns what is known, and secrets mark whose it is.

One card, person, planned step and filed note per operator (and one of nobody), each with a word that tells its
owner, so that a leak can be found in anything that a view returns. Knows no screen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done, Outcome
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.store import connect
from crm_tui.store.connect import Use
from crm_tui.store.rows import Rows
from crm_tui.store.shapes import Table, Undo, shape, shapes
from crm_tui.store.tables import Card, Party, Profile, ProfilePermission, Team, User

STAFF = {
    "bia": ("sales", "north"),
    "beto": ("sales", "north"),
    "carla": ("manager", "north"),
    "davi": ("support", "help"),
    "dora": ("support", "help"),
    "edu": ("sales", "south"),
    "rui": ("reader", "alone"),
    "nina": ("narrow", "alone"),
}
"""login: profile, team. `ana` is the founder and administrator; carla leads the team north."""
NARROW = {
    **dict.fromkeys(
        ("card.read", "party.read", "card.edit", "card.move", "note.file", "activity.edit", "filter.save"),
        "own",
    ),
    "trail.read": "all",
    "user.read": "all",
}
"""The profile of nina: reads nothing but her own."""
NOBODY = "nobody"


def card_secret(owner: str) -> str:
    """The word in everything that belongs to the owner's card."""
    return f"cartao-secreto-{owner}"


def party_secret(owner: str) -> str:
    """The word in everything that belongs to the owner's person."""
    return f"pessoa-secreta-{owner}"


class House:
    """The company's file and its ids. `open` gives a Crm that the fixture closes."""

    def __init__(self, path: Path, clock: Callable[..., Any]) -> None:
        self.path = path
        self.clock = clock
        self.opened: list[Crm] = []
        self._looking: sqlite3.Connection | None = None

    def open(self, login: str = "ana") -> Crm:
        crm = open_crm(self.path, login, self.clock)
        self.opened.append(crm)
        return crm

    def close(self) -> None:
        """Close whatever this process has open of the file; it is opened again when asked."""
        if self._looking is not None:
            self._looking.close()
            self._looking = None
        while self.opened:
            self.opened.pop().store.close()

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """What stands in the file now, seen from beside."""
        if self._looking is None:
            self._looking = connect.raw(self.path, Use.READ)
        return self._looking.execute(sql, params).fetchall()

    def one(self, sql: str, *params: Any) -> Any:
        """The first column of the first row."""
        return self.rows(sql, *params)[0][0]

    def user(self, login: str) -> int:
        return int(self.one('SELECT id FROM "user" WHERE login = ?', login))

    def card(self, owner: str = "ana") -> int:
        return int(self.one("SELECT id FROM card WHERE title = ?", card_secret(owner)))

    def party(self, owner: str = "ana") -> int:
        return int(self.one("SELECT id FROM party WHERE name = ?", party_secret(owner)))

    def step(self, owner: str = "ana") -> int:
        return int(
            self.one("SELECT id FROM activity WHERE card_id = ? AND state = 'planned'", self.card(owner))
        )

    def version(self, table: str, row_id: int) -> int:
        return int(self.one(f'SELECT version FROM "{table}" WHERE id = ?', row_id))

    def stage(self, card_id: int, place: int) -> int:
        """The n-th stage of the card's board, counted from 0."""
        found = self.rows(
            "SELECT s.id FROM stage s JOIN card c ON c.board_id = s.board_id WHERE c.id = ? ORDER BY s.position",
            card_id,
        )
        return int(found[place][0])

    def any_id(self, table: str, place: int = 0) -> int:
        return int(self.rows(f'SELECT id FROM "{table}" ORDER BY id')[place][0])

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table that undo restores, row for row, without versions and derived columns."""
        found = {}
        for model in restored():
            known = shape(model)
            columns = ", ".join(f'"{c}"' for c in ("id", *sorted(known.imaged)))
            found[known.name] = self.rows(f'SELECT {columns} FROM "{known.name}" ORDER BY id')
        return found


def restored() -> list[Table]:
    """The tables whose rows undo puts back: business facts, written by `Rows` alone."""
    return [table for table, known in shapes().items() if known.undo is Undo.RESTORE]


def done(outcome: Outcome) -> Done:
    """The outcome, which must be a success."""
    assert isinstance(outcome, Done), outcome
    return outcome


def do(crm: Crm, command: Command) -> Done:
    """Run a command that must succeed."""
    return done(crm.run(command))


def furnish(path: Path, clock: Callable[..., Any]) -> None:
    """Fill a new file with the company."""
    crm = open_crm(path, "ana", clock)
    with crm.store.writing() as connection:
        _staff(Rows(connection))
    crm.refresh_viewer()
    for owner in ("ana", *STAFF, NOBODY):
        _belongings(crm, owner)
    for owner in ("ana", *STAFF, NOBODY):
        _put_on(crm, owner)
    crm.store.close()


def _staff(rows: Rows) -> None:
    rows.connection.execute("UPDATE board SET one_open_card_per_party = 0")  # tests of that rule turn it on
    rows.connection.execute("UPDATE duplicate_rule SET active = 0")  # so do those of these
    named = dict(rows.connection.execute("SELECT name, id FROM profile").fetchall())
    by_key = dict(
        zip(("admin", "manager", "sales", "support", "reader"), sorted(named.values()), strict=True)
    )
    by_key["narrow"] = rows.insert(Profile, name="narrow")
    rows.insert_many(
        ProfilePermission, [{"profile_id": by_key["narrow"], "key": k, "scope": s} for k, s in NARROW.items()]
    )
    north = int(rows.connection.execute("SELECT id FROM team").fetchone()[0])
    teams = {"north": north, "south": rows.insert(Team, name="south"), "help": rows.insert(Team, name="help")}
    for login, (profile, team) in STAFF.items():
        user_id = rows.insert(
            User, login=login, name=login.title(), profile_id=by_key[profile], team_id=teams.get(team)
        )
        if login == "carla":
            rows.update(Team, north, manager_id=user_id)
    rows.take_images()


def _belongings(crm: Crm, owner: str) -> None:
    from crm_tui.services.board.commands import EditCard, NewCard
    from crm_tui.services.followup.commands import PlanStep
    from crm_tui.services.note.commands import AddComment, FileNote
    from crm_tui.services.party.commands import NewParty

    run, secret = crm.run, card_secret(owner)
    users = dict(crm.store.reader().execute('SELECT login, id FROM "user"').fetchall())
    may_be_given = owner in users and STAFF.get(owner, ("",))[0] != "reader"  # rui has his from better days
    digits = f"{sum(owner.encode()) % 10_000:04d}"
    party = do(
        crm,
        NewParty(name=party_secret(owner), phone=f"1198888{digits}", email=f"{party_secret(owner)}@x.com"),
    ).entity_id
    card = do(
        crm,
        NewCard(
            subject=secret,
            party=party,
            value_one_off=100_00,
            description=secret,
            owner=users[owner] if may_be_given else None,
        ),
    ).entity_id
    assert party is not None
    assert card is not None
    result = int(crm.store.reader().execute("SELECT id FROM result ORDER BY id").fetchone()[0])
    done(run(FileNote(card=card, body=f"disse {secret}", result=result)))
    done(run(PlanStep(card=card, when=date(2026, 11, 25), subject=secret)))
    done(run(AddComment(card=card, body=f"comenta {secret}")))
    done(run(AddComment(party=party, body=f"comenta {party_secret(owner)}")))
    done(run(EditCard(card=card, value_recurring=50_00)))
    with crm.store.writing() as connection:
        rows = Rows(connection)
        rows.update(Party, party, owner_id=users.get(owner))
        rows.update(Card, card, owner_id=users.get(owner))
        connection.execute(
            "UPDATE activity SET assignee_id = ?, stands_alone = 0 WHERE card_id = ?",
            (users.get(owner, users["ana"]), card),
        )
        if owner == NOBODY:  # a step has an assignee even if its card has no owner
            connection.execute("UPDATE activity SET assignee_id = ? WHERE card_id = ?", (users["ana"], card))


def _put_on(crm: Crm, owner: str) -> None:
    """A file and a task, which tell their owner as well."""
    from crm_tui.services.label.commands import AddTask
    from crm_tui.services.note.commands import AttachFile

    secret = card_secret(owner)
    found = crm.store.reader().execute("SELECT id FROM card WHERE title = ?", (secret,)).fetchone()
    do(crm, AttachFile(card=found[0], filename=f"{secret}.txt", content=secret.encode()))
    do(crm, AddTask(card=found[0], text=f"tarefa {secret}"))


def in_days(clock: Callable[[], Any], days: int) -> date:
    """A civil date so many days from the clock's."""
    day: date = clock().date() + timedelta(days=days)
    return day
