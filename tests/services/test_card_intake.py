"""Cards from the files of other tools: linked to whom they are about, closed on their day, and never twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_tui.connectors.deals import DealsFile, is_deals, open_deals
from crm_tui.domain.act_file import ActRow
from crm_tui.domain.board import CardStatus
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.domain.party import PartyKind
from crm_tui.i18n import say
from crm_tui.services.board import card_intake
from crm_tui.services.board.card_intake import CardVerdict, PlannedCard
from crm_tui.services.board.commands import AddLossReason, TakeInCard
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import act_plan
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail.commands import UndoBatch

NEW, KNOWN, ERROR = CardVerdict.NEW, CardVerdict.DUPLICATE, CardVerdict.ERROR

DEMO = 60
"""Cards of the demonstration."""

HUBSPOT = (
    "Record ID,Deal Name,Deal Stage,Amount,Deal owner,Close Date,Create Date,Associated Company,Associated Contact,"
    "Pipeline\n"
    '1,Frota Aurora,Closed Won,"$1,234,567.00",ana,2026-10-31 10:00,2026-10-01 09:00,Aurora,'
    "Marina Prado (marina@aurora.example),Vendas\n"
    "2,Troca de óleo,qualifiedtobuy,1500.50,,2026-12-24,2026-11-01 09:00,,Beto Rocha,\n"
)
PIPEDRIVE = (
    "Negócio - ID;Negócio - Título;Negócio - Status;Negócio - Valor;Negócio - Etapa;Negócio - Perdido em;"
    "Negócio - Data de perda;Negócio - Motivo da perda;Pessoa - Nome;Pessoa - Telefone - Celular\n"
    "7;Pneus;Perdido;R$ 1.234,56;Contato;;2026-11-02 08:00:00;Preço;Zé Lima;11 98888-7777\n"
    "8;Filtros;Aberto;;Contato;;;;Zé Lima;11 98888-7777\n"
)


def rows(folder: Path, content: str) -> list[CardRow]:
    path = folder / "deals.csv"
    path.write_text(content, encoding="utf-8")
    found = open_deals(path)
    assert isinstance(found, DealsFile), found
    return list(found.records())


def look(crm: Crm, read: list[CardRow]) -> list[PlannedCard]:
    found: list[PlannedCard] = crm.read(card_intake.card_preview, read, "deals.csv")
    return found


def take(crm: Crm, read: list[CardRow]) -> Many:
    many = crm.run_many(card_intake.commands(look(crm, read)))
    assert all(isinstance(outcome, Done) for outcome in many.outcomes), many
    return many


def stored(crm: Crm) -> list[tuple[object, ...]]:
    return (
        crm.store.reader()
        .execute(
            "SELECT c.title, c.status, c.value_one_off, c.closed_on, date(c.opened_at), p.name, u.login"
            " FROM card c LEFT JOIN party p ON p.id = c.party_id JOIN user u ON u.id = c.owner_id"
            " WHERE c.deleted_at IS NULL AND c.id > :demo ORDER BY c.id",
            {"demo": DEMO},
        )
        .fetchall()
    )


@pytest.fixture(name="crm")
def _crm(crm: Crm) -> Crm:
    crm.run(AddLossReason(name="Preço"))
    return crm


def test_deals_of_hubspot_come_with_value_owner_person_and_end(crm: Crm, tmp_path: Path) -> None:
    read = rows(tmp_path, HUBSPOT)
    assert [row.value for row in read] == [123_456_700, 150_050]
    assert read[1].expected == date(2026, 12, 24)
    take(crm, read)
    assert stored(crm) == [
        ("Frota Aurora", "won", 123_456_700, "2026-10-31", "2026-10-01", "Marina Prado", "ana"),
        ("Troca de óleo", "open", 150_050, None, "2026-11-01", "Beto Rocha", "ana"),
    ]


def test_deals_of_pipedrive_are_lost_on_their_day_and_one_person_is_made_once(
    crm: Crm, tmp_path: Path
) -> None:
    take(crm, rows(tmp_path, PIPEDRIVE))
    lost, opened = stored(crm)
    assert lost[:4] == ("Pneus", "lost", 123_456, "2026-11-02")
    assert opened[:2] == ("Filtros", "open")
    assert lost[5] == opened[5] == "Zé Lima"
    assert len(crm.store.reader().execute("SELECT 1 FROM party WHERE name = 'Zé Lima'").fetchall()) == 1


def test_the_same_file_twice_is_nothing_new_and_one_undo_takes_all_back(crm: Crm, tmp_path: Path) -> None:
    read = rows(tmp_path, HUBSPOT + "3" + HUBSPOT.splitlines()[1].removeprefix("1") + "\n")
    many = take(crm, read)
    assert len(stored(crm)) == 3  # two deals alike with an id each are two
    assert [planned.verdict for planned in look(crm, read)] == [KNOWN] * 3
    assert isinstance(crm.run(UndoBatch(batch=many.batch)), Done)
    assert stored(crm) == []
    assert [planned.verdict for planned in look(crm, read)] == [NEW] * 3


def test_the_command_itself_makes_no_card_twice(crm: Crm) -> None:
    command = TakeInCard(subject="Frota", party_name="Ana Lima", emails=("a@b.example",))
    first, again = crm.run(command), crm.run(command)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.events == ()
    assert len(stored(crm)) == 1


def test_who_may_be_one_of_several_is_an_error_by_line(crm: Crm) -> None:
    first = crm.run(NewParty(name="Ana Lima", phone="11988881111"))
    assert isinstance(first, Done)
    second = crm.run(NewParty(name="Ana Lima", phone="11988882222", despite=first.ref or ""))
    assert isinstance(second, Done)
    (planned,) = look(crm, [CardRow(2, "X", person="Ana Lima")])
    assert planned.verdict is ERROR
    assert planned.why is not None
    assert "The person may be one of several: Ana Lima (PE-" in say(planned.why)
    (sure,) = look(crm, [CardRow(2, "X", person="Ana Lima", phones=("11988882222",))])
    assert sure.verdict is NEW


def test_a_person_is_found_by_code_document_phone_and_mail(crm: Crm) -> None:
    made = crm.run(
        NewParty(name="Ana Lima", phone="11988881111", email="a@b.example", document="529.982.247-25")
    )
    assert isinstance(made, Done)
    for row in (
        CardRow(2, "X", person_ref=made.ref),
        CardRow(2, "X", document="52998224725"),
        CardRow(2, "X", phones=("11 8888-1111",)),
        CardRow(2, "X", emails=("A@B.example",)),
        CardRow(2, "X", person="ana lima"),
    ):
        (planned,) = look(crm, [row])
        assert planned.command is not None
        assert planned.command.party == made.entity_id, row


def test_what_is_not_here_is_told_and_goes_to_the_usual_place(crm: Crm) -> None:
    (planned,) = look(crm, [CardRow(2, "X", board="Lugar", stage="Nada", owner="ninguem")])
    assert planned.verdict is NEW
    assert [say(doubt).split(":")[0] for doubt in planned.doubts] == [
        "There is no board Lugar",
        "There is no stage Nada on " + planned.place.partition(" › ")[0],
        "There is no user ninguem",
    ]


def test_what_is_wrong_in_a_row_is_told_by_its_line(crm: Crm, tmp_path: Path) -> None:
    head = "Título,Etapa,Valor,Fechado em,Status\n"
    read = rows(tmp_path, head + "A,,muito,,\nB,,1,31/02/2026,Ganho\n,,,,x\nC,,1,31/12/2030,Ganho\n")
    told = [(p.row.line, say(p.why)) for p in look(crm, read) if p.why is not None]
    assert told == [
        (2, "Not an amount of money: muito."),
        (3, "Not a date: 31/02/2026."),
        (4, "No title and no person in this row."),
        (5, "A card cannot be closed in the future: choose today or a day before."),
    ]


@pytest.mark.parametrize("field", ["title", "person", "company", "notes", "reason"])
def test_a_text_that_is_too_long_is_an_error_of_its_row_alone(crm: Crm, field: str) -> None:
    long = CardRow(line=2, **{"title": "x", field: "x" * 20_001})  # type: ignore[arg-type]
    found = look(crm, [long, CardRow(line=3, title="Pneus")])
    assert [each.verdict for each in found] == [ERROR, NEW]
    assert "shorten it" in say(found[0].why or "")


def test_a_file_of_a_long_name_is_taken_in(crm: Crm) -> None:
    found = crm.read(card_intake.card_preview, [CardRow(line=2, title="Pneus")], "x" * 255)
    assert [each.verdict for each in found] == [NEW]


def test_a_file_of_people_is_no_file_of_cards(tmp_path: Path) -> None:
    people = tmp_path / "p.csv"
    people.write_text("First Name,Last Name,Title,Account Name,Phone,Status,Created Date\nA,B,C,D,1,x,2\n")
    assert not is_deals(people)
    deals = tmp_path / "d.csv"
    deals.write_text(HUBSPOT, encoding="utf-8")
    assert is_deals(deals)


def test_who_may_not_close_may_not_import_what_is_closed(crm: Crm) -> None:
    refused = crm.run(TakeInCard(subject="X", won=True, lost=True))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.INPUT


def test_a_board_of_one_open_card_per_person_is_kept_and_foreseen_and_closed_ones_come_in(crm: Crm) -> None:
    board = (
        crm.store.reader().execute("SELECT name FROM board WHERE one_open_card_per_party = 1").fetchone()[0]
    )

    def row(line: int, title: str, status: CardStatus = CardStatus.OPEN) -> CardRow:
        return CardRow(line, title, board=board, status=status, person="Zé Novo", emails=("ze@novo.example",))

    first, second, won = row(2, "A"), row(3, "B"), row(4, "C", CardStatus.WON)
    assert [planned.verdict for planned in look(crm, [first, second, won])] == [NEW, ERROR, NEW]
    take(crm, [first, second, won])
    assert [found[:2] for found in stored(crm)] == [("A", "open"), ("C", "won")]
    (again,) = look(crm, [second])
    assert again.why is not None
    assert "has an open card on" in say(again.why)


def test_the_sum_below_the_cards_is_no_card(tmp_path: Path) -> None:
    read = rows(tmp_path, "Negócios\n\nTítulo;Etapa;Valor\nPneus;Contato;R$ 10,00\nTotal;;R$ 1.234.567,89\n")
    assert [row.title for row in read] == ["Pneus"]


CNPJ, CPF = "11222333000181", "52998224725"


def _whose(crm: Crm, title: str) -> tuple[object, ...]:
    return tuple(
        crm.store.reader()
        .execute(
            "SELECT p.name, p.kind, coalesce(p.document, ''), coalesce(o.name, ''), coalesce(o.document, '')"
            " FROM card c JOIN party p ON p.id = c.party_id LEFT JOIN party_relation r ON r.person_id = p.id"
            " LEFT JOIN party o ON o.id = r.organization_id WHERE c.title = ?",
            (title,),
        )
        .fetchone()
    )


def test_the_cnpj_of_a_row_with_person_and_company_is_the_companys(crm: Crm, tmp_path: Path) -> None:
    head = "Título;Etapa;Contato;Empresa;CNPJ da empresa;CPF;Telefone\n"
    read = rows(
        tmp_path,
        head
        + "Um;;Rita Sá;Forno Bom Ltda;11.222.333/0001-81;529.982.247-25;\n"
        + "Dois;;Léo Sá;Forno Bom Ltda;11.222.333/0001-81;;\n"
        + "Três;;;Forno Bom Ltda;11.222.333/0001-81;;\n"
        + "Quatro;;Doces da Lia;;11.444.777/0001-61;;\n"
        + "Cinco;;;Fonte Fria;;;(11) 3333-4444\n",
    )
    take(crm, read)
    assert _whose(crm, "Um") == ("Rita Sá", "person", CPF, "Forno Bom Ltda", CNPJ)
    assert _whose(crm, "Dois") == ("Léo Sá", "person", "", "Forno Bom Ltda", CNPJ)
    assert _whose(crm, "Três")[:3] == ("Forno Bom Ltda", "organization", CNPJ)
    assert _whose(crm, "Quatro")[:3] == ("Doces da Lia", "organization", "11444777000161")
    assert _whose(crm, "Cinco")[:2] == ("Fonte Fria", "organization")
    reached = "SELECT c.normalized FROM contact_point c JOIN party p ON p.id = c.party_id WHERE p.name = 'Fonte Fria'"
    assert crm.store.reader().execute(reached).fetchall() == [("+551133334444",)]
    assert [planned.verdict for planned in look(crm, read)] == [KNOWN] * 5


def test_a_wrong_document_of_a_card_is_an_error_of_its_line(crm: Crm, tmp_path: Path) -> None:
    read = rows(tmp_path, "Título;Etapa;Contato;CPF\nA;;Rita;529.982.247-26\nB;;Rita;não informado\n")
    assert [planned.verdict for planned in look(crm, read)] == [ERROR, NEW]


def test_an_activity_of_somebody_unknown_is_the_companys_whose_cnpj_stands_there(crm: Crm) -> None:
    made = crm.run(NewParty(name="Forno Bom", kind=PartyKind.ORGANIZATION, document=CNPJ))
    assert isinstance(made, Done)
    row = ActRow(2, when=date(2026, 11, 10), person="Rita Sá", company="Forno Bom", document=CNPJ)
    (planned,) = crm.read(act_plan.act_preview, [row], "a.csv")
    assert planned.command is not None
    assert planned.command.party == made.entity_id
