"""Activities and notes from the files of other tools: linked to whom they are about, of their day, and never twice."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from crm_tui.connectors.acts import ActsFile, open_acts
from crm_tui.domain.act_file import ActRow
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import say
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import act_plan
from crm_tui.services.intake.act_plan import ActVerdict, PlannedAct
from crm_tui.services.intake.commands import TakeInActivity, TakeInNote
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch

NEW, KNOWN, ERROR = ActVerdict.NEW, ActVerdict.DUPLICATE, ActVerdict.ERROR

ACTIVITIES = (
    "Tipo;Assunto;Data de vencimento;Hora;Feito;Responsável;Pessoa;E-mail;Nota\n"
    "Ligação;Primeiro contato;09/11/2026;14:30;Sim;ana;Lia Trazida;lia@trazida.example;Pediu preço\n"
    "Reunião;Apresentar;30/11/2026;;Não;;Lia Trazida;;\n"
    "Ligação;Nada disse;10/11/2026;;Sim;;Lia Trazida;;\n"
)
NOTES = (
    "Data;Autor;Pessoa;Texto\n"
    '01/10/2026 09:15;ana;Lia Trazida;"Prefere a tarde\ne o telefone fixo"\n'
    "02/10/2026;ana;Lia Trazida;Mudou de endereço\n"
)


def rows(folder: Path, content: str, *, notes: bool = False) -> list[ActRow]:
    path = folder / "a.csv"
    path.write_text(content, encoding="utf-8")
    found = open_acts(path, notes=notes)
    assert isinstance(found, ActsFile), found
    return list(found.records())


def look(crm: Crm, read: list[ActRow], *, notes: bool = False) -> list[PlannedAct]:
    found: list[PlannedAct] = crm.read(act_plan.act_preview, read, "a.csv", notes=notes)
    return found


def take(crm: Crm, read: list[ActRow], *, notes: bool = False) -> Many:
    many = crm.run_many(act_plan.commands(look(crm, read, notes=notes)))
    assert all(isinstance(outcome, Done) for outcome in many.outcomes), many
    return many


@pytest.fixture(name="lia")
def _lia(crm: Crm) -> int:
    made = crm.run(NewParty(name="Lia Trazida", email="lia@trazida.example"))
    assert isinstance(made, Done)
    assert made.entity_id is not None
    return made.entity_id


def stored(crm: Crm, lia: int) -> list[tuple[object, ...]]:
    return (
        crm.store.reader()
        .execute(
            "SELECT t.kind, a.subject, a.state, a.due_on, a.start_at IS NOT NULL, a.done_at IS NOT NULL, n.body"
            " FROM activity a JOIN action_type t ON t.id = a.action_type_id"
            " LEFT JOIN note n ON n.activity_id = a.id WHERE a.party_id = ? ORDER BY a.id",
            (lia,),
        )
        .fetchall()
    )


def test_activities_come_done_on_their_day_or_planned(crm: Crm, lia: int, tmp_path: Path) -> None:
    take(crm, rows(tmp_path, ACTIVITIES))
    assert stored(crm, lia) == [
        ("call", "Primeiro contato", "done", "2026-11-09", 1, 1, "Pediu preço"),
        ("meeting", "Apresentar", "planned", "2026-11-30", 0, 0, None),
        ("call", "Nada disse", "done", "2026-11-10", 0, 1, None),
    ]
    kinds = {entry.kind: entry for entry in crm.read(trails.of_party, lia)}
    assert {"note.done_taken_in", "activity.planned", "activity.taken_in"} <= kinds.keys()
    assert kinds["note.done_taken_in"].body == "Pediu preço"


def test_the_same_activities_twice_are_nothing_new_and_one_undo_takes_all_back(
    crm: Crm, lia: int, tmp_path: Path
) -> None:
    read = rows(tmp_path, ACTIVITIES + ACTIVITIES.splitlines()[3] + "\n")
    many = take(crm, read)
    assert len(stored(crm, lia)) == 4  # the same twice in one file is two
    assert [planned.verdict for planned in look(crm, read)] == [KNOWN] * 4
    assert isinstance(crm.run(UndoBatch(batch=many.batch)), Done)
    assert stored(crm, lia) == []
    assert crm.store.reader().execute("SELECT 1 FROM draft WHERE payload LIKE '%Pediu pre%'").fetchall() == []
    assert [planned.verdict for planned in look(crm, read)] == [NEW] * 4


def test_notes_are_comments_of_their_author_and_day_and_come_once(crm: Crm, lia: int, tmp_path: Path) -> None:
    def kept() -> list[tuple[object, ...]]:
        return (
            crm.store.reader()
            .execute(
                "SELECT n.kind, n.body, date(n.filed_at), u.login FROM note n JOIN user u ON u.id = n.author_id"
                " WHERE n.party_id = ? ORDER BY n.id",
                (lia,),
            )
            .fetchall()
        )

    read = rows(tmp_path, NOTES, notes=True)
    many = take(crm, read, notes=True)
    assert kept() == [
        ("comment", "Prefere a tarde\ne o telefone fixo", "2026-10-01", "ana"),
        ("comment", "Mudou de endereço", "2026-10-02", "ana"),
    ]
    assert [planned.verdict for planned in look(crm, read, notes=True)] == [KNOWN] * 2
    assert {entry.body for entry in crm.read(trails.of_party, lia) if entry.kind == "note.taken_in"} == {
        "Prefere a tarde\ne o telefone fixo",
        "Mudou de endereço",
    }
    assert isinstance(crm.run(UndoBatch(batch=many.batch)), Done)
    assert kept() == []


def test_the_commands_themselves_make_nothing_twice(crm: Crm, lia: int) -> None:
    for command in (
        TakeInActivity(party=lia, when=date(2026, 11, 9), done=True, subject="X"),
        TakeInActivity(party=lia, when=date(2026, 12, 9), subject="X"),
        TakeInNote(party=lia, text="Só uma vez"),
    ):
        first, again = crm.run(command), crm.run(command)
        assert isinstance(first, Done), first
        assert isinstance(again, Done), again
        assert (bool(first.events), again.events) == (True, ())


def test_whom_a_row_means_is_sure_or_it_is_an_error(crm: Crm, lia: int) -> None:
    other = crm.run(NewParty(name="Lia Trazida", phone="11988882222", despite=f"PE-{lia}"))
    if isinstance(other, Refusal):
        (code,) = crm.store.reader().execute("SELECT code FROM party WHERE id = ?", (lia,)).fetchone()
        other = crm.run(NewParty(name="Lia Trazida", phone="11988882222", despite=code))
    assert isinstance(other, Done), other
    number, card = crm.store.reader().execute("SELECT number, id FROM card WHERE status = 'open'").fetchone()
    day = date(2026, 11, 9)
    found = look(
        crm,
        [
            ActRow(2, when=day, person="Lia Trazida"),
            ActRow(3, when=day, person="Ninguém Disso"),
            ActRow(4, when=day),
            ActRow(5, when=day, card="ZZ-99999"),
            ActRow(6, when=day, emails=("lia@trazida.example",)),
            ActRow(7, when=day, card=number.lower()),
            ActRow(8, person="Lia Trazida", emails=("lia@trazida.example",)),
            ActRow(9, when=datetime(2030, 1, 1, 9), done=True, card=number),
        ],
    )
    assert [planned.verdict for planned in found] == [ERROR] * 4 + [NEW] * 2 + [ERROR] * 2
    told = [say(planned.why) for planned in found if planned.why is not None]
    assert told[0].startswith("The person may be one of several: Lia Trazida (")
    assert told[1:5] == [
        "Nobody here is known as Ninguém Disso: import people first.",
        "This row names neither a card nor a person.",
        "There is no card ZZ-99999 that you may see.",
        "No date in this row.",
    ]
    assert "cannot lie ahead" in told[5]
    by_mail, by_card = found[4].command, found[5].command
    assert isinstance(by_mail, TakeInActivity)
    assert isinstance(by_card, TakeInActivity)
    assert (by_mail.party, by_card.card) == (lia, card)


def test_a_subject_that_is_too_long_is_an_error_of_its_row_alone(crm: Crm, lia: int) -> None:
    read = [
        ActRow(n, subject=subject, when=date(2026, 11, 9), person="Lia Trazida")
        for n, subject in ((2, "x" * 201), (3, "x"))
    ]
    found = look(crm, read)
    assert [each.verdict for each in found] == [ERROR, NEW]
    assert "shorten it" in say(found[0].why or "")


def test_what_is_not_here_is_told(crm: Crm, lia: int) -> None:
    row = ActRow(
        2, "Pombo", "X", date(2026, 11, 9), None, "ninguem", "Inventado", emails=("lia@trazida.example",)
    )
    (planned,) = look(crm, [row])
    assert planned.done  # its time is over, and the file does not say
    assert [say(doubt).split(":")[0] for doubt in planned.doubts] == [
        "There is no action Pombo",
        "There is no user ninguem",
        "There is no result Inventado",
    ]
    assert lia


def test_wrong_dates_and_hours_are_told_by_their_line(tmp_path: Path) -> None:
    head = "Tipo;Data;Hora;Pessoa\n"
    read = rows(
        tmp_path, head + "Ligação;31/02/2026;;A\nLigação;09/11/2026;25:00;A\nLigação;09/11/2026;9h30;A\n"
    )
    assert [[say(error) for error in row.errors] for row in read] == [
        ["Not a date: 31/02/2026."],
        ["Not an hour: 25:00."],
        [],
    ]
    assert read[2].when == datetime(2026, 11, 9, 9, 30)


def test_a_sheet_without_a_date_or_a_text_is_none(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Tipo;Pessoa\nLigação;A\n", encoding="utf-8")
    for notes in (False, True):
        found = open_acts(file, notes=notes)
        assert isinstance(found, Refusal)
        assert found.remedy is not None


def test_what_this_base_exported_is_known_by_its_ref_as_long_as_it_is_the_same(
    crm: Crm, lia: int, tmp_path: Path
) -> None:
    """A row that names nobody, as an appointment without a card does, comes home; another base's of that number not."""
    take(crm, rows(tmp_path, ACTIVITIES))
    (ref,) = crm.store.reader().execute("SELECT id FROM activity WHERE subject = 'Apresentar'").fetchone()
    head = "REF;Assunto;Data;Número;Pessoa\n"
    for row, verdict in (
        (f"activity:{ref};Apresentar;30/11/2026;;", KNOWN),
        (f"activity:{ref};Outra coisa;30/11/2026;;", ERROR),
        (f"activity:{ref};Apresentar;29/11/2026;;", ERROR),
        (f"activity:{ref};Apresentar;30/11/2026;OP-0001;", ERROR),
        (f"activity:{ref + 999};Apresentar;30/11/2026;;", ERROR),
        (f"note:{ref};Apresentar;30/11/2026;;", ERROR),
        (f"activity:{ref};Outra coisa;30/11/2026;;Lia Trazida", NEW),
    ):
        assert [each.verdict for each in look(crm, rows(tmp_path, head + row))] == [verdict], row
