"""No file makes the reader fall: any bytes, and any mutation of a good file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.ics_read import read
from crm_tui.domain.ics import IcsFile
from tests.connectors.ics_held import GOOD, ZONE, checked

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


def test_the_sample_itself_is_whole() -> None:
    found = read(GOOD, "x.ics", ZONE)
    assert isinstance(found, IcsFile)
    assert ([e.uid for e in found.events], found.faults) == (["a", "a"], ())


@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    checked(content)
    checked(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content)


@given(at=st.integers(0, len(GOOD)), length=st.integers(0, 40), piece=_PIECES | st.binary(max_size=6))
def test_a_good_file_with_a_piece_of_it_replaced(at: int, length: int, piece: bytes) -> None:
    checked(GOOD[:at] + piece + GOOD[at + length :])


@given(
    order=st.lists(st.integers(0, len(_LINES) - 1), min_size=1, max_size=60),
    ends=st.sampled_from([b"\r\n", b"\n", b"\r", b"\r\n "]),
)
def test_its_lines_in_any_order_and_number(order: list[int], ends: bytes) -> None:
    checked(b"BEGIN:VCALENDAR" + ends + ends.join(_LINES[n] for n in order))


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
    checked(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n" + begun + line + b"\nEND:VEVENT\nEND:VCALENDAR\n")


def test_nesting_and_length_have_no_end() -> None:
    checked(b"BEGIN:VCALENDAR\n" * 20_000)
    checked(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"x\n " * 500_000 + b"\nEND:VEVENT\nEND:VCALENDAR\n")
    checked(b"BEGIN:VCALENDAR\n" + b"\n" * 1_000_000 + b"END:VCALENDAR\n")
    checked(b"BEGIN:VCALENDAR\n" + b"END:VEVENT\n" * 100_000)
