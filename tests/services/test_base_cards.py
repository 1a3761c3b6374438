"""Base cards: how they are made, what a new card takes from them, and what is left out. (K14-K20)"""

from __future__ import annotations

import pytest
from house import House, do
from samples import base_card

from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import CardKind
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.domain.template import MOST, Payload, load
from crm_tui.services.board import registers
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    AddBoard,
    AddStage,
    AddTemplate,
    ArchiveTemplate,
    AttachToTemplate,
    DetachFromTemplate,
    EditBoard,
    EditTemplate,
    MoveTemplate,
    NewCard,
    SetBoardMember,
    SetTemplateLabels,
    SetTemplateMembers,
    TemplateFromCard,
    UnarchiveTemplate,
)
from crm_tui.services.label.commands import SetMembers
from crm_tui.services.note.commands import AttachFile
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.rows import Rows
from crm_tui.store.tables import CardLabel, CardMember, ChecklistItem, Label


def _refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


@pytest.fixture
def labels(house: House) -> dict[str, int]:
    """Labels of the first board, of all boards, of another board, and one out of use."""
    board, other = house.any_id("board"), house.any_id("board", 1)
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        return {
            name: rows.insert(Label, name=name, color="red", board_id=of, active=active)
            for name, of, active in (
                ("Urgente", board, True),
                ("Fibra óptica", None, True),
                ("De outro", other, True),
                ("Antiga", board, False),
            )
        }


def _on(house: House, card: int) -> dict[str, list[str]]:
    """What a card has, by kind."""
    of = {
        "labels": "SELECT name FROM card_label c JOIN label l ON l.id = label_id WHERE card_id = ? ORDER BY c.id",
        "members": 'SELECT login FROM card_member c JOIN "user" u ON u.id = user_id WHERE card_id = ? ORDER BY c.id',
        "tasks": "SELECT text FROM checklist_item WHERE card_id = ? AND done_at IS NULL ORDER BY position",
        "comments": "SELECT body FROM note WHERE card_id = ? AND kind = 'comment' ORDER BY id",
        "files": "SELECT filename FROM attachment WHERE entity = 'card' AND entity_id = ? AND deleted_at IS NULL",
    }
    return {name: [value for (value,) in house.rows(sql, card)] for name, sql in of.items()}


def _new(house: House, **more: object) -> int:
    made = do(house.open(), NewCard(subject="Loja nova", **more)).entity_id  # type: ignore[arg-type]
    assert made is not None
    return made


def test_a_new_card_begins_with_all_that_the_base_card_has(house: House, labels: dict[str, int]) -> None:
    ana, board = house.open(), house.any_id("board")
    template = do(
        ana,
        AddTemplate(
            board=board,
            name="Instalar",
            description="O que levar",
            tasks="- Ligar\n\n* Medir o balcão\n[ ] Voltar",
            labels="urgente; Fibra optica, Urgente",
            members="bia,beto",
            comments="Lembrar do frete\n\nVer a internet\nde perto",
        ),
    ).entity_id
    do(ana, AttachToTemplate(template=template, filename="../planta.pdf", content=b"%PDF-1.7"))
    before = house.dump()
    card = _new(house, template=template)
    assert _on(house, card) == {
        "labels": ["Urgente", "Fibra óptica"],
        "members": ["bia", "beto"],
        "tasks": ["Ligar", "Medir o balcão", "Voltar"],
        "comments": ["Lembrar do frete", "Ver a internet\nde perto"],
        "files": ["planta.pdf"],
    }
    assert house.rows("SELECT description, board_id FROM card WHERE id = ?", card) == [("O que levar", board)]
    assert house.one("SELECT count(*) FROM blob WHERE data = ?", b"%PDF-1.7") == 1, (
        "its contents lie there once"
    )
    kinds = [e.kind for e in reversed(ana.read(trails.of_card, card))]
    assert kinds == ["card.opened", "card.filled", "note.commented", "note.commented"]
    do(ana, UndoBatch())
    assert house.dump() == before


def test_what_one_types_goes_before_what_the_base_card_says(house: House) -> None:
    template = do(
        house.open(), AddTemplate(board=house.any_id("board"), name="Visita", description="Dela")
    ).entity_id
    typed = _new(house, template=template, description="Minha")
    assert house.one("SELECT description FROM card WHERE id = ?", typed) == "Minha"


def test_a_base_card_is_changed_field_by_field_and_cards_stay_as_they_began(house: House) -> None:
    ana, template = house.open(), base_card(house)
    card = _new(house, template=template)
    do(ana, EditTemplate(template=template, tasks="Outra"))
    kept = load(house.one("SELECT payload FROM card_template WHERE id = ?", template))
    assert (kept.tasks, kept.members) == (("Outra",), (house.user("bia"),))
    assert _on(house, card)["tasks"] == ["Ligar", "Agendar"]
    assert _on(house, _new(house, template=template))["tasks"] == ["Outra"]


def test_what_no_longer_fits_is_left_out_and_kept(house: House, labels: dict[str, int]) -> None:
    """A label out of use, a colleague who left, one whom the board is closed to."""
    ana, board = house.open(), house.any_id("board")
    do(ana, AddTemplate(board=board, name="Tudo", labels="Urgente, Fibra óptica", members="bia, beto, carla"))
    template = house.one("SELECT id FROM card_template WHERE name = 'Tudo'")
    with ana.store.writing() as connection:
        connection.execute("UPDATE label SET active = 0 WHERE name = 'Urgente'")
        connection.execute("UPDATE \"user\" SET active = 0 WHERE login = 'beto'")
    do(ana, SetBoardMember(board=board, user=house.user("carla"), may=BoardRight.ATTEND))
    do(ana, EditBoard(board=board, restricted=True))
    on = _on(house, _new(house, template=template))
    assert (on["labels"], on["members"]) == (["Fibra óptica"], ["carla"])
    payload = load(house.one("SELECT payload FROM card_template WHERE id = ?", template))
    assert (len(payload.labels), len(payload.members)) == (2, 3)


def test_a_base_card_lets_nobody_in_who_could_not_be_let_in_by_hand(house: House) -> None:
    """nina sees her own cards alone; the owner takes part anyway. The base card keeps both."""
    template = do(
        house.open(), AddTemplate(board=house.any_id("board"), name="Junto", members="nina,bia,beto")
    ).entity_id
    assert _on(house, _new(house, template=template, owner=house.user("bia")))["members"] == ["beto"]
    assert _on(house, _new(house, template=template, owner=house.user("nina")))["members"] == []
    assert isinstance(house.open().run(SetMembers(card=house.card(), add=(house.user("nina"),))), Refusal)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("labels", "De outro"), ("labels", "Antiga"), ("labels", "Nenhuma"), ("members", "ninguem")],
)
def test_a_name_that_is_not_known_names_those_that_are(
    house: House, labels: dict[str, int], field: str, typed: str
) -> None:
    command = AddTemplate(board=house.any_id("board"), name="Visita", **{field: typed})  # type: ignore[arg-type]
    refusal = _refused(house.open().run(command))
    assert (refusal.by, refusal.fields, refusal.reason.params["name"]) == (RefusedBy.INPUT, (field,), typed)
    assert ("Urgente" if field == "labels" else "bia") in refusal.reason.params["known"]


def test_a_card_becomes_a_base_card_with_its_files(house: House, labels: dict[str, int]) -> None:
    ana, card = house.open(), _new(house, description="Como sempre")
    do(ana, AttachFile(card=card, filename="proposta.pdf", content=b"%PDF"))
    with ana.store.writing() as connection:
        rows = Rows(connection)
        rows.insert(CardLabel, card_id=card, label_id=labels["Urgente"])
        rows.insert(CardMember, card_id=card, user_id=house.user("beto"))
        rows.insert_many(
            ChecklistItem, [{"card_id": card, "text": t, "position": n} for n, t in enumerate(("um", "dois"))]
        )
    made = do(ana, TemplateFromCard(card=card, name="Como a da Bia"))
    assert made.entity_id is not None
    new = _new(house, template=made.entity_id)
    assert _on(house, new) == {
        "labels": ["Urgente"],
        "members": ["beto"],
        "tasks": ["um", "dois"],
        "comments": [],
        "files": ["proposta.pdf"],
    }
    assert house.one("SELECT description FROM card WHERE id = ?", new) == "Como sempre"
    history = [e.kind for e in ana.read(trails.of_entity, "card_template", made.entity_id)]
    assert history == ["template.file_added", "template.added"]


def test_who_sets_up_a_board_copies_no_card_that_they_do_not_see(house: House) -> None:
    """nina reads nothing but her own; that she runs the board opens no other card to her."""
    do(
        house.open(),
        SetBoardMember(board=house.any_id("board"), user=house.user("nina"), may=BoardRight.MANAGE),
    )
    nina = house.open("nina")
    refusal = _refused(nina.run(TemplateFromCard(card=house.card("edu"), name="Espiada")))
    assert refusal.by is RefusedBy.MISSING_RECORD
    do(nina, TemplateFromCard(card=house.card("nina"), name="Minha"))


def test_a_base_card_out_of_use_begins_no_card_and_comes_back(house: House) -> None:
    ana, template = house.open(), base_card(house)
    do(ana, ArchiveTemplate(template=template))
    assert _refused(ana.run(NewCard(subject="Um", template=template))).fields == ("template",)
    assert _refused(ana.run(ArchiveTemplate(template=template))).fields == ("template",)
    assert ana.read(boards.pick_template, "") == []
    assert [o.label for o in ana.read(boards.pick_archived_template, "")] == ["Instalação"]
    do(ana, UnarchiveTemplate(template=template))
    _new(house, template=template)
    _refused(ana.run(UnarchiveTemplate(template=template)))


def test_a_base_card_begins_cards_of_its_own_board_alone(house: House) -> None:
    ana, template = house.open(), base_card(house)
    do(ana, AddBoard(name="Feira", kind=CardKind.LEAD, number_prefix="FE"))
    board = house.one("SELECT id FROM board WHERE name = 'Feira'")
    do(ana, AddStage(board=board, name="Primeira"))
    refusal = _refused(ana.run(NewCard(subject="Um", board=board, template=template)))
    assert refusal.fields == ("template",)
    assert ana.read(boards.pick_template, "", board_id=board) == []
    do(ana, AddTemplate(board=board, name="Instalação", tasks="a mesma"))  # a name is free on another board
    refusal = _refused(ana.run(AddTemplate(board=board, name="Instalação")))
    assert refusal.by is RefusedBy.RULE


def test_a_file_is_taken_off_by_its_name(house: House) -> None:
    ana, template = house.open(), base_card(house)
    refusal = _refused(ana.run(DetachFromTemplate(template=template, filename="outra.pdf")))
    assert refusal.reason.params == {"name": "outra.pdf", "known": "planta.pdf"}
    do(ana, DetachFromTemplate(template=template, filename="PLANTA.pdf"))
    assert _on(house, _new(house, template=template))["files"] == []
    do(ana, UndoBatch(batch=house.one("SELECT batch FROM event WHERE kind = 'template.file_removed'")))
    assert _on(house, _new(house, template=template))["files"] == ["planta.pdf"]


def test_more_than_a_card_bears_is_refused(house: House) -> None:
    tasks = "\n".join(f"tarefa {n}" for n in range(MOST + 1))
    refusal = _refused(house.open().run(AddTemplate(board=house.any_id("board"), name="Demais", tasks=tasks)))
    assert refusal.fields == ("tasks",)


def test_two_who_change_one_base_card_are_told(house: House) -> None:
    ana, carla, template = house.open(), house.open("carla"), base_card(house)
    seen = house.version("card_template", template)
    do(carla, EditTemplate(template=template, tasks="Da Carla", version=seen))
    outcome = ana.run(EditTemplate(template=template, tasks="Da Ana", version=seen))
    assert isinstance(outcome, Conflict)
    assert [(f.field, f.mine, f.theirs) for f in outcome.fields] == [("tasks", "Da Ana", "Da Carla")]
    do(ana, EditTemplate(template=template, description="só isto", members="beto", version=seen))
    kept = load(house.one("SELECT payload FROM card_template WHERE id = ?", template))
    assert (kept.tasks, kept.members) == (("Da Carla",), (house.user("beto"),)), "neither is lost"


def test_labels_and_members_are_put_on_and_taken_off_by_themselves(
    house: House, labels: dict[str, int]
) -> None:
    """As the sheet sends them: what it has already is left, the rest is kept, what does not fit is refused."""
    ana, template = house.open(), base_card(house)
    bia, beto = house.user("bia"), house.user("beto")

    def payload() -> Payload:
        return load(house.one("SELECT payload FROM card_template WHERE id = ?", template))

    do(ana, SetTemplateLabels(template=template, add=(labels["Urgente"], labels["Fibra óptica"])))
    do(ana, SetTemplateMembers(template=template, add=(beto, bia), remove=(beto,)))
    do(ana, SetTemplateLabels(template=template, add=(labels["Fibra óptica"],), remove=(labels["Urgente"],)))
    assert (payload().labels, payload().members) == ((labels["Fibra óptica"],), (bia, beto))
    assert payload().tasks == ("Ligar", "Agendar")
    assert do(ana, SetTemplateMembers(template=template, add=(beto,))).events == ()
    for name in ("De outro", "Antiga"):
        refusal = _refused(ana.run(SetTemplateLabels(template=template, add=(labels[name],))))
        assert refusal.fields == ("add",)
    with ana.store.writing() as connection:
        connection.execute("UPDATE \"user\" SET active = 0 WHERE login = 'edu'")
    refusal = _refused(ana.run(SetTemplateMembers(template=template, add=(house.user("edu"),))))
    assert refusal.fields == ("add",)


def test_base_cards_of_a_board_stand_in_the_order_that_one_gives_them(house: House) -> None:
    ana = house.open()
    board = house.any_id("board")
    made = [do(ana, AddTemplate(board=board, name=name)).entity_id or 0 for name in ("Zelo", "Alta", "Meio")]

    def order() -> list[str]:
        return [row.name for row in ana.read(registers.template_register) if row.id in made]

    assert order() == ["Zelo", "Alta", "Meio"]
    done = do(ana, MoveTemplate(template=made[2], step=-99))
    assert order() == ["Meio", "Zelo", "Alta"]
    do(ana, UndoBatch(batch=done.batch))
    assert order() == ["Zelo", "Alta", "Meio"]
    do(ana, ArchiveTemplate(template=made[0]))
    assert _refused(ana.run(MoveTemplate(template=made[0], step=1))).fields == ("template",)
