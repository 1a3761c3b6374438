"""What counts working days follows the edited default calendar at once: deadlines, notices, planned days, words. (X20)

Today is Thursday the 19th of November; Friday is a holiday, so that the next working day is Monday the 23rd.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from house import House, do

from crm_tui.bootstrap import commands
from crm_tui.domain import when
from crm_tui.services.access.commands import EditUser
from crm_tui.services.board.commands import MoveCard
from crm_tui.services.board.setup_commands import EditStage
from crm_tui.services.calendar import commands as c
from crm_tui.services.calendar import views
from crm_tui.services.campaign import views as campaigns
from crm_tui.services.core.crm import Crm
from crm_tui.services.notice import views as notices

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def bridged(house: House) -> Crm:
    """Monday was made a bridge day, in a program that had been open before."""
    crm = house.open()
    assert crm.read(views.own).next_working_day(date(2026, 11, 19)) == MONDAY
    calendar = house.one("SELECT id FROM work_calendar WHERE is_default = 1")
    do(house.open("carla"), c.AddCalendarDay(calendar=calendar, name="Emenda", start_on=MONDAY))
    return crm


def test_the_deadline_of_a_stage_skips_the_new_day_off(house: House, bridged: Crm) -> None:
    card = house.card("bia")
    stage = house.stage(card, 1)
    do(bridged, EditStage(stage=stage, expected_days=1))
    do(bridged, MoveCard(card=card, stage=stage))
    due = house.one("SELECT due_on FROM stage_visit WHERE card_id = ? AND left_at IS NULL", card)
    assert due == TUESDAY.isoformat()


def test_a_notice_comes_the_working_day_before(bridged: Crm) -> None:
    assert bridged.read(notices.stages).until == TUESDAY


def test_a_planned_day_skips_it(house: House, bridged: Crm) -> None:
    result = house.any_id("result")
    edit = commands()["edit_result"]
    do(bridged, edit(result=result, next_mode="auto", delay_days=4))
    follows = bridged.read(campaigns.follows, result)
    assert follows is not None
    assert follows.plans == TUESDAY


@pytest.mark.parametrize(
    ("words", "day"), [("próximo dia útil", TUESDAY), ("+1du", TUESDAY), ("semana que vem", TUESDAY)]
)
def test_the_words_of_dates_skip_it(bridged: Crm, words: str, day: date) -> None:
    now = datetime(2026, 11, 19, 10, 42)
    found = when.read(words, now, bridged.read(views.own), "pt-BR", zone=ZoneInfo("America/Sao_Paulo"))
    assert found == day


def test_who_has_a_calendar_of_their_own_reads_words_by_it_and_deadlines_by_the_default_one(
    house: House, bridged: Crm
) -> None:
    do(bridged, c.AddCalendar(name="Plantão", holidays=False))
    plantao = house.one("SELECT id FROM work_calendar WHERE name = 'Plantão'")
    do(bridged, EditUser(user=house.user("bia"), calendar=plantao))
    bia = house.open("bia")
    assert bia.read(views.own).next_working_day(date(2026, 11, 19)) == date(2026, 11, 20)
    assert bia.read(views.default).next_working_day(date(2026, 11, 19)) == TUESDAY
