"""What the day tells: what there is beside an empty list, what was done today, what waits to be registered."""

from __future__ import annotations

from datetime import datetime, timedelta

from house import House, do, in_days

from crm_tui.domain.board import StageCategory
from crm_tui.domain.followup import Around, DayDone
from crm_tui.services.agenda import views as agendas
from crm_tui.services.board.commands import ArchiveCard, MoveCard
from crm_tui.services.board.setup_commands import AddStage
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import PlanStep, Redate
from crm_tui.services.note.commands import FileNote, VoidNote
from crm_tui.services.trail.commands import UndoBatch


def test_what_there_is_beside_ones_own_list_is_what_one_may_see(house: House) -> None:
    everything: Around = house.open("ana").read(views.around)
    own = len([k for k in house.open("ana").read(views.queue).keys if k > 0])
    unowned = house.one("SELECT count(*) FROM card WHERE owner_id IS NULL AND status IN ('open', 'paused')")
    assert everything.cards == everything.of_others + own + unowned
    assert everything.of_others > 0
    listed = [k for k in house.open("beto").read(views.queue, owner_id=0).keys if k > 0]
    assert house.open("beto").read(views.around).cards == len(listed) < everything.cards


def test_the_day_counts_what_was_filed_since_midnight_by_when_it_was_due(house: House) -> None:
    crm, result = house.open("ana"), house.any_id("result")
    party = house.party()
    house.clock.advance(days=1)
    assert crm.read(views.day_done) == DayDone(0, 0, 0)
    for days in (0, 0, 3):
        do(crm, PlanStep(party=party, when=in_days(house.clock, days), subject="ligar"))
    today, undone, later = (
        house.rows("SELECT id FROM activity WHERE subject = 'ligar' ORDER BY id")[n][0] for n in range(3)
    )
    for step in (today, later):
        do(crm, FileNote(party=party, activity=step, body="falei", result=result))
    batch = do(crm, FileNote(party=party, activity=undone, body="engano", result=result)).batch
    assert crm.read(views.day_done) == DayDone(3, 0, 2)
    do(crm, UndoBatch(batch=batch))
    assert crm.read(views.day_done) == DayDone(2, 0, 1)
    assert house.open("beto").read(views.day_done) == DayDone(0, 0, 0)
    house.clock.advance(days=1)
    assert crm.read(views.day_done) == DayDone(0, 0, 0)
    step = do(crm, PlanStep(party=party, when=in_days(house.clock, -2), subject="atrasado")).entity_id
    do(crm, FileNote(party=party, activity=step, body="enfim", result=result))
    assert crm.read(views.day_done) == DayDone(1, 1, 0)


def test_what_was_made_void_was_not_done(house: House) -> None:
    crm = house.open("ana")
    before = crm.read(views.day_done)
    note = do(crm, FileNote(card=house.card(), body="engano", result=house.any_id("result"))).entity_id or 0
    assert crm.read(views.day_done).contacts == before.contacts + 1
    do(crm, VoidNote(note=note, reason="era de outro cliente"))
    assert crm.read(views.day_done) == before


def test_an_appointment_that_is_over_waits_to_be_registered_unless_its_card_is_put_away(house: House) -> None:
    crm, card, step = house.open("ana"), house.card(), house.step("ana")
    do(crm, Redate(activity=step, when=house.clock() + timedelta(hours=1)))
    assert not crm.read(views.passed, step)
    before = crm.read(views.unregistered)
    house.clock.advance(minutes=61)  # it has begun, and takes half an hour
    assert (crm.read(views.unregistered), crm.read(views.passed, step)) == (before, False)
    house.clock.advance(hours=2)
    assert (crm.read(views.unregistered), crm.read(views.passed, step)) == (before + 1, True)
    put_away = do(crm, ArchiveCard(card=card)).batch
    assert (crm.read(views.unregistered), crm.read(views.passed, step)) == (before, False)
    do(crm, UndoBatch(batch=put_away))
    assert crm.read(views.unregistered) == before + 1


def test_what_rests_with_its_stage_is_not_left_to_do(house: House) -> None:
    crm, card = house.open("ana"), house.card()
    do(crm, Redate(activity=house.step("ana"), when=in_days(house.clock, 0)))
    before = crm.read(views.day_left)
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    rests = do(crm, AddStage(board=board, name="Em pausa", category=StageCategory.PAUSED)).entity_id or 0
    do(crm, MoveCard(card=card, stage=rests))
    assert crm.read(views.day_left) == before - 1


def test_a_step_that_is_given_an_hour_takes_its_usual_time_and_is_met_there(house: House) -> None:
    """As one that was planned with its hour: a quarter of an hour later somebody is told of the clash."""
    crm, step = house.open(), house.step("ana")
    at = house.clock() + timedelta(days=2)
    do(crm, Redate(activity=step, when=at))
    usual = timedelta(minutes=30)

    def met(start: datetime) -> list[int]:
        found = crm.read(agendas.conflicts, [house.user("ana")], start, start + usual)
        return [each.activity_id for each in found]

    assert met(at + timedelta(minutes=15)) == [step]
    assert met(at + timedelta(minutes=30)) == []
    do(crm, Redate(activity=step, when=at + timedelta(hours=3)))
    assert met(at + timedelta(minutes=15)) == []
