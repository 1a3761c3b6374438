"""Cards are known again by the id of the program from which their file came: what was changed there alone is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House, do

from crm_tui.connectors.acts import ActsFile, open_acts
from crm_tui.connectors.contacts import open_contacts
from crm_tui.connectors.deals import DealsFile, open_deals
from crm_tui.domain.act_file import ActRow
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import say
from crm_tui.services.board import card_intake
from crm_tui.services.board.card_intake import CardVerdict, PlannedCard
from crm_tui.services.board.commands import EditCard, TakeInCard
from crm_tui.services.core.crm import Crm, Many
from crm_tui.services.intake import act_plan, views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.trail.commands import UndoBatch

NEW, UPDATE, KNOWN = CardVerdict.NEW, CardVerdict.UPDATE, CardVerdict.DUPLICATE
HEAD = "Negócio - ID;Negócio - Título;Negócio - Status;Negócio - Valor;Negócio - Etapa;Pessoa - Nome\n"
SECRET = "Negócio de outra"


def rows(folder: Path, content: str) -> list[CardRow]:
    path = folder / "deals.csv"
    path.write_text(content, encoding="utf-8")
    found = open_deals(path)
    assert isinstance(found, DealsFile), found
    return list(found.records())


def shown(crm: Crm, read: list[CardRow]) -> list[PlannedCard]:
    found: list[PlannedCard] = crm.read(card_intake.card_preview, read, "deals.csv")
    return found


def verdicts(crm: Crm, read: list[CardRow]) -> list[CardVerdict]:
    return [each.verdict for each in shown(crm, read)]


def taken(crm: Crm, read: list[CardRow]) -> Many:
    many = crm.run_many(card_intake.commands(shown(crm, read)))
    assert all(isinstance(outcome, Done) for outcome in many.outcomes), many
    return many


def stages(house: House) -> tuple[str, str]:
    """The first two open stages of the board to which such a file goes."""
    found = (
        house.open()
        .store.reader()
        .execute(
            "SELECT s.name FROM stage s JOIN board b ON b.id = s.board_id WHERE s.category = 'open' AND"
            " s.archived_at IS NULL AND b.id = ? ORDER BY s.position LIMIT 2",
            (usual(house),),
        )
    )
    one, two = (name for (name,) in found.fetchall())
    return one, two


def usual(house: House) -> int:
    (one,) = shown(house.open(), [CardRow(2, "Pergunta")])
    assert one.command is not None
    return one.command.board or 0


def test_a_card_renamed_moved_and_won_there_is_the_same_card(house: House, tmp_path: Path) -> None:
    crm = house.open()
    one, two = stages(house)
    first = rows(tmp_path, f"{HEAD}7;Pneus;Aberto;100,00;{one};Zé Lima\n")
    taken(crm, first)
    cards = house.one("SELECT count(*) FROM card")
    assert verdicts(crm, first) == [KNOWN]
    later = rows(tmp_path, f"{HEAD}7;Pneus e rodas;Aberto;250,00;{two};Zé Lima\n")
    (planned,) = shown(crm, later)
    assert (planned.verdict, set(planned.changed)) == (UPDATE, {"title", "value", "stage"})
    many = taken(crm, later)
    stood = "SELECT c.title || ' ' || c.value_one_off || ' ' || s.name || ' ' || c.status FROM card c"
    stood += " JOIN stage s ON s.id = c.stage_id JOIN foreign_ref f ON f.card_id = c.id"
    assert house.one(stood) == f"Pneus e rodas 25000 {two} open"
    assert verdicts(crm, later) == [KNOWN]
    won = rows(tmp_path, f"{HEAD}7;Pneus e rodas;Ganho;250,00;{two};Zé Lima\n")
    taken(crm, won)
    assert house.one(stood).endswith(" won")
    assert verdicts(crm, won) == [KNOWN]
    assert house.one("SELECT count(*) FROM card") == cards
    do(
        crm,
        UndoBatch(batch=crm.store.reader().execute("SELECT batch FROM event ORDER BY id DESC").fetchone()[0]),
    )
    do(crm, UndoBatch(batch=many.batch))
    assert house.one(stood) == f"Pneus 10000 {one} open"
    assert verdicts(crm, later) == [UPDATE]


def test_what_was_changed_here_is_not_put_back(house: House, tmp_path: Path) -> None:
    crm = house.open()
    first = rows(tmp_path, HEAD + "7;Pneus;Aberto;100,00;;Zé Lima\n")
    outcome = taken(crm, first).outcomes[0]
    assert isinstance(outcome, Done)
    do(crm, EditCard(card=outcome.entity_id or 0, subject="Pneus novos"))
    assert verdicts(crm, first) == [KNOWN]
    (both,) = shown(crm, rows(tmp_path, HEAD + "7;Rodas;Aberto;100,00;;Zé Lima\n"))
    assert both.verdict is KNOWN
    assert "The title stays as it is here." in say(both.why)
    taken(crm, rows(tmp_path, HEAD + "7;Rodas;Aberto;300,00;;Zé Lima\n"))
    assert house.one("SELECT title || value_one_off FROM card ORDER BY id DESC") == "Pneus novos30000"


def test_a_second_deal_of_one_title_and_person_is_a_second_card(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, rows(tmp_path, HEAD + "7;Pneus;Aberto;;;Zé Lima\n"))
    both = rows(
        tmp_path, HEAD + "7;Pneus;Aberto;;;Zé Lima\n8;Pneus;Aberto;;;Zé Lima\n8;Pneus;Aberto;;;Zé Lima\n"
    )
    assert verdicts(crm, both) == [KNOWN, NEW, KNOWN]
    taken(crm, both)
    assert house.one("SELECT count(*) FROM card WHERE title = 'Pneus'") == 2


def test_a_card_that_was_here_before_gets_the_id(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, rows(tmp_path, "Título;Etapa;Pessoa\nPneus;;Zé Lima\n"))
    again = rows(tmp_path, HEAD + "7;Pneus;Aberto;;;Zé Lima\n")
    assert verdicts(crm, again) == [UPDATE]
    taken(crm, again)
    assert verdicts(crm, again) == [KNOWN]
    assert verdicts(crm, rows(tmp_path, HEAD + "7;Rodas;Aberto;;;Zé Lima\n")) == [UPDATE]


def test_a_deal_finds_its_person_by_the_id_there(house: House, tmp_path: Path) -> None:
    crm = house.open()
    people = tmp_path / "people.csv"
    people.write_text(
        "Record ID,First Name,Last Name,Email\n501,Marina,Prado,m@aurora.example\n", encoding="utf-8"
    )
    found = open_contacts(people)
    assert not isinstance(found, Refusal)
    crm.run_many(take_ins(crm.read(views.preview, found.records()).wanted, source="people.csv"))
    head = "Record ID,Deal Name,Deal Stage,Associated Contact IDs,Associated Contact\n"
    taken(crm, rows(tmp_path, f"{head}1,Frota,,501;502,Marina P. (outra@x.example)\n"))
    assert (
        house.one("SELECT p.name FROM card c JOIN party p ON p.id = c.party_id ORDER BY c.id DESC")
        == "Marina Prado"
    )


def test_a_card_out_of_sight_is_not_named_nor_changed_by_an_id(house: House) -> None:
    known = {"foreign_source": "Pipedrive", "foreign_id": "7"}
    there = do(house.open("edu"), TakeInCard(subject=SECRET, **known)).entity_id or 0
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'card.read'")
    bia = house.open("bia")
    (one,) = shown(bia, rows_of("Rodas"))
    assert one.verdict is CardVerdict.ERROR
    assert SECRET not in say(one.why)
    assert isinstance(bia.run(TakeInCard(subject="Rodas", **known)), Refusal)
    assert house.one("SELECT title FROM card WHERE id = ?", there) == SECRET
    assert bia.read(views.ids_of_card, there) == []
    assert house.open("edu").read(views.ids_of_card, there) == [("Pipedrive", "7")]


@pytest.mark.parametrize("key", ["card.edit", "card.move"])
def test_a_file_changes_no_card_that_is_not_ones_own_to_change(house: House, key: str) -> None:
    known = {"foreign_source": "Pipedrive", "foreign_id": "7"}
    do(house.open("edu"), TakeInCard(subject="Pneus", **known))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'all' WHERE key = 'card.read'")
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = ?", (key,))
    _, two = stages(house)
    (one,) = shown(house.open("bia"), rows_of("Rodas" if key == "card.edit" else "Pneus", two))
    assert one.verdict is KNOWN
    assert "stays as it is here" in say(one.why)


def rows_of(title: str, stage: str = "") -> list[CardRow]:
    from crm_tui.domain.foreign import Foreign

    return [CardRow(2, title, stage=stage, foreign=Foreign("Pipedrive", "7"), source="Pipedrive")]


def test_an_activity_finds_its_card_and_its_person_by_the_ids_there(house: House, tmp_path: Path) -> None:
    crm = house.open()
    taken(crm, rows(tmp_path, HEAD + "7;Pneus;Aberto;;;Zé Lima\n"))
    (number,) = crm.store.reader().execute("SELECT number FROM card WHERE title = 'Pneus'").fetchone()
    do(crm, TakeIn(name="Marina Prado", foreign_source="HubSpot", foreign_id="501"))
    path = tmp_path / "acts.csv"
    path.write_text(
        "Deal ID;Contact ID;Assunto;Data\n7;;Ligar;01/10/2026\n;501;Visitar;02/10/2026\n9;;Nada;02/10/2026\n",
        encoding="utf-8",
    )
    found = open_acts(path)
    assert isinstance(found, ActsFile)
    one, other, nothing = crm.read(act_plan.act_preview, list(found.records()), "acts.csv")
    assert one.place == f"{number} Pneus"
    assert other.place == "Marina Prado"
    assert nothing.verdict is act_plan.ActVerdict.ERROR
    for planned in (one, other):
        assert isinstance(crm.run(planned.command), Done)
    assert (
        house.one("SELECT c.title FROM activity a JOIN card c ON c.id = a.card_id WHERE a.subject = 'Ligar'")
        == "Pneus"
    )


def test_an_id_that_two_programs_have_says_which_cards_it_may_mean(house: House) -> None:
    crm = house.open()
    for program in ("Pipedrive", "HubSpot"):
        do(crm, TakeInCard(subject=f"De {program}", foreign_source=program, foreign_id="7"))
    (one,) = crm.read(act_plan.act_preview, [ActRow(2, card="7", subject="Ligar")], "acts.csv")
    assert "may be one of several" in say(one.why)
