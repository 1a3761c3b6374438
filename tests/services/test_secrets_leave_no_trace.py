"""Threat 12 by comparison: a base with what an operator may not see answers like the one without it, in every view and
to every command; no word, no count and no order tells the two apart. (X6, K13)"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import secrets_planted as planted
from house import House
from house_fixtures import FURNISHED_AT
from samples import SAMPLES
from test_permissions import _asks, _rehearsed, _views, answered

from crm_tui.domain.access import Scope
from crm_tui.domain.outcome import Done
from crm_tui.domain.profiles import PROFILES
from crm_tui.services.core import records
from crm_tui.services.core.commands import Command
from crm_tui.services.core.reading import Denied
from crm_tui.services.core.refs import PICKED
from crm_tui.store.shapes import shapes

HOURS = frozenset(
    (
        *("agenda.agenda", "agenda.appointment", "agenda.counts", "agenda.feed", "agenda.untimed"),
        *("free.free_days", "free.free_hours"),
    )
)
"""Views that tell everybody when a colleague's time is taken, and nothing else of it: only words are looked for."""
MARKS = frozenset(("followup.last_event",))
"""How far the trail has come: the sign to look again."""
_AT = re.compile(r" at 0x[0-9a-f]+")

Asks = dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]]


def _answers(house: House, viewer: str, asks: Asks) -> dict[str, list[str]]:
    """What every view answers to this viewer, in the order in which it was asked."""
    crm = house.open(viewer)
    views: dict[str, Any] = _views() | {
        f"records.{each.__name__}": each for each in (records.note, records.activity, records.attachment)
    }
    found: dict[str, list[str]] = {}
    for name, each in asks.items():
        for args, kwargs in each:
            try:
                told = _AT.sub("", answered(crm, views[name], args, kwargs))
            except Denied:
                told = "denied"
            found.setdefault(name, []).append(told)
    return found


@pytest.fixture(scope="module")
def asked_of(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company with everything answered that `_asks` has answered, closed."""
    path = tmp_path_factory.mktemp("asked") / "house.db"
    shutil.copy(house_template, path)
    base = House(path, lambda: FURNISHED_AT)
    planted.prepare(base)
    _asks(base)
    base.close()
    return path


@pytest.mark.parametrize(("plants", "viewers"), planted.HIDDEN_FROM)
def test_every_view_answers_as_if_it_were_not_there(
    asked_of: Path, tmp_path: Path, plants: tuple[planted.Plant, ...], viewers: tuple[str, ...]
) -> None:
    """The administrator is told of it: the comparison would see it."""
    house = House(asked_of, lambda: FURNISHED_AT)
    other = planted.twins(house, tmp_path / "other.db", *plants)
    asks: Asks = _asks(other)
    for table in ("note", "activity", "attachment"):
        asks[f"records.{table}"] = [(row, {}) for row in other.rows(f'SELECT id FROM "{table}"')]
    told: list[tuple[str, ...]] = []
    for viewer in viewers:
        without, with_it = _answers(house, viewer, asks), _answers(other, viewer, asks)
        for name, answers in with_it.items():
            for before, after in zip(without[name], answers, strict=True):
                if planted.FOLDED in after.casefold():
                    told.append((viewer, name, "a word", after))
                elif before != after and name not in HOURS | MARKS:
                    told.append((viewer, name, before, after))
    shown = repr(_answers(other, "ana", asks if "nina" in viewers else {}))
    house.close()
    other.close()
    assert told == []
    assert "nina" not in viewers or shown.count(planted.WORD) > 100


TABLES = {
    "task": "checklist_item",
    "gate": "stage_gate",
    "transition": "stage_transition",
    "standard_text": "template",
    "base_card": "card_template",
    "view": "saved_filter",
    "relation": "party_relation",
    "question": "field_def",
    "leave": "calendar_exception",
}
"""Kinds of record that are called otherwise than their table."""
OF_ALL = frozenset(("form", "field_def"))
"""What was planted with a person and is anybody's: the fields of people."""


def _named(kind: type[Command]) -> Iterator[tuple[str, str]]:
    """The fields of a command that name a record, with its table."""
    tables = {str(table) for table in shapes()}
    for name, info in kind.model_fields.items():
        extra = info.json_schema_extra
        pick = str(extra.get("pick")) if isinstance(extra, dict) else ""
        entity = PICKED.get(pick, pick.removesuffix("s"))
        table = TABLES.get(entity, entity)
        if table in tables and table != "user":
            yield name, table


@pytest.mark.parametrize(
    ("plant", "actor"),
    [
        (planted.behind_the_wall, "bia"),
        (planted.behind_the_wall, "carla"),
        (planted.of_another_team, "nina"),
        (planted.of_edu_alone, "bia"),
        (planted.people_of_edu, "nina"),
    ],
)
def test_no_command_takes_the_id_of_what_is_out_of_sight(
    house: House, plant: planted.Plant, actor: str
) -> None:
    """Every command that is valid of one's own, with each record that it names replaced by a planted one: none is done,
    and no refusal says a word of it. nina may do all that a manager may, with her own."""
    with house.open().store.writing() as connection:
        for key, scope in PROFILES["manager"].items():
            reach = Scope.OWN if scope is Scope.SUBTREE else scope
            if key.partition(".")[2] != "read":
                connection.execute(
                    "INSERT OR REPLACE INTO profile_permission (profile_id, key, scope) "
                    "SELECT profile_id, ?, ? FROM \"user\" WHERE login = 'nina'",
                    (key, reach),
                )
    planted.prepare(house)
    tables = [str(table) for table, known in shapes().items() if "id" in known.columns]
    last = {table: house.one(f'SELECT coalesce(max(id), 0) FROM "{table}"') for table in tables}
    plant(house)
    new = {
        table: [i for (i,) in house.rows(f'SELECT id FROM "{table}" WHERE id > ? LIMIT 3', last[table])]
        for table in tables
    }
    asked = [(kind, sample(house, actor)) for kind, sample in SAMPLES.items()]
    crm, let_in = house.open(actor), []
    with _rehearsed(crm):
        for kind, command in asked:
            for name, table in _named(kind):
                for row_id in new[table]:
                    many = isinstance(getattr(command, name), tuple)
                    outcome = crm.run(command.model_copy(update={name: (row_id,) if many else row_id}))
                    if isinstance(outcome, Done) and plant is planted.people_of_edu and table in OF_ALL:
                        continue
                    if isinstance(outcome, Done) or planted.FOLDED in repr(outcome).casefold():
                        let_in.append((kind.__name__, name, outcome))
    assert let_in == []
