"""Two hours in one phrase: which phrases say them, and that no other phrase comes to mean something else."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from when_world import CALENDAR, LANGUAGES, THURSDAY, nows

from crm_tui.domain import when
from crm_tui.domain.when import WhenRefusal
from crm_tui.domain.when_span import FromTo, parted

SAID = {
    "sexta 14h-15h30": ("2026-11-20T14:00", "15:30"),
    "sexta das 14 às 15h30": ("2026-11-20T14:00", "15:30"),
    "qua 14h até 15h30": ("2026-11-25T14:00", "15:30"),
    "amanhã 9-10h": ("2026-11-20T09:00", "10:00"),
    "amanhã 9h até as 11h": ("2026-11-20T09:00", "11:00"),
    "14h por 2h": ("2026-11-19T14:00", "16:00"),
    "14h por 90 min": ("2026-11-19T14:00", "15:30"),
    "14h durante 1h30": ("2026-11-19T14:00", "15:30"),
    "15/12 9:00–10:15": ("2026-12-15T09:00", "10:15"),
    "fri 2-3pm": ("2026-11-20T14:00", "15:00"),
    "tomorrow from 2pm to 3:30pm": ("2026-11-20T14:00", "15:30"),
    "tomorrow 2pm for 45 minutes": ("2026-11-20T14:00", "14:45"),
}


@pytest.mark.parametrize("words", SAID)
def test_a_phrase_with_two_hours_is_a_moment_and_an_end(words: str) -> None:
    for language in LANGUAGES:
        found = parted(words, THURSDAY, CALENDAR, language)
        assert found is not None
        start = when.read(found.start, THURSDAY, CALENDAR, language)
        assert isinstance(start, datetime)
        assert (start.isoformat()[:16], found.end) == SAID[words]


@pytest.mark.parametrize(
    "words",
    [
        "sexta 14h-13h",
        "sexta 14h-14h",
        "sexta 23h-1h",
        "22h por 3h",
        "14h por 0h",
        "sexta - 14h",
        "2-3-",
        "",
        "-",
    ],
)
def test_what_is_no_stretch_of_one_day_is_none(words: str) -> None:
    assert parted(words, THURSDAY, CALENDAR, "pt-BR") is None


@pytest.mark.parametrize("words", ["sexta 14h", "2-3", "+2h", "15/12", "10-12-2026", "meio-dia"])
def test_what_says_a_moment_by_itself_stays_one(words: str) -> None:
    assert not isinstance(when.read(words, THURSDAY, CALENDAR, "pt-BR"), WhenRefusal)
    assert parted(words, THURSDAY, CALENDAR, "pt-BR") is None


@given(
    now=nows,
    begin=st.times(min_value=time(7), max_value=time(20)),
    minutes=st.integers(1, 180),
    form=st.sampled_from(["amanhã {a}-{b}", "amanhã das {a} às {b}", "tomorrow from {a} to {b}"]),
)
def test_any_two_hours_of_a_day_are_read_as_they_are_written(
    now: datetime, begin: time, minutes: int, form: str
) -> None:
    begin = begin.replace(second=0, microsecond=0)
    total = begin.hour * 60 + begin.minute + minutes
    end = f"{total // 60:02d}:{total % 60:02d}"
    found = parted(form.format(a=f"{begin:%H:%M}", b=end), now, CALENDAR, "pt-BR")
    assert found is not None
    start = when.read(found.start, now, CALENDAR, "pt-BR")
    assert isinstance(start, datetime)
    assert (start.time(), found.end) == (begin, end)


@given(now=nows, words=st.text(alphabet="0123456789hamp:-–/ sextaporàé", max_size=24))
def test_any_text_is_parted_into_what_is_read_or_not_at_all(now: datetime, words: str) -> None:
    found = parted(words, now, CALENDAR, "pt-BR")
    if found is None:
        return
    assert isinstance(found, FromTo)
    start = when.read(found.start, now, CALENDAR, "pt-BR")
    assert isinstance(start, datetime)
    assert f"{start:%H:%M}" < found.end
