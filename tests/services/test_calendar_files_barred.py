"""Calendar files that would do what the operator may not do by any other way: all of them end before the write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from house import House, do
from test_calendar_files import AT, event, given_out, judged, taken, verdicts, weekly

from crm_tui.domain.access import BoardRight
from crm_tui.domain.ics import IcsEvent, Status, Who
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say
from crm_tui.services.agenda.commands import BookAppointment, CancelAppointment
from crm_tui.services.agenda.file_commands import in_order, take_ins
from crm_tui.services.agenda.judging import Verdict
from crm_tui.services.board.setup_commands import EditBoard, SetBoardMember


@pytest.fixture
def mailed(house: House) -> House:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE user SET email = login || '@casa.br'")
    return house


def booked(house: House, login: str, **said: object) -> tuple[int, list[IcsEvent]]:
    """An appointment of this operator, and what goes out of it."""
    crm = house.open(login)
    made = do(crm, BookAppointment(**{"when": AT, "subject": "Sigilo", **said})).entity_id or 0
    return made, given_out(crm, made)


def newer(events: Sequence[IcsEvent], **said: object) -> list[IcsEvent]:
    return [replace(each, sequence=each.sequence + 5, **said) for each in events]  # type: ignore[arg-type]


def test_who_is_invited_to_a_private_one_does_not_open_it_by_a_file(mailed: House) -> None:
    """Red before: a manager who takes part rewrote it, and made it public."""
    number, out = booked(mailed, "bia", private=True, who=(mailed.user("bia"), mailed.user("carla")))
    (row,) = judged(mailed.open("carla"), *newer(out, summary="Aberto", private=False))
    assert row.verdict is Verdict.SKIPPED
    assert row.why is not None
    assert say(row.why) == "it is private in bia's agenda: only bia may change it."
    assert verdicts(mailed.open("bia"), *newer(out, summary="Outro")) == [Verdict.UPDATE]
    assert mailed.one("SELECT private FROM activity WHERE id = ?", number) == 1


def test_of_one_that_may_not_be_seen_a_file_learns_nobody(mailed: House) -> None:
    """Red if the preview named in whose agenda an identity is that was tried out."""
    _, out = booked(mailed, "bia", private=True)
    taken(mailed.open("bia"), weekly(private=True))
    carla = mailed.open("carla")
    asked = [judged(carla, each)[0] for each in (*newer(out), weekly(summary="Outra"), event("s@x"))]
    told = [say(row.why) for row in asked if row.why is not None]
    assert told == ["it is in another agenda already, and you may not see it there."] * 3


def test_nothing_is_grafted_on_a_series_that_one_may_not_change(mailed: House) -> None:
    taken(mailed.open("bia"), weekly(private=True))
    between = AT + timedelta(days=3)
    for login in ("beto", "carla"):
        graft = event("s@x", between, recurrence=between, summary="Enxerto")
        assert verdicts(mailed.open(login), graft) == [Verdict.SKIPPED]
    own = event("s@x", between, recurrence=between, private=True)
    assert verdicts(mailed.open("bia"), own) == [Verdict.NEW]


@pytest.mark.parametrize("over", ["status = 'lost'", "deleted_at = '2026-11-01T00:00:00.000Z'"])
def test_no_file_brings_back_the_step_of_a_card_that_is_over(mailed: House, over: str) -> None:
    card = mailed.card("bia")
    number, out = booked(mailed, "bia", card=card)
    do(mailed.open("bia"), CancelAppointment(activity=number))
    again = newer(out, status=Status.CONFIRMED)
    assert verdicts(mailed.open("bia"), *again) == [Verdict.UPDATE]
    with mailed.open().store.writing() as connection:
        connection.execute(f"UPDATE card SET {over} WHERE id = ?", (card,))
    assert verdicts(mailed.open("bia"), *again) == [Verdict.SKIPPED]


def test_no_file_lets_a_colleague_in_behind_the_wall(mailed: House) -> None:
    """Red before: whoever has that address got the hour of a card that they may not see."""
    ana, board = mailed.open(), mailed.any_id("board")
    do(ana, SetBoardMember(board=board, user=mailed.user("beto"), may=BoardRight.ATTEND))
    do(ana, EditBoard(board=board, restricted=True))
    number, out = booked(mailed, "beto", card=mailed.card("beto"))
    beto = mailed.open("beto")
    inviting = newer(out, organizer=Who("beto@casa.br"), attendees=(Who("edu@casa.br"),))
    rows = in_order(judged(beto, *inviting))
    (outcome,) = beto.run_many(take_ins(rows, source="x.ics")).outcomes
    assert isinstance(outcome, Refusal)
    assert "edu takes no part in this board" in say(outcome.reason)
    assert mailed.rows("SELECT user_id FROM activity_attendee WHERE activity_id = ?", number) == []


def test_what_comes_on_dates_alone_comes_on_all_of_them(house: House) -> None:
    """Red before: the first was taken in, the others were left out without a word."""
    from datetime import UTC
    from zoneinfo import ZoneInfo

    from crm_tui.connectors.ics_read import read
    from crm_tui.domain.ics import IcsFile

    lines = (
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:d@x", "SUMMARY:Aulas", "DTSTART:20261210T130000Z"),
        *("RDATE:20261211T130000Z,20261214T150000Z", "END:VEVENT", "END:VCALENDAR"),
    )
    file = read("\r\n".join(lines).encode(), "x.ics", ZoneInfo("America/Sao_Paulo"))
    assert isinstance(file, IcsFile)
    crm = house.open("beto")
    taken(crm, *file.events)
    hours = [row[0][:16] for row in house.rows("SELECT start_at FROM activity WHERE uid = 'd@x' ORDER BY 1")]
    assert hours == ["2026-12-10T13:00", "2026-12-11T13:00", "2026-12-14T15:00"]
    assert verdicts(crm, *file.events) == [Verdict.UNCHANGED]
    assert (date(2026, 12, 10), UTC) == (file.events[0].first_on, UTC)
