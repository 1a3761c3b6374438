"""A row of whom the preview found nobody is not judged again while nobody else writes anything. (decision 0026)"""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from house import House, do

from crm_tui.connectors.contacts import ContactRecord
from crm_tui.domain.outcome import Done
from crm_tui.domain.party import ContactKind
from crm_tui.services.core import door
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import facts, views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.contact import Contact
from crm_tui.services.party.commands import NewParty


def record(line: int, name: str, mail: str = "", phone: str = "", company: str = "") -> ContactRecord:
    phones = ((ContactKind.PHONE, phone),) if phone else ()
    return ContactRecord(line, name, company, "", phones, (mail,) if mail else (), "")


def commands(crm: Crm, rows: Sequence[ContactRecord]) -> Sequence[TakeIn]:
    return take_ins(crm.read(views.preview, rows).wanted, source="x.csv")


def new(count: int) -> list[ContactRecord]:
    return [record(i, f"Novata {i}", f"n{i}@nova.com", company=f"Nova {i % 3}") for i in range(count)]


def of_mail(house: House, mail: str) -> int:
    return int(house.one("SELECT count(*) FROM contact_point WHERE normalized = ?", mail))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the rows that are asked about again."""
    names: list[str] = []
    read = facts.read

    def noted(connection: Any, viewer: Any, contacts: Sequence[Contact], into: Any = None) -> Any:
        if into is None:
            names.extend(each.name for each in contacts)
        return read(connection, viewer, contacts, into)

    monkeypatch.setattr(facts, "read", noted)
    return names


def test_who_was_new_is_not_asked_about_again_in_any_chunk(
    house: House, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CHUNK_COMMANDS", 4)
    crm = house.open()
    many = crm.run_many(commands(crm, [*new(10), record(20, "Outra", "n3@nova.com", "(11) 98888-1234")]))
    assert (many.done, set(judged)) == (11, {"Outra"})
    assert of_mail(house, "n3@nova.com") == 1


def test_what_somebody_wrote_since_the_preview_is_seen(house: House, judged: list[str]) -> None:
    crm = house.open()
    shown = commands(crm, new(3))
    do(house.open("bia"), NewParty(name="De Outra Mão", email="n1@nova.com"))
    many = crm.run_many(shown)
    assert sorted(judged) == ["Novata 0", "Novata 1", "Novata 2"]
    assert of_mail(house, "n1@nova.com") == 1, many.outcomes


def test_what_somebody_wrote_between_two_chunks_is_seen(
    house: House, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CHUNK_COMMANDS", 2)
    crm, other = house.open(), house.open("bia")

    def meanwhile(done: int, _whole: int) -> None:
        if done == 2:
            do(other, NewParty(name="De Outra Mão", email="n4@nova.com"))

    crm.run_many(commands(crm, new(6)), progress=meanwhile)
    assert set(judged) == {"Novata 2", "Novata 3", "Novata 4", "Novata 5"}
    assert of_mail(house, "n4@nova.com") == 1


def test_who_is_called_as_a_company_of_the_file_is_asked_about(house: House, judged: list[str]) -> None:
    """A rule of names counts the company that a row before made."""
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE duplicate_rule SET active = (id = 2), action = 'warn', by_name = 1 WHERE id = 2"
        )
    crm = house.open()
    crm.run_many(
        commands(
            crm,
            [record(2, "Ana", "a@nova.com", company="Boreal Nova"), record(3, "Boreal Nova", "b@nova.com")],
        )
    )
    assert judged == ["Boreal Nova"]


def _file(rng: random.Random, count: int) -> list[ContactRecord]:
    return [
        record(
            i,
            rng.choice((f"Fulano {rng.randrange(count)}", f"José {rng.randrange(9)}", "Aurora", "")),
            rng.choice(("", f"f{rng.randrange(count)}@x.com", f"f{rng.randrange(count)}@x.com", "torto@")),
            rng.choice(("", "", f"(11) 98888-{rng.randrange(count):04d}", "(11) 3333-4444", "12")),
            rng.choice(("", "Aurora", "José 3", f"Empresa {rng.randrange(count)}")),
        )
        for i in range(count)
    ]


def _written(house: House, many: Many) -> tuple[list[Any], dict[str, Any]]:
    said = [each if isinstance(each, Done) else each.reason for each in many.outcomes]  # type: ignore[union-attr]
    return said, house.dump()


@pytest.mark.parametrize("seed", range(6))
def test_a_random_file_becomes_what_its_rows_become_one_by_one(
    house: House, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the rules say: rows judged once are to the byte what commands without a preview write by themselves."""
    monkeypatch.setattr(secrets, "token_hex", lambda _n: "0" * 16)
    rng = random.Random(seed)
    monkeypatch.setattr(door, "CHUNK_COMMANDS", rng.choice((7, 60, 500)))
    action, signs = rng.choice(("block", "attach", "warn")), [rng.randrange(2) for _ in range(3)]
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = (id = 2)")
        connection.execute(
            "UPDATE duplicate_rule SET action = ?, by_email = ?, by_phone = ?, by_name = ? WHERE id = 2",
            (action, *signs),
        )
    house.close()
    beside = tmp_path / "beside.db"
    shutil.copy(house.path, beside)
    alone = House(beside, house.clock)
    crm = house.open()
    shown = commands(crm, _file(rng, 120))
    bare = [TakeIn(**each.model_dump()) for each in shown]
    assert any(each.shown is not None and each.shown.unmet_at is not None for each in shown)
    assert all(each.shown is None for each in bare)
    many = crm.run_many(shown)
    hand = alone.open()
    by_hand = [hand.run(each) for each in bare]
    assert _written(house, many) == _written(alone, Many("", tuple(by_hand)))
    alone.close()
