"""No file makes the reader fall: any bytes, and any mutation of a good file."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.ics_read import read
from crm_tui.domain.ics import IcsFile, grouped
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say

ZONE = ZoneInfo("America/Sao_Paulo")
GOOD = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nX-WR-TIMEZONE:Europe/Lisbon\r\n"
    b"BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\n"
    b"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\n"
    b"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"
    b"TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    b"BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Odd:20261123T100000\r\n"
    b"DURATION:PT1H30M\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;UNTIL=20281231T235959Z;INTERVAL=2\r\n"
    b"EXDATE;TZID=Odd:20261225T100000,20270226T100000\r\nRDATE;VALUE=PERIOD:20261201T100000Z/PT1H\r\n"
    b'ATTENDEE;CN="Ana, B";PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:ana@example.com\r\n'
    b"ORGANIZER:mailto:b@example.com\r\nSUMMARY;LANGUAGE=pt:S\xc3\xa3o\\, Jo\xc3\xa3o\\n\r\n folded\r\n"
    b'BEGIN:VALARM\r\nTRIGGER;RELATED=END:-PT15M\r\nEND:VALARM\r\nX-ODD;X="y":z\r\nEND:VEVENT\r\n'
    b"BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261225T150000Z\r\n"
    b"DTSTART;VALUE=DATE:20261226\r\nDTEND;VALUE=DATE:20261228\r\nSTATUS:CANCELLED\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)
_LINES = GOOD.split(b"\r\n")
_PIECES = st.sampled_from(
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b'"',
        b":",
        b";",
        b"=",
        b",",
        b"\r\n",
        b"\n ",
        b"-",
        b"9" * 30,
        b"Z",
        b"T",
        b"\\",
    ]
)


def _checked(content: bytes) -> None:
    found = read(content, "x.ics", ZONE)
    if isinstance(found, Refusal):
        assert say(found.reason)
        return
    assert isinstance(found, IcsFile)
    for fault in (*found.faults, *found.notices):
        assert say(fault.reason)
        assert fault.line >= 1
    for event in found.events:
        assert event.uid
        assert event.first_on <= event.last_on
        assert event.all_day == (event.start is None)
        assert ZoneInfo(event.zone)
        if event.start is not None:
            assert event.end is not None
            assert event.start.utcoffset() is not None
            assert event.start <= event.end
    assert sum(len(group.events) for group in grouped(found.events)) <= len(found.events)


def test_the_sample_itself_is_whole() -> None:
    found = read(GOOD, "x.ics", ZONE)
    assert isinstance(found, IcsFile)
    assert ([e.uid for e in found.events], found.faults) == (["a", "a"], ())


@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    _checked(content)
    _checked(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content)


@given(at=st.integers(0, len(GOOD)), length=st.integers(0, 40), piece=_PIECES | st.binary(max_size=6))
def test_a_good_file_with_a_piece_of_it_replaced(at: int, length: int, piece: bytes) -> None:
    _checked(GOOD[:at] + piece + GOOD[at + length :])


@given(
    order=st.lists(st.integers(0, len(_LINES) - 1), min_size=1, max_size=60),
    ends=st.sampled_from([b"\r\n", b"\n", b"\r", b"\r\n "]),
)
def test_its_lines_in_any_order_and_number(order: list[int], ends: bytes) -> None:
    _checked(b"BEGIN:VCALENDAR" + ends + ends.join(_LINES[n] for n in order))


@given(
    name=st.sampled_from(
        ["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "ATTENDEE"]
    ),
    params=st.text(max_size=30),
    value=st.text(max_size=40),
)
def test_any_words_in_any_property(name: str, params: str, value: str) -> None:
    line = f"{name};{params}:{value}".encode("utf-8", "replace")
    begun = b"" if name == "DTSTART" else b"DTSTART:20261123T130000Z\n"
    _checked(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" + begun + line + b"\nEND:VEVENT\nEND:VCALENDAR\n")


def test_nesting_and_length_have_no_end() -> None:
    _checked(b"BEGIN:VCALENDAR\n" * 20_000)
    _checked(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"x\n " * 500_000 + b"\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    _checked(b"BEGIN:VCALENDAR\n" + b"\n" * 1_000_000 + b"END:VCALENDAR\n")
    _checked(b"BEGIN:VCALENDAR\n" + b"END:VEVENT\n" * 100_000)
