"""The demonstration holds what the program itself would have written, and its day looks like the drawn one."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crm_tui.domain import identity
from crm_tui.domain.due import DueState
from crm_tui.services.core import next_step, trail_check
from crm_tui.services.core.forms import World, build
from crm_tui.services.followup import views as followup
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store import seal, tables
from crm_tui.store.demo import make_demo
from crm_tui.store.demo.files import told
from crm_tui.store.demo.stories import read
from crm_tui.store.derived import ON_ITS_OWN
from crm_tui.store.errors import StoreRefused
from crm_tui.store.rows import Rows
from crm_tui.store.schema import create
from crm_tui.store.shapes import shape, table_named

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
MANY = 600
COPIED = (
    *("Profile", "Team", "WorkCalendar", "User", "Board", "Stage", "LossReason", "ActionType", "Result"),
    *(
        "CaseType",
        "Template",
        "Channel",
        "Offer",
        "OfferItem",
        "Label",
        "CardLabel",
        "CardMember",
        "ChecklistItem",
    ),
    *(
        "ContactMedium",
        "Party",
        "ContactPoint",
        "PartyRelation",
        "Card",
        "CardItem",
        "ActivitySeries",
        "Activity",
        "ActivityAttendee",
        "StageVisit",
        "Note",
    ),
)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def dicts(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of 600 cards and 2,000 people, not to be written to."""
    path = tmp_path_factory.mktemp("many") / "crm.db"
    began, worked = time.perf_counter(), time.process_time()
    rows = make_demo(path, now=NOW, cards=MANY, people=2_000)
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(
        f"\ndemonstration: {rows} rows, {rows / took:,.0f} a second, {rows / work:,.0f} a second of processor"
    )
    return path


def test_the_chain_verifies_and_the_file_is_whole(many: Path) -> None:
    with reading(many) as db:
        assert trail_check.chain(db).broken == ()
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        in_time = [at for (at,) in db.execute("SELECT at FROM event ORDER BY id")]
        assert in_time == sorted(in_time)
        assert in_time[-1] <= "2026-11-19T13:42:00.000Z"
        causes = db.execute(
            "SELECT count(*), sum(c.batch = e.batch AND c.kind = 'note.filed') FROM event e "
            "JOIN event c ON c.id = e.cause_id"
        ).fetchone()
        assert causes[0] > 100
        assert causes[0] == causes[1]


def test_an_edited_event_breaks_the_chain(demo_db: Path) -> None:
    with reading(demo_db) as db:
        db.execute("UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE id = 40")
        assert 40 in trail_check.chain(db).broken


def test_the_schema_is_that_of_an_empty_file(demo_db: Path, empty_db: Path) -> None:
    text = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    with reading(demo_db) as demo, reading(empty_db) as empty:
        assert demo.execute(text).fetchall() == empty.execute(text).fetchall()


def test_every_row_is_what_the_row_writer_would_have_written(many: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with reading(many) as db:

        def by_the_writer(connection: sqlite3.Connection) -> None:
            writer = Rows(connection)
            for name in COPIED:
                model = getattr(tables, name)
                known = shape(model)
                made = [
                    {c: v for c, v in row.items() if c not in known.search.keys}
                    for row in dicts(db, known.name)
                ]
                writer.insert_many(model, made)

        create(copy, by_the_writer)
        with reading(copy) as written:
            for name in COPIED:
                table = shape(getattr(tables, name)).name
                assert dicts(db, table) == dicts(written, table), table
                assert dicts(db, table), table
            for fts in ("party_fts", "card_fts"):
                text = f"SELECT rowid, words FROM {fts} ORDER BY rowid"
                assert db.execute(text).fetchall() == written.execute(text).fetchall()
            text = "SELECT * FROM stage_stat ORDER BY 1, 2, 3"
            assert db.execute(text).fetchall() == written.execute(text).fetchall()


def test_the_images_of_the_trail_make_the_rows_again(many: Path) -> None:
    """Replayed from the first change on, they give every imaged column and the version as they stand."""
    with reading(many) as db:
        made: dict[tuple[str, int], dict[str, Any]] = {}
        for table, row_id, op, version, before, after in db.execute(
            "SELECT table_name, row_id, op, row_version, before, after FROM change ORDER BY id"
        ):
            if op == "insert":
                assert (table, row_id) not in made
                made[table, row_id] = json.loads(after)
            else:
                row = made[table, row_id]
                assert {c: row.get(c) for c in json.loads(before)} == json.loads(before)
                row.update(json.loads(after))
            made[table, row_id]["version"] = version
        imaged = Counter(table for table, _ in made)
        for table in ("card", "activity", "note", "stage_visit"):
            assert imaged[table] == db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in imaged:
            known = shape(table_named(table))
            for row in dicts(db, table):
                if (table, row["id"]) in made:
                    replayed = made[table, row["id"]]
                    assert {c: replayed.get(c) for c in known.imaged} == {c: row[c] for c in known.imaged}
                    assert replayed["version"] == row.get("version")


def test_derived_columns_are_those_of_the_services(many: Path) -> None:
    with reading(many) as db:
        for row in dicts(db, "card"):
            found = db.execute(next_step.EARLIEST, {"card_id": row["id"]}).fetchone() or (None,) * 4
            stored = tuple(row[f"next_{c}"] for c in ("activity_id", "due_on", "start_at", "internal_on"))
            assert stored == found
            assert row["status"] in ("open", "paused") or found == (None,) * 4
            last = db.execute(
                "SELECT id, at FROM event WHERE card_id = ? ORDER BY id DESC LIMIT 1", (row["id"],)
            ).fetchone()
            assert (row["last_touch_event_id"], row["last_touch_at"]) == last
        assert (
            db.execute(
                "SELECT count(*) FROM activity a LEFT JOIN card c ON c.id = a.card_id WHERE a.state = 'planned' "
                f"AND a.stands_alone <> {ON_ITS_OWN}"
            ).fetchone()[0]
            == 0
        )
        visits = db.execute(
            "SELECT count(*), sum(v.stage_id = c.stage_id) FROM stage_visit v JOIN card c ON c.id = v.card_id "
            "WHERE v.left_at IS NULL"
        ).fetchone()
        assert visits == (MANY, MANY)
        for board_id, following in db.execute("SELECT id, next_number FROM board"):
            numbers = [
                int(n.partition("-")[2])
                for (n,) in db.execute("SELECT number FROM card WHERE board_id = ?", (board_id,))
            ]
            assert max(numbers) < following


def test_documents_phones_and_addresses_are_valid(many: Path) -> None:
    with reading(many) as db:
        documents = db.execute(
            "SELECT document, document_kind FROM party WHERE document IS NOT NULL"
        ).fetchall()
        assert len(documents) > 800
        for document, kind in documents:
            found = identity.tax_id(document)
            assert found is not None
            assert (found.number, found.kind) == (document, kind)
        for kind, value, normalized in db.execute("SELECT kind, value, normalized FROM contact_point"):
            if kind == "email":
                assert identity.email(value) == normalized
            else:
                number = identity.phone(value)
                assert number is not None
                assert number.e164 == normalized
                assert (kind == "mobile") == (number.kind == "mobile")


def test_a_bigger_base_keeps_its_proportions(many: Path) -> None:
    with reading(many) as db:

        def count(where: str) -> int:
            return int(db.execute(f"SELECT count(*) FROM card c WHERE {where}").fetchone()[0])

        ana = "(SELECT id FROM \"user\" WHERE login = 'ana')"
        assert count("1") == MANY
        assert db.execute("SELECT count(*) FROM party").fetchone()[0] == pytest.approx(2_000, abs=1)
        assert 0.30 < count("status NOT IN ('open', 'paused')") / MANY < 0.40
        assert 0.15 < count(f"owner_id = {ana}") / MANY < 0.26
        assert count("owner_id IS NULL AND kind = 'lead'") > 3
        assert count("status = 'paused'") > 3


@pytest.mark.parametrize(("cards", "overdue", "today"), [(60, (5, 5), (6, 6)), (200, (15, 40), (10, 25))])
def test_anas_day_can_be_worked(
    cards: int, overdue: tuple[int, int], today: tuple[int, int], tmp_path: Path
) -> None:
    from crm_tui.bootstrap import open_crm

    path = tmp_path / "crm.db"
    make_demo(path, now=NOW, cards=cards)
    crm = open_crm(path, clock=lambda: NOW)
    try:
        assert crm.viewer.login == "ana"
        late, due = crm.read(followup.counters)
        assert overdue[0] <= late <= overdue[1]
        assert today[0] <= due <= today[1]
    finally:
        crm.store.close()


def test_the_queue_is_the_drawn_one(crm: Crm) -> None:
    queue = crm.read(followup.queue, closed=True)
    rows = crm.read(followup.page, list(queue.keys))
    shown = [(r.state(crm.clock(), crm.viewer.zone).value, r.party, r.subject, r.stage) for r in rows]
    assert shown[:13] == [
        ("overdue", "Restaurante Dona Benta", "Retomar orçamento", "Qualificação"),
        ("overdue", "Padaria Aurora", "Retorno da proposta", "Proposta"),
        ("overdue", "Lavanderia Espuma", "Cobrar assinatura", "Fechamento"),
        ("overdue", "Oficina do Zé", "Ligar de volta", "Qualificação"),
        ("overdue", "Farmácia São Bento", "Confirmar TEF", "Fechamento"),
        ("today", "Clínica Sorriso", "Reunião de escopo", "Proposta"),
        ("today", "Transportes Rápido Sul", "Ligar: frota nova", "Qualificação"),
        ("today", "Ótica Visão Clara", "Mostrar o PDV", "Visita"),
        ("today", "Mercado Boa Vista", "Confirmar visita", "Visita"),
        ("today", "Distribuidora Bom Preço", "Fechar condições", "Negociação"),
        ("today", "Doceria Mel & Canela", "Responder e-mail", "Novo"),
        ("internal", "Escola Girassol", "Rever preço", "Negociação"),
        ("internal", "Hotel Serra Azul", "Cobrar o jurídico", "Negociação"),
    ]
    assert {s for s, *_ in shown} == {s.value for s in DueState}
    by_number = {r.number: r for r in rows}
    aurora = by_number["OP-0142"]
    assert aurora.late_days == 3
    assert aurora.stale_days is not None
    assert aurora.value_cents == 1_279_000
    assert by_number["OP-0133"].late_days == 5
    assert next(r for r in rows if r.party == "Mercado Boa Vista").reopened


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 19, 3, 1, tzinfo=UTC),  # a minute past midnight in São Paulo
        datetime(2026, 11, 19, 10, 0, tzinfo=UTC),
        datetime(2026, 11, 20, 2, 50, tzinfo=UTC),  # ten to midnight
        datetime(2026, 11, 22, 18, 0, tzinfo=UTC),  # a Sunday
        datetime(2028, 2, 29, 13, 0, tzinfo=UTC),
    ],
)
def test_every_state_is_there_at_every_hour(now: datetime, tmp_path: Path) -> None:
    from crm_tui.bootstrap import open_crm

    path = tmp_path / "crm.db"
    make_demo(path, now=now)
    crm = open_crm(path, "ana", clock=lambda: now)
    try:
        queue = crm.read(followup.queue, closed=True)
        states = {group.state: group.count for group in queue.groups}
        assert set(states) == set(DueState)
        assert states[DueState.OVERDUE] == 5
        assert states[DueState.TODAY] == 6
        db = crm.store.reader()
        assert trail_check.chain(db).broken == ()
        last = db.execute("SELECT max(at) FROM event").fetchone()[0]
        assert datetime.fromisoformat(last) <= now
    finally:
        crm.store.close()


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with reading(path) as db:
        names = [
            n
            for (n,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE V%'"
            )
            if not n.startswith("sqlite_") and "_fts" not in n
        ]
        found = {n: db.execute(f'SELECT * FROM "{n}" ORDER BY 1, 2').fetchall() for n in names}
        found["meta"] = [row for row in found["meta"] if row[0] != "generation"]
        return found


def test_cards_say_how_they_came_and_how_interested_their_people_are(demo_db: Path, many: Path) -> None:
    with reading(demo_db) as db:
        leads = "FROM card c JOIN board b ON b.id = c.board_id WHERE b.kind = 'lead'"
        shown = db.execute(f"SELECT count(*), count(channel_id), count(interest_level) {leads}").fetchone()
        assert shown[0] == shown[1] == shown[2] > 0
    with reading(many) as db:
        every, came, asked = db.execute(
            "SELECT count(*), count(channel_id), count(interest_level) FROM card WHERE kind <> 'ticket'"
        ).fetchone()
        assert every / 2 < came < every
        assert every / 5 < asked < every
        assert db.execute("SELECT count(DISTINCT channel_id) FROM card").fetchone() == (7,)
        levels = db.execute("SELECT DISTINCT interest_level FROM card WHERE interest_level > 0 ORDER BY 1")
        assert levels.fetchall() == [(n,) for n in range(1, 6)]


def test_the_same_inputs_give_the_same_rows(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_demo(tmp_path / name, now=NOW, cards=80, seed=seed)
    first, again, other = (rows_of(tmp_path / name) for name in "abc")
    assert first == again
    assert first["card"] != other["card"]
    assert len(first["card"]) == 80


def test_the_drafts_can_be_resumed_and_filed(crm: Crm) -> None:
    from crm_tui.bootstrap import pickers
    from crm_tui.services.calendar import views as calendar

    drafts = crm.drafts.list()
    assert [d.text[:9] for d in drafts] == ["Falei com", "Jurídico "]
    world = World(crm.reading(), pickers(), calendar.default(crm.reading()))
    card = drafts[0].subject.removeprefix("card:")
    raw = {name: text for name, text in drafts[0].payload.items() if not name.endswith(":label")}
    command = build(FileNote, {**raw, "card": f"#{card}"}, world)
    assert isinstance(command, FileNote)
    assert str(command.next_when) == "2026-11-23 14:00:00-03:00"
    assert drafts[0].payload["stage:label"] == "Negociação"
    assert drafts[0].cursor["at"] == [2, len(drafts[0].text.split("\n")[2])]
    assert {name.removesuffix(":label") for name in drafts[1].payload} <= set(FileNote.model_fields)
    assert "result" not in drafts[1].payload


def test_the_last_thing_that_ana_did_can_be_undone(crm: Crm) -> None:
    before = crm.store.reader().execute("SELECT count(*) FROM note").fetchone()[0]
    outcome = crm.run(UndoBatch())
    assert type(outcome).__name__ == "Done", outcome
    assert crm.store.reader().execute("SELECT count(*) FROM note").fetchone()[0] == before - 1
    assert trail_check.chain(crm.store.reader(), seal.keys(crm.store.path)).broken == ()


def test_who_works_there(crm_as: Callable[[str], Crm]) -> None:
    ana, carla, davi = (crm_as(login) for login in ("ana", "carla", "davi"))
    assert carla.viewer.subtree_ids >= {ana.viewer.user_id, carla.viewer.user_id}
    assert davi.viewer.user_id not in carla.viewer.subtree_ids
    assert crm_as("admin").viewer.is_admin


def test_progress_ends_at_all_and_a_file_is_never_overwritten(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    make_demo(tmp_path / "a.db", now=NOW, cards=100, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0
    with pytest.raises(StoreRefused, match="already a file"):
        make_demo(tmp_path / "a.db", now=NOW)


def test_one_card_more_than_the_hand_made_ones(tmp_path: Path) -> None:
    make_demo(tmp_path / "crm.db", now=NOW, cards=61, people=0)
    with reading(tmp_path / "crm.db") as db:
        assert db.execute("SELECT count(*), count(party_id) FROM card").fetchone() == (61, 61)


def test_a_few_cards_in_english(tmp_path: Path) -> None:
    make_demo(tmp_path / "few.db", now=NOW, cards=12, people=0, locale="en")
    with reading(tmp_path / "few.db") as db:
        assert db.execute("SELECT count(*) FROM card").fetchone() == (12,)
        stage = db.execute(
            "SELECT s.name FROM card c JOIN stage s ON s.id = c.stage_id WHERE c.number = 'OP-0142'"
        ).fetchone()
        assert stage == ("Proposal",)
        assert trail_check.chain(db).broken == ()


def test_a_card_with_items_is_worth_what_they_come_to_as_its_story_says(many: Path) -> None:
    with reading(many) as db:
        held = db.execute(
            "SELECT c.number, c.value_one_off, c.value_recurring, "
            "sum(iif(k.recurring, 0, k.qty * k.unit_price - k.discount)), "
            "sum(iif(k.recurring, k.qty * k.unit_price - k.discount, 0)) "
            "FROM card c JOIN card_item k ON k.card_id = c.id GROUP BY c.id"
        ).fetchall()
        assert len(held) == 4
        assert ("OP-0142", 12_400_00, 390_00) in [row[:3] for row in held]
        assert [row[0] for row in held if row[1:3] != row[3:]] == []
        wanted = {f"{story.party}: {story.title}": (story.value, story.monthly) for story in read()}
        items = {key for key, card in told("offers")["cards"].items() if "items" in card}
        named = {(value * 100, monthly * 100) for key, (value, monthly) in wanted.items() if key in items}
        assert {row[1:3] for row in held} == named
