"""A calendar file with something of everything, and what holds of the answer to any bytes at all."""

from __future__ import annotations

from zoneinfo import ZoneInfo

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


def checked(content: bytes) -> IcsFile | None:
    """Read it; what was found, None if it is refused."""
    found = read(content, "x.ics", ZONE)
    if isinstance(found, Refusal):
        assert say(found.reason)
        return None
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
    return found
