"""Calendar files taken in and given out: judged before anything is written, one batch, one undo, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from house import House, do, done

from crm_tui.connectors.ics_read import read
from crm_tui.connectors.ics_write import write
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import IcsEvent, IcsFile, Status, Who
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.recurring import Repeat
from crm_tui.i18n import say
from crm_tui.services.agenda import file_views, going_out
from crm_tui.services.agenda.commands import (
    BookAppointment,
    CancelAppointment,
    DeleteAppointment,
    MoveAppointment,
    TakeInAppointment,
)
from crm_tui.services.agenda.file_commands import in_order, take_ins
from crm_tui.services.agenda.judging import Judged, Verdict
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.rows import Rows
from crm_tui.store.tables import ContactPoint

ZONE = ZoneInfo("America/Sao_Paulo")
AT = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in São Paulo."""
HOUR = timedelta(hours=1)


def event(uid: str = "a@x", at: datetime = AT, **said: Any) -> IcsEvent:
    day = at.astimezone(ZONE).date()
    facts: dict[str, Any] = {
        "summary": "Visita",
        "all_day": False,
        "first_on": day,
        "last_on": day,
        "zone": ZONE.key,
        "start": at,
        "end": at + HOUR,
    }
    return IcsEvent(uid=uid, **(facts | said))


def weekly(**said: Any) -> IcsEvent:
    return event("s@x", **({"rrule": "FREQ=WEEKLY;COUNT=5", "summary": "Semanal"} | said))


def judged(crm: Crm, *events: IcsEvent, user: int | None = None) -> list[Judged]:
    found: list[Judged] = crm.read(file_views.preview, events, user)
    return found


def verdicts(crm: Crm, *events: IcsEvent) -> list[Verdict]:
    return [row.verdict for row in judged(crm, *events)]


def taken(crm: Crm, *events: IcsEvent, user: int | None = None) -> list[int]:
    """Take all in that is new; the activities that each is about."""
    rows = in_order(judged(crm, *events, user=user))
    many = crm.run_many(take_ins(rows, source="x.ics", user=user))
    return [done(outcome).entity_id or 0 for outcome in many.outcomes]


def given_out(crm: Crm, activity: int) -> list[IcsEvent]:
    """What goes out of it, written and read again."""
    found: list[IcsEvent] = crm.read(going_out.appointment_file, activity)
    again = read(write(found, AT), "x.ics", ZONE)
    assert isinstance(again, IcsFile)
    assert (again.faults, again.notices) == ((), ())
    return list(again.events)


def days(house: House, uid: str = "s@x") -> list[tuple[str, str, str]]:
    return house.rows(
        "SELECT occurrence_on, state, start_at FROM activity WHERE uid = ? AND deleted_at IS NULL ORDER BY 1",
        uid,
    )


# --- one ----------------------------------------------------------------------------------------------------


def test_a_new_one_is_in_the_agenda_of_whoever_takes_it_in(house: House) -> None:
    crm = house.open("beto")
    (found,) = taken(crm, event(location="Rua A", private=True, busy=False, remind_minutes=15, sequence=3))
    row = house.rows(
        "SELECT subject, start_at, end_at, due_on, location, private, busy, remind_minutes, sequence, uid, zone,"
        " assignee_id, state, source FROM activity WHERE id = ?",
        found,
    )[0]
    assert row[:11] == (
        *("Visita", "2026-12-02T17:00:00.000Z", "2026-12-02T18:00:00.000Z", "2026-12-02", "Rua A"),
        *(1, 0, 15, 3, "a@x", "America/Sao_Paulo"),
    )
    assert row[11:] == (house.user("beto"), "planned", "import")


def test_the_same_file_twice_is_nothing_new_and_one_undo_takes_all_back(house: House) -> None:
    crm = house.open("beto")
    before = house.dump()
    events = (event(), event("b@x", AT + HOUR), weekly())
    taken(crm, *events)
    assert verdicts(crm, *events) == [Verdict.UNCHANGED] * 3
    assert taken(crm, *events) == []
    done(crm.run(UndoBatch(batch=house.one("SELECT batch FROM event ORDER BY id DESC LIMIT 1"))))
    assert house.dump() == before


def test_a_preview_writes_nothing(house: House) -> None:
    crm = house.open("beto")
    before = house.dump()
    assert verdicts(crm, event(), weekly(), event("c@x", status=Status.CANCELLED)) == [
        *(Verdict.NEW, Verdict.NEW, Verdict.SKIPPED),
    ]
    assert house.dump() == before


def test_newer_wins_and_older_is_left_out_and_said(house: House) -> None:
    crm = house.open("beto")
    (found,) = taken(crm, event(sequence=2))
    newer = event(at=AT + HOUR, sequence=3, summary="Visita longa")
    assert verdicts(crm, newer) == [Verdict.UPDATE]
    assert taken(crm, newer) == [found]
    assert house.rows("SELECT subject, start_at, sequence FROM activity WHERE id = ?", found) == [
        ("Visita longa", "2026-12-02T18:00:00.000Z", 3)
    ]
    (older,) = judged(crm, event(sequence=2))
    assert older.verdict is Verdict.SKIPPED
    assert older.why is not None
    assert say(older.why) == "it was changed here since: the file is older."


def test_what_was_changed_here_since_is_not_put_back_by_the_old_file(house: House) -> None:
    crm = house.open("beto")
    (found,) = taken(crm, event())
    done(crm.run(MoveAppointment(activity=found, when=AT + timedelta(days=1))))
    assert verdicts(crm, event()) == [Verdict.SKIPPED]
    (other,) = taken(crm, event("b@x", AT + 5 * HOUR))
    done(crm.run(DeleteAppointment(activity=other)))
    assert verdicts(crm, event("b@x", AT + 5 * HOUR)) == [Verdict.SKIPPED]


def test_one_that_is_called_off(house: House) -> None:
    crm = house.open("beto")
    (found,) = taken(crm, event())
    off = event(status=Status.CANCELLED, sequence=1)
    assert verdicts(crm, off) == [Verdict.CANCEL]
    taken(crm, off)
    assert house.one("SELECT state FROM activity WHERE id = ?", found) == "canceled"
    assert verdicts(crm, off) == [Verdict.UNCHANGED]
    assert verdicts(crm, event(sequence=2)) == [Verdict.UPDATE]
    taken(crm, event(sequence=2))
    assert house.one("SELECT state FROM activity WHERE id = ?", found) == "planned"


def test_what_is_over_already_is_entered_as_held(house: House) -> None:
    crm = house.open("beto")
    (found,) = taken(crm, event(at=AT - timedelta(days=60)))
    assert house.rows("SELECT state, done_at FROM activity WHERE id = ?", found) == [
        ("done", "2026-10-03T18:00:00.000Z")
    ]
    (past,) = judged(crm, event(at=AT - timedelta(days=60), summary="Outra", sequence=1))
    assert past.verdict is Verdict.SKIPPED


def test_whole_days(house: House) -> None:
    crm = house.open("beto")
    leave = event(all_day=True, start=None, end=None, first_on=date(2028, 2, 29), last_on=date(2028, 3, 1))
    (found,) = taken(crm, leave)
    assert house.rows("SELECT all_day, due_on, last_on, start_at FROM activity WHERE id = ?", found) == [
        (1, "2028-02-29", "2028-03-01", None)
    ]
    assert verdicts(crm, leave) == [Verdict.UNCHANGED]


def test_people_are_known_by_their_address(house: House) -> None:
    admin = house.open()
    with admin.store.writing() as connection:
        connection.execute("UPDATE user SET email = login || '@casa.br'")
        Rows(connection).insert(
            ContactPoint,
            party_id=house.party("beto"),
            kind="email",
            value="Cliente@x.br",
            normalized="cliente@x.br",
        )
    crm = house.open("beto")
    people = (
        Who("beto@casa.br", "Beto", Response.ACCEPTED),
        Who("bia@casa.br", "Bia", Response.DECLINED),
        Who("cliente@x.br", "Cliente", Response.TENTATIVE),
        Who("fora@y.br", "Alguém"),
    )
    invited = event(attendees=people, organizer=Who("chefe@y.br"))
    (found,) = taken(crm, invited)
    assert house.rows(
        "SELECT user_id, party_id, address, response FROM activity_attendee WHERE activity_id = ? ORDER BY id",
        found,
    ) == [
        (house.user("bia"), None, None, "declined"),
        (None, house.party("beto"), None, "tentative"),
        (None, None, "fora@y.br", "none"),
        (None, None, "chefe@y.br", "accepted"),
    ]
    assert house.one("SELECT party_id FROM activity WHERE id = ?", found) == house.party("beto")
    assert verdicts(crm, invited) == [Verdict.UNCHANGED]
    accepted = replace(invited, attendees=(*people[:3], people[3]._replace(response=Response.ACCEPTED)))
    assert verdicts(crm, accepted) == [Verdict.UPDATE]


def test_into_somebody_elses_agenda_only_by_whoever_may(house: House) -> None:
    boss = house.open()
    (found,) = taken(boss, event(), user=house.user("beto"))
    assert house.one("SELECT assignee_id FROM activity WHERE id = ?", found) == house.user("beto")
    davi = house.open("davi")
    (other,) = judged(davi, event())
    assert other.verdict is Verdict.SKIPPED
    assert other.why is not None
    assert say(other.why) == "it is in another agenda already, and you may not see it there."
    refused = davi.run(take_ins([Judged(event("z@x"), Verdict.NEW)], source="", user=house.user("beto"))[0])
    assert isinstance(refused, Refusal)


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"},
        {"rule": "FREQ=SECONDLY"},
        {"rule": "FREQ=DAILY;BYMONTH=13"},
        {"end": AT - HOUR},
    ],
)
def test_what_no_file_says_is_refused_at_the_door(house: House, wrong: dict[str, Any]) -> None:
    said = {
        "uid": "a",
        "first_on": AT.date(),
        "last_on": AT.date(),
        "zone": "UTC",
        "start": AT,
        "end": AT + HOUR,
    }
    assert isinstance(house.open().run(TakeInAppointment(**(said | wrong))), Refusal)


# --- one that comes again -----------------------------------------------------------------------------------


def test_a_series_with_what_falls_out_what_is_added_and_what_differs(house: House) -> None:
    crm = house.open("beto")
    main = weekly(exdates=(date(2026, 12, 9),), rdates=(datetime(2026, 12, 10, 19, tzinfo=UTC),))
    moved = event(
        "s@x", AT + timedelta(days=14, hours=3), recurrence=AT + timedelta(days=14), summary="Mais tarde"
    )
    off = event("s@x", AT + timedelta(days=21), recurrence=AT + timedelta(days=21), status=Status.CANCELLED)
    assert verdicts(crm, off, moved, main) == [Verdict.CANCEL, Verdict.NEW, Verdict.NEW]
    taken(crm, off, moved, main)
    assert days(house) == [
        ("2026-12-02", "planned", "2026-12-02T17:00:00.000Z"),
        ("2026-12-10", "planned", "2026-12-10T19:00:00.000Z"),
        ("2026-12-16", "planned", "2026-12-16T20:00:00.000Z"),
        ("2026-12-23", "canceled", "2026-12-23T17:00:00.000Z"),
        ("2026-12-30", "planned", "2026-12-30T17:00:00.000Z"),
    ]
    assert verdicts(crm, off, moved, main) == [Verdict.UNCHANGED] * 3


def test_a_series_that_the_file_changes(house: House) -> None:
    crm = house.open("beto")
    taken(crm, weekly())
    later = weekly(at=AT + HOUR, rrule="FREQ=WEEKLY;COUNT=3", sequence=1, exdates=(date(2026, 12, 9),))
    assert verdicts(crm, later) == [Verdict.UPDATE]
    taken(crm, later)
    assert days(house) == [
        ("2026-12-02", "planned", "2026-12-02T18:00:00.000Z"),
        ("2026-12-16", "planned", "2026-12-16T18:00:00.000Z"),
    ]
    assert verdicts(crm, later) == [Verdict.UNCHANGED]
    off = weekly(status=Status.CANCELLED, sequence=2)
    taken(crm, off)
    assert {state for _, state, _ in days(house)} == {"canceled"}


def test_a_series_that_the_file_ends_is_made_whole_and_never_continued(house: House) -> None:
    taken(house.open(), weekly())
    assert house.one("SELECT made_until FROM activity_series WHERE uid = 's@x'") == "9999-12-31"
    taken(house.open(), event("t@x", rrule="FREQ=WEEKLY"))
    assert house.one("SELECT made_until FROM activity_series WHERE uid = 't@x'") < "2029"


def test_an_occurrence_alone_then_its_series(house: House) -> None:
    """An invitation to one meeting of a series comes before the series itself: it is not there twice then."""
    crm = house.open("beto")
    alone = event("s@x", AT + timedelta(days=7, hours=1), recurrence=AT + timedelta(days=7))
    taken(crm, alone)
    assert verdicts(crm, alone) == [Verdict.UNCHANGED]
    taken(crm, weekly())
    assert [day for day, _, _ in days(house)] == [f"2026-12-{n:02}" for n in (2, 9, 16, 23, 30)]


def test_a_series_that_began_long_ago_is_made_from_a_month_back(house: House) -> None:
    crm = house.open("beto")
    old = weekly(at=AT - timedelta(days=3640), rrule="FREQ=DAILY")
    (row,) = judged(crm, old)
    taken(crm, old)
    found = days(house)
    assert (row.times, len(found), found[0][0], found[0][1]) == (400, 400, "2026-10-19", "done")
    assert verdicts(crm, old) == [Verdict.UNCHANGED]
    over = weekly(at=AT - timedelta(days=3640))
    assert [row.verdict for row in judged(crm, replace(over, uid="o@x"))] == [Verdict.SKIPPED]


def test_a_series_keeps_its_hour_over_the_change_of_the_clock(house: House) -> None:
    """New York, from winter to summer time, in an agenda of São Paulo."""
    crm = house.open("beto")
    start = datetime(2027, 3, 7, 10, tzinfo=ZoneInfo("America/New_York"))
    taken(crm, weekly(at=start.astimezone(UTC), zone="America/New_York", rrule="FREQ=WEEKLY;COUNT=2"))
    assert [at for _, _, at in days(house)] == ["2027-03-07T15:00:00.000Z", "2027-03-14T14:00:00.000Z"]


# --- out ----------------------------------------------------------------------------------------------------


def test_what_goes_out_comes_in_as_known(house: House) -> None:
    """One of ours and a series with one moved, one cancelled and one deleted: our own file brings nothing new, here or
    twice elsewhere."""
    crm = house.open("beto")
    single = do(crm, BookAppointment(when=AT, subject="Visita", location="Rua A", remind=10)).entity_id or 0
    first = do(crm, BookAppointment(when=AT + HOUR, subject="Semanal", repeat=Repeat.WEEKLY)).entity_id or 0
    ids = [row[0] for row in house.rows("SELECT id FROM activity WHERE subject = 'Semanal' ORDER BY id")]
    do(crm, MoveAppointment(activity=ids[1], when=AT + timedelta(days=8)))
    do(crm, CancelAppointment(activity=ids[2]))
    do(crm, DeleteAppointment(activity=ids[3]))
    out = [*given_out(crm, single), *given_out(crm, first)]
    assert [(e.summary, bool(e.rrule), e.status.value) for e in out] == [
        ("Visita", False, "CONFIRMED"),
        ("Semanal", True, "CONFIRMED"),
        ("Semanal", False, "CONFIRMED"),
        ("Semanal", False, "CANCELLED"),
    ]
    assert out[1].exdates == (date(2026, 12, 23),)
    assert set(verdicts(crm, *out)) == {Verdict.UNCHANGED}
    assert given_out(crm, single)[0].uid == out[0].uid


def test_what_came_from_a_file_goes_out_under_its_own_name(house: House) -> None:
    crm = house.open("beto")
    main = weekly(exdates=(date(2026, 12, 9),))
    moved = event(
        "s@x", AT + timedelta(days=14, hours=3), recurrence=AT + timedelta(days=14), summary="Mais tarde"
    )
    found = taken(crm, main, moved)
    out = given_out(crm, found[0])
    assert [replace(e, line=0, stamp=None) for e in out] == [main, moved]


def test_the_feed_tells_of_others_only_that_they_are_busy(house: House) -> None:
    """Every word of one's own, of the others those that one may see and asked for; never of a private one."""
    bia = house.open("bia")
    taken(
        bia, event("open@x", summary="Aberta"), event("own@x", AT + HOUR, summary="Particular", private=True)
    )
    taken(house.open("beto"), event("mine@x", AT + 2 * HOUR, summary="Minha"))
    users = [house.user("bia"), house.user("beto")]

    def titles(login: str, *, details: bool) -> list[str]:
        return sorted(e.summary for e in house.open(login).read(going_out.feed, users, details=details))

    assert titles("carla", details=True) == ["", "Aberta", "Minha"]
    assert titles("carla", details=False) == ["", "", ""]
    assert titles("bia", details=False) == ["", "Aberta", "Particular"]
    unseen = [e for e in house.open("carla").read(going_out.feed, users) if not e.summary]
    assert all(not (e.location or e.description or e.attendees) for e in unseen)


def test_what_went_out_without_its_details_never_comes_back_as_them(house: House) -> None:
    """Red if it went by the appointment's own identity: then “busy” would be what it is about."""
    bia = house.open("bia")
    taken(bia, event(), weekly(at=AT + 2 * HOUR))
    out = house.open().read(going_out.feed, [house.user("bia")], details=False)
    told = [replace(each, summary="ocupado") for each in out]
    assert len(told) == 2
    assert set(verdicts(house.open(), *told)) == {Verdict.SKIPPED}


def test_a_series_that_was_called_off_is_not_carried_on(house: House) -> None:
    """Red without the end of the rule: the clock would make the next ones, planned."""
    crm = house.open("beto")
    taken(crm, weekly(rrule="FREQ=WEEKLY"))
    taken(crm, weekly(rrule="FREQ=WEEKLY", status=Status.CANCELLED, sequence=1))
    assert house.one("SELECT rrule FROM activity_series WHERE uid = 's@x'") == "FREQ=WEEKLY;UNTIL=20261201"
    assert verdicts(crm, weekly(rrule="FREQ=WEEKLY", status=Status.CANCELLED, sequence=1)) == [
        Verdict.UNCHANGED
    ]


def test_who_does_it_is_not_invited_to_it(house: House) -> None:
    """Changed by somebody else's file: the operator in whose agenda it is stays that alone."""
    with house.open().store.writing() as connection:
        connection.execute("UPDATE user SET email = login || '@casa.br'")
    (found,) = taken(house.open("beto"), event())
    newer = event(sequence=1, summary="Outra", attendees=(Who("beto@casa.br"), Who("ana@casa.br")))
    assert taken(house.open(), newer) == [found]
    assert house.rows("SELECT user_id FROM activity_attendee WHERE activity_id = ?", found) == [
        (house.user("ana"),)
    ]
    assert verdicts(house.open(), newer) == [Verdict.UNCHANGED]


def test_one_that_may_not_be_seen_does_not_go_out_alone(house: House) -> None:
    (found,) = taken(house.open("bia"), event(private=True))
    assert house.open("carla").read(going_out.appointment_file, found) == []


def test_the_people_of_one_of_ours_go_out_with_their_answers(house: House) -> None:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE user SET email = login || '@casa.br'")
    crm = house.open("beto")
    made = do(crm, BookAppointment(when=AT, subject="Visita", who=(house.user("beto"), house.user("bia"))))
    (out,) = given_out(crm, made.entity_id or 0)
    assert out.organizer is not None
    assert (out.organizer.address, [w.address for w in out.attendees]) == ("beto@casa.br", ["bia@casa.br"])
    assert isinstance(made, Done)
