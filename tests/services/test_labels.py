"""Labels of boards, and labels and members on cards: what may stand where, and who may take part. (K12, K25, K26)"""

from __future__ import annotations

from typing import Any

import pytest
from house import House, card_secret, do

from crm_tui.domain.hue import Hue
from crm_tui.domain.label import least_used, name_free
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board.commands import AddBoard, CopyCard, DeleteCard, EditCard
from crm_tui.services.core.commands import New
from crm_tui.services.label import views
from crm_tui.services.label.commands import (
    AddLabel,
    AddTask,
    EditLabel,
    MoveLabel,
    RestoreLabel,
    RetireLabel,
    SetLabels,
    SetMembers,
)
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


@pytest.fixture(autouse=True)
def no_labels(house: House) -> None:
    """Without the starter's."""
    with house.open().store.writing() as connection:
        connection.execute("DELETE FROM label")


def _why(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal), outcome
    return say(outcome.reason)


def _add(house: House, name: str, **more: Any) -> int:
    made = do(house.open(), AddLabel(name=name, **more)).entity_id
    assert made is not None
    return made


def _names(house: House, owner: str = "bia", viewer: str = "ana") -> list[str]:
    card = house.card(owner)
    worn = house.open(viewer).read(views.worn, [card])
    return [label.name for label in worn.get(card, ())]


def _board(house: House, owner: str = "bia") -> int:
    return int(house.one("SELECT board_id FROM card WHERE id = ?", house.card(owner)))


# --- labels as such


def test_a_name_is_taken_once_whatever_its_case_and_accents(house: House) -> None:
    _add(house, "Indicação")
    crm = house.open()
    assert "already" in _why(crm.run(AddLabel(name="  INDICACAO ")))
    assert "already" in _why(crm.run(AddLabel(name="#indicação", board=_board(house))))


def test_two_boards_may_have_a_label_of_the_same_name_but_all_boards_none_beside_them(house: House) -> None:
    other = do(house.open(), AddBoard(name="Obras", number_prefix="OB")).entity_id
    _add(house, "feira", board=_board(house))
    _add(house, "feira", board=other)
    assert "already" in _why(house.open().run(AddLabel(name="feira")))


def test_a_name_out_of_use_says_where_it_is_taken_back(house: House) -> None:
    do(house.open(), RetireLabel(label=_add(house, "feira 2025")))
    assert "Settings" in _why(house.open().run(AddLabel(name="Feira 2025")))


def test_a_name_is_written_without_its_sign_and_never_empty(house: House) -> None:
    label = _add(house, "# quente")
    assert house.one("SELECT name FROM label WHERE id = ?", label) == "quente"
    assert "missing" in _why(house.open().run(AddLabel(name="#")))
    assert "missing" in _why(house.open().run(EditLabel(label=label, name=" ")))


def test_an_edited_label_keeps_its_own_name_and_not_anothers(house: House) -> None:
    first, _ = _add(house, "quente"), _add(house, "frio")
    crm = house.open()
    assert isinstance(crm.run(EditLabel(label=first, name="Quente", color=Hue.PINK)), Done)
    assert "already" in _why(crm.run(EditLabel(label=first, name="FRIO")))


def test_two_who_rename_one_label_are_told_of_each_other(house: House) -> None:
    label = _add(house, "quente")
    seen = house.version("label", label)
    do(house.open("carla"), EditLabel(label=label, name="fervendo", version=seen))
    outcome = house.open().run(EditLabel(label=label, name="morno", version=seen))
    assert isinstance(outcome, Conflict)
    assert outcome.who == "carla"


def test_labels_are_put_in_order_board_by_board(house: House) -> None:
    ids = [_add(house, name) for name in ("a", "b", "c")]
    _add(house, "z", board=_board(house))
    do(house.open(), MoveLabel(label=ids[2], step=-2))
    assert [row.name for row in house.open().read(views.labels)] == ["c", "a", "b", "z"]
    do(house.open(), UndoBatch())
    assert [row.name for row in house.open().read(views.labels)] == ["a", "b", "c", "z"]


def test_taking_out_of_use_and_back_is_asked_once(house: House) -> None:
    label = _add(house, "quente")
    crm = house.open()
    assert "in use" in _why(crm.run(RestoreLabel(label=label)))
    do(crm, RetireLabel(label=label))
    assert "already" in _why(crm.run(RetireLabel(label=label)))
    do(crm, RestoreLabel(label=label))
    assert [o.label for o in crm.read(views.pick_label, "que")] == ["quente"]


def test_the_next_hue_is_the_first_of_those_used_least() -> None:
    assert least_used([]) is Hue.RED
    assert least_used([Hue.RED, Hue.ORANGE, Hue.RED]) is Hue.YELLOW
    assert least_used([*Hue, Hue.RED]) is Hue.ORANGE
    assert name_free("Ação", [("acao ", True)]) is not None


# --- on cards


def test_labels_are_put_on_and_taken_off_in_the_labels_order(house: House) -> None:
    quente, frio = _add(house, "quente"), _add(house, "frio")
    own = _add(house, "aberto", board=_board(house))
    crm, card = house.open("bia"), house.card("bia")
    do(crm, SetLabels(card=card, add=(own, frio, quente)))
    assert _names(house) == ["quente", "frio", "aberto"]
    do(crm, SetLabels(card=card, add=(quente,), remove=(frio,)))
    assert _names(house) == ["quente", "aberto"]
    told = house.rows("SELECT params FROM event WHERE kind = 'card.labelled' ORDER BY id")
    assert [text for (text,) in told] == ['{"changes":"+aberto, +frio, +quente"}', '{"changes":"-frio"}']


def test_what_is_so_already_writes_nothing(house: House) -> None:
    label = _add(house, "quente")
    crm, card = house.open("bia"), house.card("bia")
    do(crm, SetLabels(card=card, add=(label, label)))
    before = house.one("SELECT count(*) FROM event")
    assert do(crm, SetLabels(card=card, add=(label,))).events == ()
    assert do(crm, SetLabels(card=card, remove=(_add(house, "frio"),))).events == ()
    assert house.one("SELECT count(*) FROM event") == before + 1


def test_a_label_of_another_board_or_out_of_use_is_refused_with_its_name(house: House) -> None:
    other = do(house.open(), AddBoard(name="Obras", number_prefix="OB")).entity_id
    foreign, old = _add(house, "obra", board=other), _add(house, "velha")
    do(house.open(), RetireLabel(label=old))
    crm, card = house.open("bia"), house.card("bia")
    assert "obra" in _why(crm.run(SetLabels(card=card, add=(foreign,))))
    assert "velha" in _why(crm.run(SetLabels(card=card, add=(old,))))
    assert _names(house) == []


def test_a_label_that_went_out_of_use_stays_on_its_cards_and_can_be_taken_off(house: House) -> None:
    label = _add(house, "velha")
    crm, card = house.open("bia"), house.card("bia")
    do(crm, SetLabels(card=card, add=(label,)))
    do(house.open(), RetireLabel(label=label))
    assert _names(house) == ["velha"]
    assert [c.active for c in crm.read(views.label_choices, [card])] == [False]
    assert crm.read(views.label_choices, [house.card("beto")]) == []
    assert crm.read(views.pick_label, "velha") == []
    do(crm, SetLabels(card=card, remove=(label,)))
    assert _names(house) == []


def test_a_label_that_is_gone_meanwhile_is_one_sentence(house: House) -> None:
    label = _add(house, "quente")
    do(house.open(), UndoBatch())
    outcome = house.open("bia").run(SetLabels(card=house.card("bia"), add=(label,)))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD
    assert "gone" in say(outcome.reason)


def test_making_a_label_cannot_be_undone_while_a_card_wears_it(house: House) -> None:
    crm = house.open()
    made = do(crm, AddLabel(name="quente"))
    do(house.open("bia"), SetLabels(card=house.card("bia"), add=(made.entity_id,)))
    assert "can no longer be undone: {who}" in str(crm.run(UndoBatch(batch=made.batch)))
    assert _names(house) == ["quente"]


def test_undo_takes_off_what_was_put_on_and_redo_puts_it_on(house: House) -> None:
    quente, frio = _add(house, "quente"), _add(house, "frio")
    crm, card = house.open("bia"), house.card("bia")
    do(crm, SetLabels(card=card, add=(quente,)))
    do(crm, SetLabels(card=card, add=(frio,), remove=(quente,)))
    do(crm, UndoBatch())
    assert _names(house) == ["quente"]
    do(crm, RedoBatch())
    assert _names(house) == ["frio"]


def test_undoing_a_removal_after_somebody_put_it_on_again_says_so(house: House) -> None:
    label = _add(house, "quente")
    crm, card = house.open("bia"), house.card("bia")
    do(crm, SetLabels(card=card, add=(label,)))
    off = do(crm, SetLabels(card=card, remove=(label,)))
    do(house.open("carla"), SetLabels(card=card, add=(label,)))
    assert "can no longer be undone" in _why(crm.run(UndoBatch(batch=off.batch)))


def test_of_many_cards_those_that_refuse_are_left_and_one_undo_takes_back_the_rest(house: House) -> None:
    label = _add(house, "quente")
    crm = house.open("bia")
    cards = [house.card(owner) for owner in ("bia", "edu", "beto", "bia")]
    many = crm.run_many([SetLabels(card=card, add=(label,)) for card in cards[:3]])
    assert [isinstance(o, Done) for o in many.outcomes] == [True, False, False]
    carla = house.open("carla")
    many = carla.run_many([SetLabels(card=house.card(o), add=(label,)) for o in ("bia", "beto", "carla")])
    assert many.done == 3
    do(carla, UndoBatch())
    assert [_names(house, o) for o in ("bia", "beto", "carla")] == [["quente"], [], []]


def test_a_label_is_made_and_put_on_in_one_batch(house: House) -> None:
    crm, card = house.open("carla"), house.card("carla")
    many = crm.run_many([AddLabel(name="novíssima"), SetLabels(card=card, add=(New(0),))])
    assert many.done == 2
    assert _names(house, "carla") == ["novíssima"]
    do(crm, UndoBatch())
    assert house.one("SELECT count(*) FROM label WHERE name = 'novíssima'") == 0
    refused = crm.run_many([AddLabel(name=""), SetLabels(card=card, add=(New(0),))])
    assert refused.done == 0


def test_a_label_counts_as_an_update_of_the_card_and_is_in_its_story(house: House) -> None:
    card = house.card("bia")
    before = house.one("SELECT last_touch_event_id FROM card WHERE id = ?", card)
    do(house.open("bia"), SetLabels(card=card, add=(_add(house, "quente"),)))
    assert house.one("SELECT last_touch_event_id FROM card WHERE id = ?", card) > before


def test_a_label_hinders_no_edit_of_the_card_by_another(house: House) -> None:
    card = house.card("bia")
    seen = house.version("card", card)
    do(house.open("carla"), SetLabels(card=card, add=(_add(house, "quente"),)))
    assert isinstance(house.open("bia").run(EditCard(card=card, subject="outro", version=seen)), Done)


def test_the_sheet_offers_what_fits_and_counts_what_is_on(house: House) -> None:
    other = do(house.open(), AddBoard(name="Obras", number_prefix="OB")).entity_id
    quente = _add(house, "quente")
    _add(house, "obra", board=other)
    cards = [house.card("bia"), house.card("beto")]
    do(house.open("bia"), SetLabels(card=cards[0], add=(quente,)))
    crm = house.open("bia")
    assert [(c.name, c.on) for c in crm.read(views.label_choices, cards)] == [("quente", 1)]
    assert crm.read(views.board_of, cards) == _board(house)


def test_a_copy_wears_the_labels_that_are_still_in_use(house: House) -> None:
    quente, velha, own = (
        _add(house, "quente"),
        _add(house, "velha"),
        _add(house, "aberto", board=_board(house)),
    )
    crm = house.open("bia")
    do(crm, SetLabels(card=house.card("bia"), add=(quente, velha, own)))
    do(house.open(), RetireLabel(label=velha))
    copy = do(crm, CopyCard(card=house.card("bia"))).entity_id
    assert copy is not None
    assert [label.name for label in crm.read(views.worn, [copy])[copy]] == ["quente", "aberto"]
    do(crm, UndoBatch())
    assert house.one("SELECT count(*) FROM card_label") == 3


# --- members


@pytest.mark.parametrize(
    ("login", "why"),
    [("nina", "may not see"), ("davi", "may not see"), ("edu", "may not see")],
)
def test_who_may_not_see_the_card_takes_no_part_in_it(house: House, login: str, why: str) -> None:
    outcome = house.open("bia").run(SetMembers(card=house.card("bia"), add=(house.user(login),)))
    assert why in _why(outcome)
    assert login in _why(outcome)


def test_members_are_who_may_see_the_card_and_the_owner_is_passed_over(house: House) -> None:
    crm, card = house.open("bia"), house.card("bia")
    users = tuple(house.user(login) for login in ("bia", "carla", "beto", "rui"))
    do(crm, SetMembers(card=card, add=users))
    assert [m.login for m in crm.read(views.members, [card])[card]] == ["beto", "carla", "rui"]
    do(crm, SetMembers(card=card, remove=(house.user("rui"),)))
    do(crm, UndoBatch())
    assert [m.login for m in crm.read(views.members, [card])[card]] == ["beto", "carla", "rui"]


def test_who_left_is_offered_no_more_but_can_be_taken_off(house: House) -> None:
    from crm_tui.services.access.commands import DeactivateUser

    crm, card, rui = house.open("bia"), house.card("bia"), house.user("rui")
    do(crm, SetMembers(card=card, add=(rui,)))
    do(house.open(), DeactivateUser(user=rui))
    assert "no longer works here" in _why(house.open().run(SetMembers(card=house.card("beto"), add=(rui,))))
    assert "rui" not in [c.word for c in crm.read(views.member_choices, [house.card("beto")])]
    do(crm, SetMembers(card=card, remove=(rui,)))
    assert crm.read(views.members, [card]) == {}


def test_of_a_card_that_one_may_not_see_nothing_is_told(house: House) -> None:
    card = house.card("edu")
    do(house.open(), SetLabels(card=card, add=(_add(house, "quente"),)))
    do(house.open(), SetMembers(card=card, add=(house.user("ana"),)))
    crm = house.open("bia")
    assert crm.read(views.worn, [card]) == {}
    assert crm.read(views.members, [card]) == {}
    assert crm.read(views.tallies, [card]) == {}
    assert crm.read(views.tasks, card) == []
    assert card_secret("edu") not in repr(crm.read(views.tasks, card))


def test_a_deleted_card_takes_no_labels_and_shows_none(house: House) -> None:
    label, card = _add(house, "quente"), house.card("bia")
    do(house.open(), SetLabels(card=card, add=(label,)))
    do(house.open(), DeleteCard(card=card))
    outcome = house.open().run(SetLabels(card=card, remove=(label,)))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD
    assert house.open().read(views.worn, [card]) == {}


def test_a_card_that_is_asked_for_twice_is_not_counted_twice(house: House) -> None:
    """By label a card stands in a column for each of its labels: it showed each of them as often, and its tasks."""
    label = do(house.open(), AddLabel(name="quente")).entity_id
    crm, card = house.open("bia"), house.card("bia")
    assert label is not None
    do(crm, SetLabels(card=card, add=(label,)))
    do(crm, AddTask(card=card, text="Ligar"))
    assert [each.name for each in crm.read(views.worn, [card, card])[card]] == ["quente"]
    assert crm.read(views.tallies, [card, card]) == crm.read(views.tallies, [card])
