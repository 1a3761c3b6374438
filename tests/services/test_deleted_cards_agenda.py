"""The steps of a deleted card take nobody's time until it is put back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from house import House, do

from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.board.commands import DeleteCard
from crm_tui.services.free import views as free
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.derived import CHECKS

AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
DAY = date(2026, 12, 2)


def busy(house: House, who: str) -> int:
    found = house.open().read(free.free_days, [house.user(who)], DAY, DAY)
    return found[0].busy


def sound(house: House) -> None:
    with house.open().store.writing() as connection:
        for check in CHECKS:
            if check.name in ("agenda_slots", "agenda_days"):
                assert [*check.differing(connection)] == [], check.name


@pytest.mark.parametrize("all_day", [False, True])
def test_they_take_time_again_when_it_is_put_back(house: House, all_day: bool) -> None:
    crm = house.open()
    card, who = house.card("ana"), (house.user("ana"), house.user("bia"))
    when = DAY if all_day else AT
    made = do(crm, BookAppointment(card=card, who=who, when=when, all_day=all_day, subject="X")).entity_id
    before = busy(house, "ana"), busy(house, "bia")
    assert min(before) > 0
    deleted = do(crm, DeleteCard(card=card)).batch
    assert (busy(house, "ana"), busy(house, "bia")) == (0, 0)
    sound(house)
    with house.open().store.writing() as connection:  # whatever is written meanwhile
        connection.execute(
            "UPDATE activity_attendee SET response = 'declined' WHERE activity_id = ?", (made,)
        )
        connection.execute("UPDATE activity_attendee SET response = 'none' WHERE activity_id = ?", (made,))
        connection.execute("UPDATE activity SET busy = 1 WHERE id = ?", (made,))
    assert (busy(house, "ana"), busy(house, "bia")) == (0, 0)
    sound(house)
    do(crm, UndoBatch(batch=deleted))
    assert (busy(house, "ana"), busy(house, "bia")) == before
    sound(house)
