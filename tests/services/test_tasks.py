"""The checklist of a card: added, worded, ticked, ordered, deleted; each in the trail and undone. (K30, K44)"""

from __future__ import annotations

from house import House, do

from crm_tui.domain.label import TASK_LIMIT, TASKS_LIMIT, tally
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board.commands import DeleteCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.label import views
from crm_tui.services.label.commands import AddTask, DeleteTask, EditTask, OrderTask, TickTask
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def _why(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal), outcome
    return say(outcome.reason)


def _bia(house: House, *texts: str) -> tuple[Crm, int, list[int]]:
    """bia, her card, and its tasks: the one that the house gave it goes."""
    crm, card = house.open("bia"), house.card("bia")
    for task in crm.read(views.tasks, card):
        do(crm, DeleteTask(task=task.id))
    made = [do(crm, AddTask(card=card, text=text)).entity_id for text in texts]
    return crm, card, [i for i in made if i is not None]


def _texts(crm: Crm, card: int) -> list[str]:
    return [task.text for task in crm.read(views.tasks, card)]


def test_tasks_stand_in_the_order_in_which_they_were_added(house: House) -> None:
    crm, card, _ = _bia(house, "ligar", "mandar o contrato", "cobrar")
    assert _texts(crm, card) == ["ligar", "mandar o contrato", "cobrar"]
    assert crm.read(views.tallies, [card]) == {card: (0, 3)}


def test_a_tick_says_who_and_when_and_is_taken_back(house: House) -> None:
    crm, card, (task,) = _bia(house, "ligar")
    do(crm, TickTask(task=task))
    (done,) = crm.read(views.tasks, card)
    assert (done.done, done.done_by, done.done_at) == (True, "bia", house.clock())
    assert tally(crm.read(views.tasks, card)) == "1/1"
    assert do(crm, TickTask(task=task)).events == ()
    do(crm, TickTask(task=task, done=False))
    assert crm.read(views.tasks, card)[0].done_by is None
    do(crm, UndoBatch())
    assert crm.read(views.tasks, card)[0].done


def test_a_tick_is_done_and_undone_and_done_again(house: House) -> None:
    crm, card, (task,) = _bia(house, "ligar")
    do(crm, TickTask(task=task))
    do(crm, UndoBatch())
    assert crm.read(views.tallies, [card]) == {card: (0, 1)}
    do(crm, RedoBatch())
    assert crm.read(views.tallies, [card]) == {card: (1, 1)}


def test_a_deleted_task_comes_back_with_its_tick_in_its_place(house: House) -> None:
    crm, card, tasks = _bia(house, "a", "b", "c")
    do(crm, TickTask(task=tasks[1]))
    do(crm, DeleteTask(task=tasks[1]))
    assert _texts(crm, card) == ["a", "c"]
    do(crm, UndoBatch())
    assert [(t.text, t.done) for t in crm.read(views.tasks, card)] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]


def test_tasks_change_places_and_stop_at_the_ends(house: House) -> None:
    crm, card, tasks = _bia(house, "a", "b", "c")
    do(crm, OrderTask(task=tasks[2], step=-1))
    assert _texts(crm, card) == ["a", "c", "b"]
    do(crm, OrderTask(task=tasks[0], step=99))
    assert _texts(crm, card) == ["c", "b", "a"]
    assert do(crm, OrderTask(task=tasks[0], step=1)).events == ()
    do(crm, UndoBatch())
    assert _texts(crm, card) == ["a", "c", "b"]


def test_an_order_is_no_update_of_the_card_but_a_tick_is(house: House) -> None:
    crm, card, tasks = _bia(house, "a", "b")
    before = house.one("SELECT last_touch_event_id FROM card WHERE id = ?", card)
    do(crm, OrderTask(task=tasks[1], step=-1))
    assert house.one("SELECT last_touch_event_id FROM card WHERE id = ?", card) == before
    do(crm, TickTask(task=tasks[1]))
    assert house.one("SELECT last_touch_event_id FROM card WHERE id = ?", card) > before


def test_a_task_says_something_in_one_line(house: House) -> None:
    crm, card, (task,) = _bia(house, "ligar\npara o [b]sócio[/b]\x1b[31m")
    assert _texts(crm, card) == ["ligar para o [b]sócio[/b]␛[31m"]
    assert "empty" in _why(crm.run(AddTask(card=card, text=" \n ")))
    assert "empty" in _why(crm.run(EditTask(task=task, text="  ")))
    assert TASK_LIMIT == 200


def test_a_card_holds_a_hundred_tasks(house: House) -> None:
    crm, card, _ = _bia(house)
    many = crm.run_many([AddTask(card=card, text=str(n)) for n in range(TASKS_LIMIT + 1)])
    assert [isinstance(o, Done) for o in many.outcomes] == [True] * TASKS_LIMIT + [False]
    assert "100" in _why(many.outcomes[-1])


def test_two_who_word_one_task_are_told_of_each_other(house: House) -> None:
    crm, _, (task,) = _bia(house, "ligar")
    seen = house.version("checklist_item", task)
    do(house.open("carla"), EditTask(task=task, text="ligar já", version=seen))
    outcome = crm.run(EditTask(task=task, text="escrever", version=seen))
    assert isinstance(outcome, Conflict)
    assert (outcome.who, outcome.fields[0].field) == ("carla", "text")


def test_a_task_that_is_gone_or_whose_card_is_gone_is_no_record(house: House) -> None:
    crm, card, tasks = _bia(house, "a", "b")
    do(crm, DeleteTask(task=tasks[0]))
    for command in (TickTask(task=tasks[0]), OrderTask(task=tasks[0], step=1), DeleteTask(task=tasks[0])):
        outcome = crm.run(command)
        assert isinstance(outcome, Refusal)
        assert outcome.by is RefusedBy.MISSING_RECORD
    do(house.open(), DeleteCard(card=card))
    outcome = house.open().run(TickTask(task=tasks[1]))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.MISSING_RECORD


def test_each_deed_is_one_sentence_of_the_cards_story(house: House) -> None:
    crm, card, (task,) = _bia(house, "ligar")
    do(crm, TickTask(task=task))
    do(crm, EditTask(task=task, text="ligar já"))
    do(crm, DeleteTask(task=task))
    kinds = house.rows("SELECT kind FROM event WHERE card_id = ? ORDER BY id DESC LIMIT 4", card)
    assert [kind for (kind,) in kinds] == ["task.deleted", "task.edited", "task.done", "task.added"]
