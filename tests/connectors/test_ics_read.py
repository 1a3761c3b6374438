"""Calendar files in: what an event says, whoever wrote it; and what is said of one that cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_tui.connectors.ics_read import open_calendar, read
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import MAX_EVENTS, IcsEvent, IcsFile, Method, Who, grouped
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def calendar(*lines: str, head: tuple[str, ...] = (), end: str = "\r\n") -> bytes:
    whole = ("BEGIN:VCALENDAR", "VERSION:2.0", *head, *lines, "END:VCALENDAR", "")
    return end.join(whole).encode()


def event(*lines: str, uid: str = "a@x", begun: str = "DTSTART:20261123T130000Z") -> tuple[str, ...]:
    return ("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Visit", *([begun] if begun else []), *lines, "END:VEVENT")


def file_of(content: bytes) -> IcsFile:
    found = read(content, "x.ics", SAO_PAULO)
    assert isinstance(found, IcsFile), found
    return found


def only(*lines: str, head: tuple[str, ...] = (), begun: str = "DTSTART:20261123T130000Z") -> IcsEvent:
    found = file_of(calendar(*event(*lines, begun=begun), head=head))
    assert found.faults == ()
    (one,) = found.events
    return one


def broken(*lines: str, begun: str = "DTSTART:20261123T130000Z") -> str:
    found = file_of(calendar(*event(*lines, begun=begun)))
    assert found.events == ()
    (fault,) = found.faults
    assert (fault.line, fault.title) == (3, "Visit")
    return say(fault.reason)


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type, misc]


# --- when ---------------------------------------------------------------------------------------------------


def test_an_instant_in_utc_is_on_the_operators_own_clock() -> None:
    one = only("DTEND:20261123T140000Z")
    assert (one.start, one.end) == (utc(2026, 11, 23, 13), utc(2026, 11, 23, 14))
    assert (one.zone, one.first_on, one.all_day) == ("America/Sao_Paulo", date(2026, 11, 23), False)


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("E. South America Standard Time", "America/Sao_Paulo"),
        ("/freeassociation.sourceforge.net/America/New_York", "America/New_York"),
        ("/mozilla.org/20070129_1/America/New_York", "America/New_York"),
        ('"America/New_York"', "America/New_York"),
    ],
)
def test_a_zone_is_known_by_any_of_its_names(tzid: str, zone: str) -> None:
    one = only(begun=f"DTSTART;TZID={tzid}:20260701T100000")
    assert one.zone == zone
    assert one.start == datetime(2026, 7, 1, 10, tzinfo=ZoneInfo(zone))


NEW_YORK = (
    "BEGIN:VTIMEZONE",
    "TZID:Our own",
    "BEGIN:STANDARD",
    "DTSTART:20071104T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    "TZOFFSETFROM:-0400",
    "TZOFFSETTO:-0500",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:20070311T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0400",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@pytest.mark.parametrize(
    "local",
    [
        "20260115T100000",
        "20260701T100000",
        "20260308T015959",
        "20260308T023000",
        "20261101T013000",
        "20261101T020000",
    ],
)
def test_a_zone_of_the_files_own_is_recognised_by_its_rules(local: str) -> None:
    """Also in the gap and in the hour that comes twice: as the known zone counts them."""
    one = only(head=NEW_YORK, begun=f"DTSTART;TZID=Our own:{local}")
    assert one.zone == "America/New_York"
    wall = datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo("America/New_York"))
    assert one.start == wall.astimezone(UTC)


def test_a_zone_that_gave_up_summer_time_stays_on_its_last_hour() -> None:
    """As programs write São Paulo: both rules end in 2019. Red if a rule that ended were looked for in the last year
    alone: then the later beginning counts, which is summer time's."""
    rules = (
        ("STANDARD", "20080217T000000", "-0200", "-0300", "BYMONTH=2;BYDAY=3SU;UNTIL=20190217T020000Z"),
        ("DAYLIGHT", "20081019T000000", "-0300", "-0200", "BYMONTH=10;BYDAY=3SU;UNTIL=20171015T030000Z"),
    )
    lines = [
        f"BEGIN:{part}\nDTSTART:{begun}\nTZOFFSETFROM:{a}\nTZOFFSETTO:{b}\nRRULE:FREQ=YEARLY;{rule}\nEND:{part}"
        for part, begun, a, b, rule in rules
    ]
    head = ("BEGIN:VTIMEZONE", "TZID:Brasil", *lines, "END:VTIMEZONE")
    one = only(head=head, begun="DTSTART;TZID=Brasil:20261215T100000")
    assert (one.start, one.zone) == (utc(2026, 12, 15, 13), "America/Sao_Paulo")
    assert only(head=head, begun="DTSTART;TZID=Brasil:20161215T100000").start == utc(2016, 12, 15, 12)


def test_a_zone_like_no_other_gives_its_instants_and_no_series() -> None:
    odd = [line.replace("-0500", "-0517") for line in NEW_YORK]
    begun = "DTSTART;TZID=Our own:20260115T100000"
    one = only(head=tuple(odd), begun=begun)
    assert (one.start, one.zone) == (utc(2026, 1, 15, 15, 17), "America/Sao_Paulo")
    series = file_of(calendar(*event("RRULE:FREQ=DAILY", begun=begun), head=tuple(odd)))
    assert [say(f.reason) for f in series.faults] == ["its time zone “Our own” is like none that is known."]


def test_a_zone_that_nothing_tells_is_taken_as_ones_own_and_said() -> None:
    found = file_of(calendar(*event(begun="DTSTART;TZID=Mars/Olympus:20260701T100000")))
    assert found.events[0].start == datetime(2026, 7, 1, 10, tzinfo=SAO_PAULO)
    assert "Mars/Olympus" in say(found.notices[0].reason)


@pytest.mark.parametrize(
    "tzid",
    [
        "../../etc/passwd",
        "America",
        "/",
        "a" * 5000,
        "localtime/../x",
        "localtime",
        "posixrules",
        "right/UTC",
    ],
)
def test_the_name_of_a_zone_is_never_a_path(tzid: str) -> None:
    assert file_of(calendar(*event(begun=f"DTSTART;TZID={tzid}:20260701T100000"))).events


def test_a_floating_hour_is_the_calendars_or_ones_own() -> None:
    assert only(begun="DTSTART:20260701T100000").start == datetime(2026, 7, 1, 10, tzinfo=SAO_PAULO)
    lisbon = only(head=("X-WR-TIMEZONE:Europe/Lisbon",), begun="DTSTART:20260701T100000")
    assert lisbon.start == datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/Lisbon"))


def test_the_hour_that_summer_time_took_is_read_an_hour_later() -> None:
    """São Paulo, 15/10/2017: from 0:00 to 1:00 there was none. (RFC 5545: the offset before the gap)"""
    one = only(begun="DTSTART;TZID=America/Sao_Paulo:20171015T003000")
    assert one.start == utc(2017, 10, 15, 3, 30)
    assert one.start.astimezone(SAO_PAULO).strftime("%H:%M") == "01:30"


def test_the_hour_that_came_twice_is_its_first() -> None:
    assert only(begun="DTSTART;TZID=America/Sao_Paulo:20180217T233000").start == utc(2018, 2, 18, 1, 30)


def test_midnight_ends_the_day_before() -> None:
    one = only(
        "DTEND;TZID=America/Sao_Paulo:20261124T000000", begun="DTSTART;TZID=America/Sao_Paulo:20261123T220000"
    )
    assert (one.first_on, one.last_on) == (date(2026, 11, 23), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("", date(2028, 2, 29)),
        ("DTEND;VALUE=DATE:20280301", date(2028, 2, 29)),
        ("DTEND;VALUE=DATE:20280229", date(2028, 2, 29)),
        ("DTEND;VALUE=DATE:20280302", date(2028, 3, 1)),
        ("DURATION:P3D", date(2028, 3, 2)),
    ],
)
def test_whole_days_with_the_last_one_included(end: str, last: date) -> None:
    one = only(*([end] if end else []), begun="DTSTART;VALUE=DATE:20280229")
    assert (one.all_day, one.start, one.first_on, one.last_on) == (True, None, date(2028, 2, 29), last)


@pytest.mark.parametrize(
    ("length", "minutes"), [("PT1H30M", 90), ("P1DT1H", 1500), ("P1W", 10080), ("PT0S", 0), ("+PT45M", 45)]
)
def test_a_length_instead_of_an_end(length: str, minutes: int) -> None:
    one = only(f"DURATION:{length}")
    assert one.end is not None
    assert one.start is not None
    assert one.end - one.start == timedelta(minutes=minutes)


def test_what_lasts_more_than_a_week_has_whole_days() -> None:
    found = file_of(calendar(*event("DTEND:20261203T150000Z")))
    (one,) = found.events
    assert (one.all_day, one.first_on, one.last_on) == (True, date(2026, 11, 23), date(2026, 12, 3))
    assert [say(n.reason) for n in found.notices] == [
        "it lasts longer than a week: it is taken in as whole days."
    ]


# --- series -------------------------------------------------------------------------------------------------


def test_a_series_with_what_falls_out_and_what_is_added() -> None:
    one = only(
        "rrule:freq=weekly; byday=MO,WE;until=20261231",
        "EXDATE;TZID=America/New_York:20261125T100000,20261130T100000",
        "EXDATE;VALUE=DATE:20261202",
        "RDATE;TZID=America/New_York:20261126T110000",
        begun="DTSTART;TZID=America/New_York:20261123T100000",
    )
    assert one.rrule == "FREQ=WEEKLY;UNTIL=20270101T045959Z;BYDAY=MO,WE"
    assert one.exdates == (date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 2))
    assert one.rdates == (utc(2026, 11, 26, 16),)


def test_a_series_in_utc_stays_on_that_clock() -> None:
    assert only("RRULE:FREQ=DAILY").zone == "UTC"


def test_what_belongs_together_is_one_group_and_the_newer_word_counts() -> None:
    found = file_of(
        calendar(
            *event("RRULE:FREQ=DAILY;COUNT=5", "SEQUENCE:1"),
            *event("RECURRENCE-ID:20261124T130000Z", begun="DTSTART:20261124T150000Z"),
            *event("SEQUENCE:3", uid="b@x"),
            *event("SEQUENCE:2", "LOCATION:old", uid="b@x"),
        )
    )
    series, single = grouped(found.events)
    assert series.main is not None
    assert [e.recurrence for e in series.changed] == [utc(2026, 11, 24, 13)]
    assert single.main is not None
    assert (single.main.sequence, single.main.location, single.changed) == (3, "", ())


def test_an_event_without_uid_is_known_again() -> None:
    lines = ("BEGIN:VEVENT", "SUMMARY:Visit", "DTSTART:20261123T130000Z", "END:VEVENT")
    first, second = file_of(calendar(*lines)), file_of(calendar("X-A:b", *lines))
    assert first.events[0].uid == second.events[0].uid
    assert first.notices


# --- what and who -------------------------------------------------------------------------------------------


def test_everything_else_that_an_event_says() -> None:
    one = only(
        "DESCRIPTION:one\\, two\\nthree\\;",
        "LOCATION:Rua A\\, 5",
        "CLASS:confidential",
        "TRANSP:TRANSPARENT",
        "SEQUENCE:7",
        'ORGANIZER;CN="Lima, Ana":MAILTO:Ana@Example.COM',
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Beto:mailto:beto@example.com",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:caio@example.com",
        "ATTENDEE;PARTSTAT=TENTATIVE;EMAIL=dani@example.com:urn:uuid:1",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@example.com",
        "ATTENDEE:mailto:nobody",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        "END:VALARM",
    )
    assert (one.description, one.location) == ("one, two\nthree;", "Rua A, 5")
    assert (one.private, one.busy, one.sequence, one.remind_minutes) == (True, False, 7, 15)
    assert one.organizer == Who("ana@example.com", "Lima, Ana")
    assert one.attendees == (
        Who("beto@example.com", "Beto", Response.ACCEPTED),
        Who("caio@example.com", "", Response.DECLINED),
        Who("dani@example.com", "", Response.TENTATIVE),
    )


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (("TRIGGER;RELATED=END:-PT90M",), 30),
        (("TRIGGER;VALUE=DATE-TIME:20261123T120000Z",), 60),
        (("TRIGGER:PT5M",), None),
        (("TRIGGER:-P400D",), None),
        (("TRIGGER:soon",), None),
        ((), None),
    ],
)
def test_the_bell_in_minutes_before(lines: tuple[str, ...], minutes: int | None) -> None:
    one = only("DTEND:20261123T140000Z", "BEGIN:VALARM", *lines, "END:VALARM")
    assert one.remind_minutes == minutes


def test_cancelled_by_state_or_by_what_the_file_is_for() -> None:
    assert only("STATUS:CANCELLED").cancelled
    assert only(head=("METHOD:CANCEL",)).method is Method.CANCEL
    assert only(head=("METHOD:CANCEL",)).cancelled
    assert only("DTSTAMP:20261101T000000Z", head=("METHOD:CANCEL",), begun="").cancelled
    assert not only("STATUS:TENTATIVE", head=("METHOD:X-ODD",)).cancelled


# --- how the lines are written --------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end(end: str) -> None:
    assert len(file_of(calendar(*event(), end=end)).events) == 1


def test_folds_marks_and_letters_parted_by_a_fold() -> None:
    content = calendar(*event("LOCATION:São João"))
    cut = content.index("ã".encode()) + 1
    folded = content[:cut] + b"\r\n " + content[cut:]
    assert file_of(folded).events[0].location == "São João"
    assert file_of(b"\xef\xbb\xbf" + folded).events[0].location == "São João"
    assert file_of(content.decode().encode("utf-16")).events[0].location == "São João"
    assert file_of(content.decode().encode("utf-16-le")).events[0].location == "São João"
    assert file_of(content.decode().encode("cp1252")).events[0].location == "São João"


def test_controls_and_markup_do_no_harm() -> None:
    one = only("LOCATION:\x1b[31m[red]here[/x]")
    assert "\x1b" not in one.location
    assert one.location.endswith("[red]here[/x]")


# --- what cannot be taken -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "begun", "reason"),
    [
        ((), "", "it does not say when it begins (DTSTART)."),
        ((), "DTSTART:soon", "its date “soon” (DTSTART) cannot be read."),
        ((), "DTSTART:20260230T100000Z", "its date “20260230T100000Z” (DTSTART) cannot be read."),
        ((), "DTSTART:00010101T000000Z", "its date lies before 1900 or after 2199."),
        (("DTEND:20261122T130000Z",), None, "it ends before it begins."),
        (
            ("DTEND;VALUE=DATE:20261124",),
            None,
            "it begins with an hour and ends without one, or the other way round.",
        ),
        (("DURATION:-PT1H",), None, "its length “-PT1H” cannot be read."),
        (
            ("RRULE:FREQ=SECONDLY",),
            None,
            "it repeats by “SECONDLY”; only days, weeks, months and years can be.",
        ),
        (
            ("RRULE:FREQ=DAILY;BYHOUR=9,17",),
            None,
            "it repeats at several hours of a day: that is several series.",
        ),
        (("RRULE:FREQ=DAILY;INTERVAL=0",), None, "its rule “FREQ=DAILY;INTERVAL=0” cannot be read."),
        (("RRULE:FREQ=DAILY;BYMONTH=13",), None, "its rule “FREQ=DAILY;BYMONTH=13” cannot be read."),
        (
            ("RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"),
            None,
            "it has several rules of repetition, which cannot be carried out as one.",
        ),
        (
            ("DTEND;VALUE=DATE:20290101",),
            "DTSTART;VALUE=DATE:20270101",
            "it lasts longer than a year: that is leave, and belongs in a calendar.",
        ),
    ],
)
def test_a_broken_event_is_said_by_its_line(lines: tuple[str, ...], begun: str | None, reason: str) -> None:
    assert broken(*lines, begun="DTSTART:20261123T130000Z" if begun is None else begun) == reason


def test_the_others_go_on() -> None:
    found = file_of(calendar(*event(begun=""), *event(uid="b@x"), "BEGIN:VTODO", "UID:t", "END:VTODO"))
    assert ([e.uid for e in found.events], len(found.faults), found.others) == (["b@x"], 1, 1)


def test_a_file_that_is_cut_off_gives_what_is_whole() -> None:
    content = calendar(*event(uid="a@x"), *event(uid="b@x"))
    found = file_of(content[: content.rindex(b"END:VEVENT")])
    assert [e.uid for e in found.events] == ["a@x"]
    assert say(found.faults[0].reason) == "it has no end (END:VEVENT): the file may be cut off."
    assert say(found.notices[0].reason) == "the file ends before its calendar does: it may be cut off."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "x.ics is no calendar file: it holds nothing."),
        (b"name;phone\nAna;11", "x.ics is no calendar file: it does not begin with BEGIN:VCALENDAR."),
        (
            b"BEGIN:VCARD\r\nEND:VCARD\r\n",
            "x.ics is no calendar file: it does not begin with BEGIN:VCALENDAR.",
        ),
        (b"\x89PNG\r\n\x1a\n\x00", "x.ics is no calendar file: it does not begin with BEGIN:VCALENDAR."),
        (b"x" * (10 * 1024 * 1024 + 1), "x.ics is larger than 10 MiB: export a shorter period."),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * (MAX_EVENTS + 1),
            "x.ics has 5001 events, more than 5,000: export a shorter period.",
        ),
    ],
)
def test_what_is_no_calendar_is_refused_by_name(content: bytes, why: str) -> None:
    found = read(content, "x.ics", SAO_PAULO)
    assert isinstance(found, Refusal)
    assert say(found.reason) == why


def test_a_file_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    path.write_bytes(calendar(*event()))
    found = open_calendar(path, SAO_PAULO, tmp_path / "crm.db")
    assert isinstance(found, IcsFile)
    assert found.name == "agenda.ics"
    missing = open_calendar(tmp_path / "none.ics", SAO_PAULO, tmp_path / "crm.db")
    assert isinstance(missing, Refusal)
    assert "There is no file" in say(missing.reason)
