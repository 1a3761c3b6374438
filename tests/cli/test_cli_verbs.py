"""Each verb: the shape of its JSON, its REFs, and that what one prints the next takes."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

ROW = {
    *("number", "title", "party", "owner", "board", "stage", "due_on", "due_at", "internal_on", "state"),
    *("value_cents", "stale_days", "reopened", "labels", "tasks", "tasks_done", "snoozed_until"),
    *("medium", "referrer", "probability"),
}


# --- the day -------------------------------------------------------------------------------------


def test_today_is_what_is_due_in_the_queues_order(demo: Run) -> None:
    rows = demo("today", "--json").json
    assert {frozenset(row) for row in rows} == {frozenset(ROW)}
    states = [row["state"] for row in rows]
    assert set(states) == {"overdue", "today", "internal"}
    assert states == sorted(states, key=["overdue", "today", "internal"].index)
    assert {row["owner"] for row in rows} == {"ana"}
    timed = [row for row in rows if row["due_at"]]
    assert timed
    assert all(datetime.fromisoformat(row["due_at"]).utcoffset() is not None for row in timed)
    assert demo("today", "-q").lines == [row["number"] for row in rows]


def test_followups_are_open_ones_and_all_adds_the_closed(demo: Run) -> None:
    rows = demo("followups", "--json").json
    assert "closed" not in {row["state"] for row in rows}
    assert {"open", "none"} <= {row["state"] for row in rows}
    everything = demo("followups", "--all", "--json").json
    assert [row for row in everything if row["state"] != "closed"] == rows
    assert len(everything) > len(rows)


def test_followups_of_another_and_of_everybody(demo: Run) -> None:
    theirs = demo("followups", "--owner", "beto", "--json").json
    assert theirs
    assert {row["owner"] for row in theirs} == {"beto"}
    whole = demo("retornos", "--owner", "todos", "--json").json
    assert {"ana", "beto"} <= {row["owner"] for row in whole}


def test_a_card_with_steps_of_several_is_named_once(demo: Run) -> None:
    plan = ["do", "plan_step", "--as", "admin", "--card", "OP-0142", "--when", "amanhã"]
    assert demo(*plan, "--assignee", "carla", "--lang", "pt-BR").status == 0
    rows = [row["number"] for row in demo("followups", "--owner", "todos", "--json").json]
    assert rows.count("OP-0142") == 2
    named = demo("retornos", "--owner", "todos", "-q").lines
    assert named == list(dict.fromkeys(rows))


def test_followups_out_of_reach_are_denied(demo: Run) -> None:
    assert demo("followups", "--owner", "ana", "--as", "davi").status == Status.DENIED


def test_a_board_has_its_columns_and_cards(demo: Run) -> None:
    told = demo("board", "vendas", "--json").json
    assert set(told) == {"board", "stages"}
    assert told["board"] == "Vendas"
    for stage in told["stages"]:
        assert set(stage) == {"name", "category", "count", "value_cents", "cards"}
        assert stage["count"] == len(stage["cards"])
        for card in stage["cards"]:
            assert set(card) == {
                *("number", "title", "party", "state", "stale_days", "reopened", "version"),
                *("labels", "tasks", "tasks_done"),
            }
    assert demo("board", "board:2", "--json").json == told
    assert demo("quadro", "ven", "--json").json == told


def test_drafts_are_ones_own_and_can_be_shown(demo: Run) -> None:
    told = demo("drafts", "--json").json
    assert told
    names = {"ref", "about", "author", "text", "saved_at", "gone", "closed"}
    assert {frozenset(row) for row in told} == {frozenset(names)}
    first = told[0]
    assert demo("show", first["ref"], "--json").json["text"] == first["text"]
    assert demo("show", first["about"], "--json").json["ref"] == first["about"]
    assert demo("show", first["ref"], "--as", "beto").status == Status.MISSING
    assert demo("drafts", "--as", "beto", "--json").json == []


def test_a_draft_about_a_record_that_was_taken_back_says_so(demo: Run, demo_db: Path) -> None:
    made = demo("do", "new_party", "--name", "Zuleica Prado", "--json").json
    crm = open_crm(demo_db, "ana")
    crm.drafts.save("file_note", f"party:{int(made['ref'][3:])}", {"body": "Meia frase"}, {}, "Meia frase")
    crm.store.close()
    assert "gone" not in demo("drafts").out
    assert demo("undo").status == 0
    assert f"{made['ref']}, gone" in demo("drafts").out
    assert "Meia frase" in demo("drafts").out


@pytest.mark.parametrize(
    "words",
    [["today"], ["followups", "--all"], ["board"], ["drafts"], ["search", "padaria"], ["show", "OP-0142"]],
)
def test_a_pipe_gets_plain_lines_without_control_sequences(words: list[str], demo: Run) -> None:
    answer = demo(*words)
    assert answer.status == 0
    assert "\x1b" not in answer.out
    assert len(answer.lines) > 1


# --- records -------------------------------------------------------------------------------------


def test_search_finds_people_and_cards_with_their_refs(demo: Run) -> None:
    told = demo("search", "padaria", "aurora", "--json").json
    assert {frozenset(row) for row in told} == {
        frozenset({"kind", "ref", "name", "document", "phone", "no_calls", "email"})
    }
    kinds = {row["kind"] for row in told}
    assert "organization" in kinds
    number = demo("search", "OP-0142", "--json").json
    assert [(row["kind"], row["ref"]) for row in number] == [("card", "OP-0142")]
    for row in told:
        assert demo("show", row["ref"], "--json").json["ref"] == row["ref"]


def test_search_finds_notes_by_their_words(demo: Run) -> None:
    told = [row for row in demo("search", "desconto", "frete", "--json").json if row["kind"] == "note"]
    assert told
    assert "desconto" in told[0]["name"]
    assert demo("show", told[0]["ref"], "--json").json["ref"] == told[0]["ref"]


def test_show_gives_the_version_and_the_refs_around(demo: Run) -> None:
    card = demo("show", "op-0142", "--json").json
    assert card["ref"] == card["number"] == "OP-0142"
    assert isinstance(card["version"], int)
    assert card["value_cents"] == card["value_one_off"] + card["value_recurring"]
    for name in ("party_ref", "board_ref", "stage_ref", "next_ref"):
        assert demo("show", card[name], "--json").json["ref"] == card[name], name
    assert all(demo("show", step["ref"]).status == 0 for step in card["steps"])
    assert demo("show", card["owner"], "--json").json["entity"] == "user"


def test_history_tells_each_event_with_its_changes(demo: Run) -> None:
    told = demo("history", "OP-0142", "--json").json
    shape = {"at", "actor", "kind", "summary", "reason", "batch", "answers", "changes"}
    assert {frozenset(row) for row in told} == {frozenset(shape)}
    changes = [change for row in told for change in row["changes"]]
    assert changes
    assert {frozenset(c) for c in changes} == {frozenset({"table", "id", "op", "before", "after"})}
    moments = [row["at"] for row in told]
    assert moments == sorted(moments, reverse=True)
    batch = demo("history", f"batch:{told[0]['batch']}", "--json").json
    assert told[0] in batch


def test_history_of_a_board_has_its_cards_its_stages_and_its_settings(demo: Run) -> None:
    done = demo("do", "edit_board", "--board", "Suporte", "--color", "blue", "--as", "admin")
    assert done.status == 0
    told = demo("history", "--board", "supo", "--as", "admin", "--json").json
    assert told[0]["kind"] == "board.edited"
    named = demo("history", "--board", "board:3", "--as", "admin", "-q").lines
    assert len(named) == len({row["batch"] for row in told})
    cards = demo("board", "Suporte", "--as", "admin", "-q").lines
    opened = {row["batch"] for row in told if row["kind"] == "card.opened"}
    for card in cards:
        batches = {row["batch"] for row in demo("history", card, "--as", "admin", "--json").json}
        assert batches & opened, card
    for words in ([], ["OP-0142", "--board", "Vendas"]):
        assert demo("history", *words).status == Status.USAGE
    assert demo("history", "--board", "Nenhum").status == Status.MISSING


def test_a_board_only_for_members_is_no_board_to_others(demo: Run) -> None:
    """And none of its cards, people's cards, stages, base cards or events is."""
    assert demo("do", "add_template", "--board", "Vendas", "--name", "Loja", "--as", "admin").status == 0
    assert demo("do", "edit_board", "--board", "Vendas", "--restricted", "sim", "--as", "admin").status == 0
    assert "Vendas" not in demo("board", "--json").out
    for words in (
        ["board", "Vendas"],
        ["show", "OP-0142"],
        ["show", "board:2"],
        ["show", "card_template:1"],
        ["history", "OP-0142"],
        ["history", "--board", "Vendas"],
        ["do", "new_card", "--board", "board:2", "--subject", "x"],
        ["do", "move_card", "--card", "OP-0142", "--stage", "Visita"],
        ["do", "edit_card", "--card", "OP-0142", "--subject", "x"],
    ):
        assert demo(*words).status == Status.MISSING, words
    for verb in (["followups", "--owner", "todos"], ["today"], ["search", "PDV"]):
        assert "OP-" not in demo(*verb, "--json").out, verb
    assert demo("do", "set_board_member", "--board", "Vendas", "--user", "ana", "--as", "admin").status == 0
    assert demo("show", "OP-0142").status == 0


def test_a_base_card_is_written_shown_and_taken_by_name(demo: Run) -> None:
    made = demo(
        *(
            "do",
            "add_template",
            "--board",
            "Vendas",
            "--name",
            "Loja nova",
            "--tasks",
            "Medir",
            "--as",
            "admin",
        ),
        *("--members", "ana, beto", "--json"),
    ).json
    shown = demo("show", made["ref"], "--json").json
    assert (shown["name"], shown["board"], shown["tasks"], shown["members"]) == (
        *("Loja nova", "Vendas", ["Medir"], 2),
    )
    card = demo("do", "new_card", "--template", "loja nova", "--subject", "PDV", "--json").json["ref"]
    assert demo("show", card, "--json").json["board"] == "Vendas"
    assert demo("history", made["ref"], "--as", "admin", "--json").json[0]["kind"] == "template.added"


def test_a_record_out_of_reach_is_no_record(demo: Run) -> None:
    assert demo("show", "OP-0142", "--as", "davi").status == Status.MISSING
    assert demo("history", "OP-0142", "--as", "davi").status == Status.MISSING


# --- do, undo, redo --------------------------------------------------------------------------------


def stage_of(demo: Run, number: str) -> str:
    return str(demo("show", number, "--json").json["stage"])


def test_a_command_is_done_undone_and_done_again(demo: Run) -> None:
    before = stage_of(demo, "OP-0142")
    done = demo("do", "move_card", "--card", "OP-0142", "--stage", "Visita", "--json").json
    assert (done["ref"], done["entity"]) == ("OP-0142", "card")
    assert stage_of(demo, "OP-0142") == "Visita"
    assert demo("undo", "-q").out.startswith("batch:")
    assert stage_of(demo, "OP-0142") == before
    assert demo("redo").status == 0
    assert stage_of(demo, "OP-0142") == "Visita"
    assert demo("undo", done["batch"]).status == 0
    assert demo("undo", done["batch"]).status == Status.REFUSED


def test_undo_and_redo_say_in_words_what_they_put_back(demo: Run) -> None:
    assert demo("do", "move_card", "--card", "OP-0142", "--stage", "Visita").status == 0
    assert demo("undo").out == "Undone: Proposta → Visita\n"
    told = demo("refazer", "--json").json
    assert told["note"] == "Redone: Proposta → Visita"
    assert told["ref"].startswith("batch:")
    assert demo("desfazer", "--lang", "pt-BR").out == "Desfeito: Proposta → Visita\n"


def test_if_version_guards_against_what_was_changed_meanwhile(demo: Run) -> None:
    seen = demo("show", "OP-0142", "--json").json["version"]
    move = ["do", "move_card", "--card", "OP-0142"]
    assert demo(*move, "--stage", "Visita", "--if-version", str(seen)).status == 0
    stale = demo(*move, "--stage", "Novo", "--if-version", str(seen))
    assert stale.status == Status.CHANGED
    assert "ana changed Stage meanwhile" in stale.err
    assert demo(*move, "--stage", "Novo").status == 0


def test_once_is_done_once_however_often_it_is_asked_and_is_nobody_elses(demo: Run) -> None:
    asked = ["do", "add_comment", "--card", "OP-0142", "--body", "Uma vez", "--once", "pedido 7", "--json"]
    first, again = demo(*asked).json, demo(*asked).json
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert {**again, "repeated": False} == first
    assert demo(*asked, "--as", "admin").json["ref"] != first["ref"]
    moved = demo("do", "move_card", "--card", "OP-0142", "--stage", "Visita", "--once", "pedido 7", "--json")
    assert moved.json["repeated"] is False
    many = demo("do", "archive_card", "--where", "resp:ana", "--once", "x")
    assert many.status == Status.USAGE


def test_a_pick_takes_a_ref_or_an_exact_name_or_names_the_candidates(demo: Run) -> None:
    edit = ["do", "edit_stage", "--as", "admin", "--name", "Começo", "--stage"]
    unclear = demo(*edit, "Novo")
    assert unclear.status == Status.USAGE
    ref = unclear.err.partition("(")[2].partition(")")[0]
    assert ref.startswith("stage:")
    none = demo("do", "move_card", "--card", "OP-0142", "--stage", "Nada")
    assert none.status == Status.MISSING
    assert "for Stage: Novo, " in none.err
    assert demo(*edit, ref).status == 0
    assert demo("show", ref, "--json").json["name"] == "Começo"
    assert demo("do", "hand_over", "--card", "OP-0142", "--to", "beto").status == 0
    assert demo("show", "OP-0142", "--json").json["owner"] == "beto"
    assert (
        demo("do", "hand_over", "--card", "OP-0142", "--to", "zzz", "--as", "admin").status == Status.MISSING
    )


def test_who_may_be_given_a_card_is_named_with_the_load(demo: Run) -> None:
    asked = demo("do", "hand_over", "--card", "OP-0142", "--to", "zzz")
    assert re.search(r"for To: .*Roberto Martins \(\d+ open, \d+ today\)", asked.err)
    several = demo("do", "hand_over", "--card", "OP-0142", "--to", "a", "--lang", "pt-BR")
    assert re.search(r"\(ana: \d+ abertos, \d+ hoje\)", several.err)


def test_a_stage_is_looked_for_on_the_cards_own_board(demo: Run) -> None:
    assert demo("do", "move_card", "--card", "OP-0142", "--stage", "Novo").status == 0
    assert demo("show", "OP-0142", "--json").json["board"] == "Vendas"


def test_a_step_is_named_by_its_ref(demo: Run) -> None:
    ref = demo("show", "OP-0142", "--json").json["next_ref"]
    assert demo("do", "redate", "--activity", ref, "--when", "30/11/2026").status == 0
    assert demo("show", ref, "--json").json["due_on"] == "2026-11-30"


def test_do_list_and_help_tell_every_command_and_field(demo: Run) -> None:
    from crm_tui import bootstrap

    told = demo("do", "--list", "--json").json
    assert [row["command"] for row in told] == sorted(bootstrap.commands())
    assert {frozenset(row) for row in told} == {frozenset({"command", "title", "permission", "fields"})}
    for row in told:
        page = demo("do", row["command"], "--help").out
        for field in row["fields"]:
            if field["name"] != "version":
                assert f"--{field['name'].replace('_', '-')}" in page
    options = demo("do", "move_card", "--help").out.split("\n\n")[-1].splitlines()
    assert [line[:4] for line in options] == ["  --"] * 7
    assert options[-3].startswith("  --if-version N")
    assert options[-2].startswith("  --where LINE")
    assert options[-1].startswith("  --once ID")
    assert "--where" not in demo("do", "new_party", "--help").out


@pytest.mark.parametrize(
    "words",
    [
        ["do", "add_comment", "stray"],
        ["do", "add_comment", "--body"],
        ["do", "add_comment", "--nothing", "x"],
        ["do", "add_comment", "--card", "OP-0142"],
        ["do", "new_card", "--subject", "x", "--value-one-off", "many"],
        ["do", "add_comment", "--card", "OP-0142", "--body", "x", "--file", "x"],
        ["do", "add_comment", "--card", "OP-0142", "--body", "x", "--if-version", "1"],
        ["do", "plan_step", "--card", "OP-0142", "--when", "blah"],
    ],
)
def test_wrong_fields_are_wrong_usage(words: list[str], demo: Run) -> None:
    answer = demo(*words)
    assert answer.status == Status.USAGE, answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_file_is_attached_byte_for_byte(demo: Run, tmp_path: Path, crm_bytes: Any) -> None:
    source = tmp_path / "proposal.bin"
    source.write_bytes(b" \x00\xff\r\n ")
    ref = demo("do", "attach_file", "--card", "OP-0142", "--file", str(source), "-q").out.strip()
    told = demo("show", ref, "--json").json
    assert (told["filename"], told["size"]) == ("proposal.bin", 6)
    assert crm_bytes(told["sha256"]) == b" \x00\xff\r\n "


def test_the_live_database_is_never_attached(demo: Run, demo_db: Path) -> None:
    answer = demo("do", "attach_file", "--card", "OP-0142", "--file", str(demo_db))
    assert answer.status == Status.USAGE


@pytest.fixture
def crm_bytes(demo_db: Path) -> Any:
    """Reads a blob as another program would."""
    import sqlite3
    from contextlib import closing

    def reading(sha256: str) -> bytes:
        with closing(sqlite3.connect(demo_db)) as connection:
            found = connection.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        return bytes(found[0])

    return reading


# --- when ----------------------------------------------------------------------------------------


def test_when_says_what_the_words_mean(demo: Run) -> None:
    day = demo("when", "amanhã", "--json")
    assert day.json == {"date": "2026-11-20", "local": "2026-11-20", "echo": "Fri 20 Nov"}
    assert "Fri 20 Nov" in day.err
    moment = demo("when", "sexta", "14h", "--json", "-q", "--now", "2026-11-16T10:00").json
    assert moment == {"at": "2026-11-20T17:00:00Z", "local": "2026-11-20T14:00", "echo": "Fri 20 Nov 14:00"}
    assert demo("when", "+3d", "-q").out == "2026-11-22\n"
    assert demo("quando", "amanhã", "--now", "2026-11-19T23:30:00-03:00").lines == ["2026-11-20"]


def test_when_refuses_with_what_it_offers(demo: Run) -> None:
    answer = demo("when", "sexta", "3h", "--json")
    assert answer.status == Status.USAGE
    told = answer.json
    assert set(told) == {"refused", "reason", "from", "to", "offers"}
    assert told["reason"] == "ambiguous"
    assert {frozenset(offer) for offer in told["offers"]} == {frozenset({"at", "local", "echo"})}
    assert "sexta 3h"[told["from"] : told["to"]]
    assert answer.err.strip() == told["refused"]
    assert demo("when", "amanhã", "--now", "yesterday").status == Status.USAGE


# --- the file --------------------------------------------------------------------------------------


def test_a_backup_is_restored_and_the_present_kept(demo: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert demo("backup", str(copy), "--json").json["bytes"] > 0
    assert demo("backup", str(copy)).status == Status.STORE
    before = stage_of(demo, "OP-0142")
    demo("do", "move_card", "--card", "OP-0142", "--stage", "Visita")
    told = demo("restore", str(copy), "--json").json
    assert stage_of(demo, "OP-0142") == before
    kept = told["before"]
    assert kept
    assert demo("--db", kept, "show", "OP-0142", "--json").json["stage"] == "Visita"


@pytest.mark.parametrize("present", [b"", b"no database at all" * 100])
def test_restore_replaces_what_is_empty_or_damaged_and_keeps_it(
    present: bytes, run: Run, demo_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(present)
    assert run("today", db=path).status == Status.STORE
    answer = run("restore", str(demo_db), "--json", db=path)
    assert answer.status == 0, answer.err
    assert Path(answer.json["before"]).read_bytes() == present
    assert run("today", "--json", db=path).status == 0


def test_restore_makes_a_missing_file_and_refuses_a_strangers(
    run: Run, demo_db: Path, tmp_path: Path
) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "new" / "crm.db"
    assert run("restore", str(demo_db), "--json", db=path).json["before"] is None
    assert run("today", db=path).status == 0
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    assert run("restore", str(demo_db), db=other).status == Status.STORE
    assert run("restore", str(tmp_path / "none.db"), db=path).status == Status.STORE
    assert run("restore", str(path), db=path).status == Status.STORE


def test_demo_makes_a_file_of_its_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "shown.db"
    made = run("demo", "--no-open", "--cards", "20", "--json", db=path)
    assert made.json == {"path": str(path), "made": True}
    assert run("followups", "--owner", "todos", "--all", "-q", db=path).lines
    again = run("demo", "--no-open", "--json", db=path)
    assert again.json["made"] is False
    assert run("demo", "--no-open", "--cards", "30", db=path).status == Status.STORE


def test_demo_never_touches_an_operators_own_file(run: Run, empty_db: Path) -> None:
    assert run("demo", "--no-open", db=empty_db).status == Status.STORE
    assert run("board", "--as", "ana", db=empty_db).status == 0


def test_by_default_the_demonstration_lies_beside_the_real_file(run: Run) -> None:
    made = Path(run("demo", "--no-open", "--cards", "5", "--json").json["path"])
    assert made.name == "demo.db"
    assert run("today").status == Status.STORE


def test_the_demonstration_leaves_what_the_environment_names(
    run: Run, empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_TUI_DB", str(empty_db))
    monkeypatch.setenv("CRM_TUI_USER", "ana")
    made = run("demo", "--no-open", "--cards", "5", "--json").json
    assert made == {"path": str(empty_db.with_name("demo.db")), "made": True}
    assert run("search", "padaria", "-q").lines == []


# --- doctor and tick --------------------------------------------------------------------------------


def findings(answer: Any) -> dict[str, bool]:
    assert {frozenset(row) for row in answer.json} == {frozenset({"check", "ok", "detail"})}
    return {row["check"]: row["ok"] for row in answer.json}


def test_doctor_finds_a_sound_file_sound(demo: Run) -> None:
    answer = demo("doctor", "--json")
    assert answer.status == 0, answer.out
    found = findings(answer)
    assert all(found.values())
    assert {"sqlite", "schema", "integrity", "foreign_keys", "trail", "search_of_party", "mode"} <= set(found)


def test_doctor_speaks_one_language_to_a_person_and_names_to_a_program(demo: Run) -> None:
    names = {each["check"] for each in demo("doctor", "--json", "--lang", "pt-BR").json}
    assert {"mode_of_file", "foreign_keys"} <= names
    told = demo("doctor", "--lang", "pt-BR").out
    assert "referências" in told
    assert [name for name in names if "_" in name and name in told] == []
    assert "rights on the file" in demo("doctor").out


def test_doctor_quotes_what_sqlite_says_behind_our_own_sentence(demo: Run, demo_db: Path) -> None:
    with demo_db.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 20)
    told = demo("doctor", "--lang", "pt-BR").out
    assert re.search(r"restaure uma cópia.*\(o\s+SQLite\s+diz:\s+“", told, re.DOTALL), told


def test_every_check_of_doctor_has_a_name_for_people(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm_tui.cli.checks import NAMES

    monkeypatch.setenv("TMUX", "x")
    assert {each["check"] for each in demo("doctor", "--trail", "--json").json} == set(NAMES)


HARM = {
    "keys_of_party": "UPDATE party SET name_key = 'x' WHERE id = 1",
    "keys_of_contact_point": "UPDATE contact_point SET reversed = '1' WHERE kind = 'mobile'",
    "search_of_party": "DELETE FROM party_fts WHERE rowid = 1",
    "search_of_card": "INSERT INTO card_fts (rowid, words) VALUES (999999, 'ghost')",
    "search_of_contact_point": "UPDATE point_fts SET words = '11' WHERE rowid = 1",
    "next_steps": "UPDATE card SET next_due_on = '2020-01-01' WHERE next_activity_id IS NOT NULL",
    "rows_that_stand_alone": "UPDATE activity SET stands_alone = 1 - stands_alone WHERE state = 'planned'",
    "counters_of_stages": "UPDATE stage_stat SET n = n + 1",
}


@pytest.mark.parametrize("check", HARM)
def test_doctor_sees_and_rebuilds_what_is_derived(check: str, demo: Run, demo_db: Path) -> None:
    import sqlite3
    from contextlib import closing

    events = len(demo("history", "OP-0142", "--json").json)
    with closing(sqlite3.connect(demo_db)) as connection:
        connection.execute(HARM[check])
        connection.commit()
    answer = demo("doctor", "--json")
    assert answer.status == Status.STORE
    assert [name for name, ok in findings(answer).items() if not ok] == [check]
    assert demo("doctor", "--fix").status == 0
    assert all(findings(demo("doctor", "--json")).values())
    assert len(demo("history", "OP-0142", "--json").json) == events


def test_doctor_sees_another_hand_in_the_trail(demo: Run, demo_db: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(demo_db)) as connection:
        connection.execute("UPDATE event SET actor_id = 2 WHERE id = 5")
        connection.commit()
    assert findings(demo("doctor", "--json"))["trail"] is False
    assert findings(demo("doctor", "--fix", "--json"))["trail"] is False


def test_doctor_names_open_modes_spills_and_signals(
    demo: Run, demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo_db.chmod(0o644)
    spill = demo_db.with_name(f"{demo_db.name}.spill-1-ab-file_note-card-1")
    spill.write_text("{}", encoding="utf-8")
    monkeypatch.setenv("TEXTUAL_ALLOW_SIGNALS", "1")
    found = findings(demo("doctor", "--json"))
    assert [name for name, ok in found.items() if not ok] == ["mode_of_file", "spilled_drafts"]
    assert "TEXTUAL_ALLOW_SIGNALS" in demo("doctor").out
    demo("doctor", "--fix")
    assert findings(demo("doctor", "--json"))["mode_of_file"]


def test_doctor_answers_for_a_file_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\0" + b"junk" * 500)
    answer = run("doctor", "--json", db=broken)
    assert answer.status == Status.STORE
    assert findings(answer)["file"] is False


def test_tick_backs_up_once_a_day_and_keeps_seven(
    demo: Run, demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = demo("tick", "--json").json
    assert [(job["job"], job["key"], job["ok"]) for job in first] == [
        ("stages", "stages:2026-11-19", True),
        ("head", "head:2026-11-19", True),
        ("backup", "backup:2026-11-19", True),
    ]
    assert demo("tick", "--json").json == []
    for day in range(20, 29):
        monkeypatch.setenv("CRM_TUI_NOW", f"2026-11-{day}T13:42:00+00:00")
        assert demo("tick").status == 0
    kept = sorted(path.name for path in demo_db.parent.glob("demo.db.daily-*"))
    assert kept == [f"demo.db.daily-2026-11-{day}" for day in range(22, 29)]
    assert demo("--db", str(demo_db.with_name(kept[0])), "today").status == 0


def test_tick_leaves_the_jobs_to_who_holds_the_lease(demo: Run, demo_db: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(demo_db)) as connection:
        connection.execute(
            "INSERT INTO lease (name, holder, until) VALUES ('clock', 'other', '2026-11-19T13:42:20.000Z')"
        )
        connection.commit()
    assert demo("tick", "--json").json == []
    assert list(demo_db.parent.glob("*.daily-*")) == []


# --- import ----------------------------------------------------------------------------------------

SHEET = "Nome;Telefone;E-mail;Empresa;Notas\nNova Pessoa;(11) 97777-0001;nova@x.com.br;Nova Ltda;liga cedo\n;;;x;\n"


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "contacts.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


def test_import_shows_writes_and_takes_back(demo: Run, sheet: str) -> None:
    shown = demo("import", sheet, "--dry-run", "--json").json
    assert set(shown) == {"kind", "new", "updated", "duplicate", "error", "skipped", "errors", "batch"}
    assert (shown["new"], shown["error"], shown["batch"]) == (1, 1, None)
    assert demo("search", "nova@x.com.br", "-q").lines == []
    done = demo("import", sheet, "--yes", "--json").json
    assert [(e["line"], bool(e["reason"])) for e in done["errors"]] == [(3, True)]
    assert demo("search", "nova@x.com.br", "-q").lines
    again = demo("importar", sheet, "--yes", "--json").json
    assert (again["new"], again["updated"], again["duplicate"], again["batch"]) == (0, 0, 1, None)
    assert demo("undo", done["batch"]).status == 0
    assert demo("search", "nova@x.com.br", "-q").lines == []


def test_import_with_a_follow_up_puts_people_into_the_queue(demo: Run, sheet: str) -> None:
    assert demo("import", sheet, "--yes", "--due", "24/11/2026").status == 0
    rows = [row for row in demo("followups", "--json").json if row["party"] == "Nova Pessoa"]
    assert [(row["due_on"], row["owner"]) for row in rows] == [("2026-11-24", "ana")]
    assert rows[0]["number"].startswith("activity:")
    assert demo("import", sheet, "--yes", "--due", "ontem").status == Status.USAGE
    assert demo("import", sheet, "--yes", "--due", "24/11 14h").status == Status.USAGE


def test_import_asks_and_where_nobody_answers_nothing_is_written(
    demo: Run, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = demo("import", sheet)
    assert answer.status == Status.USAGE
    assert "--yes" in answer.err
    assert demo("search", "nova@x.com.br", "-q").lines == []


def test_import_is_a_right(demo: Run, sheet: str) -> None:
    assert demo("import", sheet, "--yes", "--as", "davi").status == Status.DENIED


def test_the_live_database_is_no_contacts_file(demo: Run, demo_db: Path) -> None:
    assert demo("import", str(demo_db), "--yes").status == Status.USAGE


def test_an_import_that_the_disk_stops_says_so_and_what_was_taken_in_is_one_undo(
    demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.i18n import Text
    from crm_tui.services.core import door
    from crm_tui.store.errors import NoRoom

    chunk, begun = door._chunk, []

    def full_at_the_third(*given: Any) -> bool:
        begun.append(1)
        if len(begun) == 3:
            raise NoRoom(
                Text("Nothing was saved: the disk refused ({why}). Make room and repeat.", {"why": "x"})
            )
        return chunk(*given)

    monkeypatch.setattr(door, "CHUNK_COMMANDS", 2)
    monkeypatch.setattr(door, "CHUNK_SECONDS", 60.0)  # the first command may take long
    monkeypatch.setattr(door, "_chunk", full_at_the_third)
    sheet = tmp_path / "contacts.csv"
    sheet.write_text("Name,Phone\n" + "".join(f"Pessoa {n},(21) 98888-1{n:03d}\n" for n in range(9)))
    answer = demo("import", str(sheet), "--yes")
    assert answer.status == Status.STORE
    assert "From line 6 on: Nothing was saved: the disk refused" in answer.err
    assert re.search(r"New +4\b", answer.out)
    assert re.search(r"Skipped +4\b", answer.out)
    assert demo("undo").status == 0
    assert demo("import", str(sheet), "--dry-run", "--json").json["new"] == 9


def test_show_speaks_the_readers_words_and_a_program_gets_the_fields(demo: Run) -> None:
    """Every name has its word, money its commas, a date its weekday; the REF stands beside what it names."""
    told = demo("show", "OP-0142", "--lang", "pt-BR").out
    document = demo("show", "OP-0142", "--json").json
    assert re.search(r"^Situação +aberto$", told, re.M)
    assert re.search(rf"^Quadro +{document['board']}  {document['board_ref']}$", told, re.M)
    assert "R$ 12.790,00" in told
    assert not re.search(r"[a-z]+_[a-z]+ ", told), "a field's own name"
    assert "True" not in told
    assert "False" not in told
    english = demo("show", "OP-0142", "--lang", "en").out
    assert re.search(r"^Status +open$", english, re.M)


def test_followups_of_the_team_are_those_of_its_owners(demo: Run) -> None:
    rows = demo("followups", "--team", "--json").json
    everybody = demo("followups", "--owner", "todos", "--json").json
    mine = demo("followups", "--json").json
    numbers = {row["number"] for row in rows}
    assert {row["number"] for row in mine} < numbers
    assert numbers <= {row["number"] for row in everybody}
    assert len({row["owner"] for row in rows}) > 1
    narrowed = demo("followups", "--team", "--filter", "estado:vencido", "--json").json
    assert {row["state"] for row in narrowed} == {"overdue"}
    assert {row["number"] for row in narrowed} < numbers
    assert demo("followups", "--team", "--owner", "beto").status == Status.USAGE


def test_what_is_put_off_says_until_when(demo: Run) -> None:
    number = demo("today", "--json").json[0]["number"]
    assert (
        demo("do", "snooze", "--card", number, "--until", "30/11/2026", "--reason", "de férias").status == 0
    )
    row = next(row for row in demo("today", "--json").json if row["number"] == number)
    assert row["snoozed_until"].startswith("2026-11-30T00:00")
    assert "z put off 30/11" in demo("today").out
    assert number in demo("followups", "--filter", "adiado:sim", "-q").lines
    assert demo("do", "skip_contact", "--card", number).status == 0


def test_copies_are_listed_and_a_damaged_one_is_told(demo: Run, demo_db: Path) -> None:
    assert demo("copies").out == "There is no copy beside the database yet.\n"
    assert demo("tick").status == 0
    [found] = demo("copias", "--json").json
    assert found["path"] == f"{demo_db}.daily-2026-11-19"
    assert demo("copies", "--check", "--json").json[0]["whole"] is True
    path = Path(found["path"])
    page = path.read_bytes()
    path.write_bytes(page[:8192] + bytes(4096) + page[8192 + 4096 :])
    answer = demo("copies", "--check")
    assert answer.status == Status.STORE
    assert "damaged" in answer.out
    assert "demo.db.daily-2026-11-19" in demo("copies").out
