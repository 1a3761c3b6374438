"""Two records of one person become one, with everything that is theirs, and one undo parts them again. (X9)"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from house import House, do, party_secret

from crm_tui.domain.form import Value
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal, RefusedBy
from crm_tui.domain.party import Lifecycle, PartyKind
from crm_tui.services.board.commands import EditCard, NewCard
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, AddQuestion, FillPerson
from crm_tui.services.note.commands import AddComment, AttachFile
from crm_tui.services.once import views as once
from crm_tui.services.once.commands import MergeParties, TellApart
from crm_tui.services.once.merging import named_by_kind, pointing_at
from crm_tui.services.party import views
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.shapes import Undo, shapes


def made(house: House, name: str, **more: object) -> int:
    return do(house.open(), NewParty(name=name, **more)).entity_id or 0  # type: ignore[arg-type]


def refused(outcome: Outcome, by: RefusedBy = RefusedBy.RULE) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.by is by
    return outcome


def left_of(house: House, party: int) -> list[tuple[str, str, int]]:
    """Every row of business facts that still points at somebody, whichever table it is in."""
    found = []
    for table, column in pointing_at("party"):
        for (row_id,) in house.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ?', party):
            found.append((str(table), column, row_id))
    for table in named_by_kind():
        for (row_id,) in house.rows(
            f"SELECT id FROM \"{table}\" WHERE entity = 'party' AND entity_id = ?", party
        ):
            found.append((str(table), "entity_id", row_id))
    return found


def furnished(house: House, party: int, other: int, dice: Random) -> None:
    """Random belongings of one of two, some of them shared with the other."""
    crm = house.open()
    for n in range(dice.randint(1, 4)):
        do(crm, NewCard(subject=f"assunto {n}", party=party))
    own = house.rows("SELECT id FROM card WHERE party_id = ?", party)
    if dice.random() < 0.6:
        do(crm, EditCard(card=house.card("bia"), contact=party))
    if dice.random() < 0.6:
        do(crm, NewCard(subject="indicada", party=other, referrer=party))
    for n in range(dice.randint(0, 3)):
        do(crm, AddComment(party=party, body=f"comentário {n}"))
    if dice.random() < 0.5:
        do(crm, AttachFile(card=dice.choice(own)[0], filename="a.txt", content=b"a"))
    do(crm, PlanStep(party=party, when=date(2026, 12, dice.randint(1, 28)), subject="ligar"))
    if dice.random() < 0.7:
        do(crm, EditParty(party=party, company="Casa Verde", role=dice.choice(("dona", ""))))
    if dice.random() < 0.5:
        do(crm, EditParty(party=party, preferences="gosta de café", lifecycle=Lifecycle.CUSTOMER))
    if dice.random() < 0.5:
        do(crm, TellApart(party=party, other=house.party("edu")))


@pytest.mark.parametrize("seed", range(12))
def test_everything_moves_and_one_undo_puts_everything_back(house: House, seed: int) -> None:
    dice = Random(seed)
    one = made(house, "Ana Prado", phone="11 98765-4321", email="ana@prado.com.br", document="529.982.247-25")
    other = made(
        house, "Ana P. Prado", phone="11 98765-4321", email=dice.choice(("ana@prado.com.br", "ap@x.com"))
    )
    furnished(house, one, other, dice)
    furnished(house, other, one, dice)
    before = house.dump()
    crm = house.open()
    merged = do(crm, MergeParties(party=one, merged=other))
    assert left_of(house, other) == []
    assert house.one("SELECT merged_into_id FROM party WHERE id = ?", other) == one
    assert house.one("SELECT count(*) FROM contact_point WHERE party_id = ? AND kind = 'mobile'", one) == 1
    assert house.one("SELECT count(*) FROM contact_point WHERE party_id = ? AND is_primary", one) <= 2
    ended = "SELECT count(*) FROM party_relation WHERE person_id = ? AND ended_on IS NULL"
    assert house.one(ended, one) <= 1
    do(crm, UndoBatch(batch=merged.batch))
    assert house.dump() == before


def test_a_new_table_that_points_at_people_cannot_be_forgotten() -> None:
    """Whatever is a business fact and holds a person's id moves by the tables' own word, none by a list of ours."""
    columns = {
        (table, column)
        for table, known in shapes().items()
        for column, at in known.points_at.items()
        if at == "party" and known.undo is not Undo.DERIVED
    }
    assert columns == set(pointing_at("party"))
    kinds = {t for t, known in shapes().items() if {"entity", "entity_id"} <= set(known.columns)}
    assert kinds - set(named_by_kind()) <= {
        "event",
        "request",
        "supervisor_override",
    }  # what happened stays as it was


def test_a_field_that_only_one_has_is_kept_and_the_chosen_side_wins(house: House) -> None:
    one = made(house, "Ana Prado")
    other = made(house, "Ana Maria Prado", document="529.982.247-25", preferences="à tarde")
    crm = house.open()
    do(crm, EditParty(party=one, preferences="de manhã"))
    do(crm, MergeParties(party=one, merged=other, take="name", both="preferences"))
    kept = house.rows("SELECT name, document, document_kind, preferences FROM party WHERE id = ?", one)
    assert kept == [("Ana Maria Prado", "52998224725", "cpf", "de manhã\n\nà tarde")]


def test_who_bought_stays_a_customer_if_nobody_says_otherwise(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Ana Prado")
    crm = house.open()
    do(crm, EditParty(party=other, lifecycle=Lifecycle.CUSTOMER))
    do(crm, MergeParties(party=one, merged=other))
    assert house.one("SELECT lifecycle FROM party WHERE id = ?", one) == "customer"


def test_the_old_code_leads_to_the_one_that_stays(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Bea Lima", email="bea@lima.com")
    crm = house.open()
    do(crm, AddComment(party=other, body="antes"))
    code = house.one("SELECT code FROM party WHERE id = ?", other)
    do(crm, MergeParties(party=one, merged=other))
    found = crm.read(views.detail, other)
    assert found is not None
    assert found.id == one
    assert [hit.id for hit in crm.read(views.search, code).hits] == [one]
    assert [hit.id for hit in crm.read(views.search, "bea@lima.com").hits] == [one]
    told = [entry.body for entry in crm.read(trails.of_party, one) if entry.body]
    assert told == ["antes"]
    done = do(crm, AddComment(party=other, body="depois"))
    assert house.one("SELECT party_id FROM note WHERE id = ?", done.entity_id) == one


def test_somebody_who_changed_one_of_them_meanwhile_is_named(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Ana Prado")
    seen = {"version": house.version("party", one), "merged_version": house.version("party", other)}
    do(house.open("bia"), EditParty(party=other, name="Ana Prado Lima"))
    outcome = house.open().run(MergeParties(party=one, merged=other, **seen))
    assert isinstance(outcome, Conflict)
    assert (outcome.who, outcome.entity_id) == ("bia", other)
    assert [field.field for field in outcome.fields] == ["name"]


def test_two_kinds_the_same_one_and_an_unknown_field_are_refused(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Prado Ltda", kind=PartyKind.ORGANIZATION)
    crm = house.open()
    assert refused(crm.run(MergeParties(party=one, merged=other))).fields == ("merged",)
    assert refused(crm.run(MergeParties(party=one, merged=one))).fields == ("merged",)
    third = made(house, "Ana Prado")
    refused(crm.run(MergeParties(party=one, merged=third, take="colour")), RefusedBy.INPUT)
    do(crm, MergeParties(party=one, merged=third))
    refused(crm.run(MergeParties(party=one, merged=third)))


def test_who_is_not_seen_is_not_merged(house: House) -> None:
    """nina reads and changes her own alone; an id of somebody else tells her nothing."""
    with house.open().store.writing() as connection:
        connection.execute(
            "INSERT INTO profile_permission (profile_id, key, scope) "
            "SELECT profile_id, 'party.merge', 'own' FROM \"user\" WHERE login = 'nina'"
        )
    nina = house.open("nina")
    outcome = nina.run(MergeParties(party=house.party("nina"), merged=house.party("edu")))
    assert party_secret("edu") not in str(refused(outcome, RefusedBy.MISSING_RECORD))
    assert left_of(house, house.party("edu")) != []


def test_a_walled_card_moves_without_being_told(house: House) -> None:
    """The board is closed to bia, who merges: its card moves, comes back by her undo, and no change names it."""
    one, other = made(house, "Ana Prado"), made(house, "Ana Prado")
    do(house.open(), NewCard(subject="segredo", party=other))
    card, board = house.rows("SELECT id, board_id FROM card WHERE title = 'segredo'")[0]
    with house.open().store.writing() as connection:
        connection.execute("UPDATE board SET restricted = 1 WHERE id = ?", (board,))
    bia = house.open("bia")
    merged = bia.run(MergeParties(party=one, merged=other))
    assert isinstance(merged, Done), merged
    assert house.one("SELECT party_id FROM card WHERE id = ?", card) == one
    entries = bia.read(trails.of_party, one)
    tables = {row.table for rows in bia.read(trails.changes, entries).values() for row in rows}
    assert "card" not in tables
    do(bia, UndoBatch(batch=merged.batch))
    assert house.one("SELECT party_id FROM card WHERE id = ?", card) == other


def test_two_open_cards_where_there_is_to_be_one_are_refused(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Ana Prado")
    crm = house.open()
    for party in (one, other):
        do(crm, NewCard(subject="lead", party=party))
    with crm.store.writing() as connection:
        connection.execute("UPDATE board SET one_open_card_per_party = 1")
    refusal = refused(crm.run(MergeParties(party=one, merged=other)))
    assert {"board", "first", "second"} <= refusal.reason.params.keys()


def test_two_who_are_two_are_told_apart_once(house: House) -> None:
    one, other = made(house, "Ana Prado"), made(house, "Ana Prado")
    crm = house.open()
    told = do(crm, TellApart(party=other, other=one))
    assert house.rows("SELECT one_id, other_id FROM not_same") == [(one, other)]
    refused(crm.run(TellApart(party=one, other=other)))
    do(crm, UndoBatch(batch=told.batch))
    assert house.rows("SELECT 1 FROM not_same") == []


def test_an_address_that_both_have_stands_once_and_another_beside_it(house: House) -> None:
    """However the two wrote it; one undo parts them again."""
    crm = house.open()
    stays, goes = made(house, "Rita Um"), made(house, "Rita Dois")
    do(crm, EditParty(party=stays, street="Rua Augusta, 1200", city="São Paulo", postcode="01310-100"))
    do(crm, EditParty(party=goes, street="rua augusta 1200", city="SAO PAULO", postcode="01310100"))
    do(crm, MergeParties(party=stays, merged=goes))
    asked = "SELECT street, is_primary FROM address WHERE party_id = ? ORDER BY id"
    assert house.rows(asked, stays) == [("Rua Augusta, 1200", 1)]
    do(crm, UndoBatch())
    assert house.rows(asked, goes) == [("rua augusta 1200", 1)]
    do(crm, EditParty(party=goes, street="Rua do Porto, 7"))
    do(crm, MergeParties(party=stays, merged=goes))
    assert house.rows(asked, stays) == [("Rua Augusta, 1200", 1), ("Rua do Porto, 7", 0)]


def answered(house: House, party: int) -> dict[str, Value | None]:
    return {
        each.question.key: each.value
        for form in house.open().read(forms.of_person, party)
        for each in form.fields
    }


def with_fields(house: House) -> tuple[int, int, int]:
    """A form of three fields, and two records that know some of them each."""
    crm = house.open()
    form = do(crm, AddForm(name="Perfil", on_person=True)).entity_id or 0
    for label in ("Porte", "Segmento", "[bold]Meta[/]"):
        do(crm, AddQuestion(form=form, label=label))
    one, other = made(house, "Ana Prado"), made(house, "Ana P. Prado")
    do(crm, FillPerson(party=one, form=form, answers={"porte": "Médio", "segmento": "Padaria"}))
    do(crm, FillPerson(party=other, form=form, answers={"porte": "Grande", "bold_meta": "=1+1"}))
    return form, one, other


def test_fields_of_ones_own_are_merged_field_by_field_and_none_is_lost(house: House) -> None:
    form, one, other = with_fields(house)
    crm = house.open()
    found = crm.read(once.sides, one, other)
    assert found is not None
    assert [(each.name, each.mine, each.other) for each in found.own] == [
        (f"form-{form}-porte", "Médio", "Grande"),
        (f"form-{form}-segmento", "Padaria", None),
        (f"form-{form}-bold_meta", None, "=1+1"),
    ]
    do(crm, MergeParties(party=one, merged=other))
    assert answered(house, one) == {"porte": "Médio", "segmento": "Padaria", "bold_meta": "=1+1"}
    do(crm, UndoBatch())
    assert answered(house, one) == {"porte": "Médio", "segmento": "Padaria", "bold_meta": None}
    assert answered(house, other) == {"porte": "Grande", "segmento": None, "bold_meta": "=1+1"}
    do(crm, MergeParties(party=one, merged=other, take=f"form-{form}-porte"))
    assert answered(house, one) == {"porte": "Grande", "segmento": "Padaria", "bold_meta": "=1+1"}
    do(crm, UndoBatch())
    refused(crm.run(MergeParties(party=one, merged=other, take=f"form-{form}-altura")), RefusedBy.INPUT)
    refused(crm.run(MergeParties(party=one, merged=other, both=f"form-{form}-porte")), RefusedBy.INPUT)


def test_a_field_that_only_the_other_has_comes_along_as_it_is(house: House) -> None:
    _, one, other = with_fields(house)
    third = made(house, "Zé Prado")
    do(house.open(), MergeParties(party=third, merged=other))
    assert answered(house, third) == {"porte": "Grande", "segmento": None, "bold_meta": "=1+1"}
    do(house.open(), MergeParties(party=one, merged=third))
    assert answered(house, one) == {"porte": "Médio", "segmento": "Padaria", "bold_meta": "=1+1"}


def test_what_was_typed_about_somebody_who_was_merged_meanwhile_is_not_written_over_the_other(
    house: House,
) -> None:
    ana, stays, gone = (
        house.open("ana"),
        made(house, "Alfa Um", preferences="de Um"),
        made(house, "Alfa Dois"),
    )
    for name in ("Alfa 2", "Alfa II"):
        do(
            ana,
            EditParty(
                party=gone, name=name, version=house.one("SELECT version FROM party WHERE id = ?", gone)
            ),
        )
    seen = house.one("SELECT version FROM party WHERE id = ?", gone)
    do(house.open(), MergeParties(party=stays, merged=gone))
    do(ana, EditParty(party=stays, name="Alfa Um", preferences="de Um"))
    do(ana, EditParty(party=stays, name="Alfa", preferences="de Um"))
    for version in (seen, 1):  # the other one's may be the same by chance
        refusal = refused(ana.run(EditParty(party=gone, name="Alfa II", preferences="", version=version)))
        assert refusal.reason.params == {"name": "Alfa II", "code": f"PE-{gone:05}"}
        third = made(house, f"Alfa {version}")
        refused(house.open().run(MergeParties(party=third, merged=gone, version=1, merged_version=version)))
    kept = house.rows("SELECT name, preferences FROM party WHERE id = ?", stays)
    assert [tuple(row) for row in kept] == [("Alfa", "de Um")]
    do(ana, EditParty(party=gone, name="Alfa Um"))  # without a version, as from the command line, it leads on
    assert house.one("SELECT name FROM party WHERE id = ?", stays) == "Alfa Um"
