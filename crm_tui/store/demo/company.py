"""The company of the demonstration: its people, teams and the names under which stories call the registers.

Stories name stages, actions and results as the Portuguese starter does; here they become the rows of this file,
whatever its language, because both starters list them in the same order.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from crm_tui.store.demo.files import told
from crm_tui.store.demo.offers import OfferOf, offers
from crm_tui.store.rows import Rows
from crm_tui.store.starter import Started, ingredients
from crm_tui.store.tables import Label, Stage, Team, User

TOLD_IN = "pt-BR"
ZONE = "America/Sao_Paulo"
_LIMITS = {("Vendas", "Proposta"): 5, ("Vendas", "Negociação"): 6}
"""Cards that a stage should hold at most."""
STAFF = (
    ("ana", "Ana Souza", "sales"),
    ("beto", "Roberto Martins", "sales"),
    ("carla", "Carla Nogueira", "manager"),
    ("davi", "Davi Lacerda", "support"),
)
"""Login, name and profile of the operators beside the administrator."""


@dataclass(frozen=True, slots=True)
class StageOf:
    """A stage as the stories know it."""

    id: int
    board_id: int
    kind: str
    prefix: str
    name: str
    category: str
    stale_days: int | None


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of action; `minutes` is how long it takes where nothing else is said."""

    id: int
    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A result."""

    id: int
    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class LabelOf:
    """A label; `name` as this file calls it, `board` as the stories do, empty for all boards."""

    id: int
    name: str
    board: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a story may name. Keys of `stages` are (board, stage); all keys are Portuguese."""

    zone: tzinfo
    users: dict[str, int]
    stages: dict[tuple[str, str], StageOf]
    actions: dict[str, Action]
    results: dict[str, Ending]
    mediums: dict[str, int]
    reasons: dict[str, int]
    labels: dict[str, LabelOf]
    channels: dict[str, int]
    offers: dict[str, OfferOf]
    case_types: dict[str, int]
    """The service type of each board's cards, by the board."""

    def path(self, board: str) -> list[StageOf]:
        """The stages of a board in order."""
        return [stage for (of, _), stage in self.stages.items() if of == board]


def hire(connection: sqlite3.Connection, started: Started, locale: str) -> None:
    """Add the operators and the support's team; the manager leads the sales team."""
    rows = Rows(connection)
    support = rows.insert(Team, name=ingredients(locale)["profiles"]["support"], kind="support")
    for login, name, profile in STAFF:
        user_id = rows.insert(
            User,
            login=login,
            name=name,
            email=f"{login}@casadocaixa.com.br",
            profile_id=started.profiles[profile],
            team_id=support if profile == "support" else started.team_id,
            locale=locale,
            timezone=ZONE,
        )
        if profile == "manager":
            rows.update(Team, started.team_id, manager_id=user_id)


def house(connection: sqlite3.Connection, zone: tzinfo, today: date) -> House:
    """The registers of a fresh file under the names of the stories; the stages get their limits."""
    begun = ingredients(TOLD_IN)
    run = connection.execute
    users = dict(run('SELECT login, id FROM "user"').fetchall())
    return House(
        zone=zone,
        users=users,
        stages=_stages(connection, begun["boards"]),
        actions={
            a["name"]: Action(row[0], row[1], row[2] or 30)
            for a, row in zip(
                begun["actions"],
                run("SELECT id, name, default_minutes FROM action_type ORDER BY position").fetchall(),
                strict=True,
            )
        },
        results={
            r["name"]: Ending(*row)
            for r, row in zip(
                begun["results"],
                run("SELECT id, name, tone FROM result ORDER BY position").fetchall(),
                strict=True,
            )
        },
        mediums=_named(connection, "contact_medium", begun["lists"]["mediums"]),
        reasons=_named(connection, "loss_reason", begun["lists"]["loss_reasons"]),
        labels=_labels(connection, begun),
        channels=_named(connection, "channel", begun["lists"]["channels"]),
        offers=offers(connection, _boards(connection, begun), today),
        case_types={
            each["board"]: type_id
            for each, (type_id,) in zip(
                begun["case_types"],
                run("SELECT id FROM case_type ORDER BY position").fetchall(),
                strict=True,
            )
            if "board" in each
        },
    )


def _labels(connection: sqlite3.Connection, begun: dict[str, Any]) -> dict[str, LabelOf]:
    """The starter's labels, and the company's own of one board each, which are made here."""
    made = connection.execute("SELECT id, name FROM label ORDER BY position").fetchall()
    found = {each["name"]: LabelOf(*row) for each, row in zip(begun["labels"], made, strict=True)}
    boards = _boards(connection, begun)
    rows = Rows(connection)
    for position, label in enumerate(told("worn")["labels"], start=1):
        name, board_id = label["name"], boards[label["board"]]
        made_id = rows.insert(Label, board_id=board_id, name=name, color=label["color"], position=position)
        found[name] = LabelOf(made_id, name, label["board"])
    return found


def _boards(connection: sqlite3.Connection, begun: dict[str, Any]) -> dict[str, int]:
    return _named(connection, "board", [board["name"] for board in begun["boards"]])


def _named(connection: sqlite3.Connection, table: str, names: list[str]) -> dict[str, int]:
    ids = connection.execute(f"SELECT id FROM {table} ORDER BY position").fetchall()
    return dict(zip(names, (i for (i,) in ids), strict=True))


def _stages(connection: sqlite3.Connection, boards: list[dict[str, Any]]) -> dict[tuple[str, str], StageOf]:
    rows = Rows(connection)
    found: dict[tuple[str, str], StageOf] = {}
    kept = connection.execute(
        "SELECT b.id, b.kind, b.number_prefix, s.id, s.name, s.category, s.stale_days FROM board b "
        "JOIN stage s ON s.board_id = b.id ORDER BY b.position, s.position"
    ).fetchall()
    names = [(board["name"], stage["name"]) for board in boards for stage in board["stages"]]
    for key, (board_id, kind, prefix, stage_id, name, category, stale) in zip(names, kept, strict=True):
        found[key] = StageOf(stage_id, board_id, kind, prefix, name, category, stale)
        if key in _LIMITS:
            rows.update(Stage, stage_id, wip_limit=_LIMITS[key])
    return found
