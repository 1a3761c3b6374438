"""What holds for the reader of dates whatever is typed and whenever it is read."""

from __future__ import annotations

import csv
import random
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from when_world import CALENDAR, FEW, FRIDAY, LANGUAGES, SUNDAY, THURSDAY, WEDNESDAY, nows

from crm_tui.domain.when import Moment, WhenRefusal, describe, echo, read, sentence
from crm_tui.domain.when_words import _CONTENT, _GLUE, _MONTHS, _WEEKDAYS

TEN_YEARS = 3_650  # days
PHRASES = sorted(
    {
        row["phrase"]
        for row in csv.DictReader(
            (Path(__file__).parents[1] / "data" / "when_phrases.csv").read_text("utf-8").splitlines()
        )
    }
)
_VOCABULARY = " ".join((*_WEEKDAYS, *_MONTHS, *_CONTENT.values(), *_GLUE.values())).split()
_PIECES = [
    *_VOCABULARY,
    "3",
    "14",
    "31",
    "15/11",
    "29/2",
    "1/2/27",
    "14h",
    "3:30",
    "14.30",
    "5º",
    "+3d",
    "2027",
    "-",
]

languages = st.sampled_from(LANGUAGES)
phrases = st.one_of(
    st.sampled_from(PHRASES),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map(" ".join),
)


def _before(value: Moment, now: datetime) -> bool:
    return value < now if isinstance(value, datetime) else value < now.date()


@FEW
@given(nows, st.integers(0, TEN_YEARS * 24 * 60), st.booleans(), languages)
def test_reading_the_echo_of_a_moment_gives_the_moment(
    now: datetime, ahead: int, timed: bool, language: str
) -> None:
    moment = (now + timedelta(minutes=ahead + 1)).replace(second=0, microsecond=0)
    value: Moment = moment if timed else moment.date()
    answer = read(echo(value, now, language), now, CALENDAR, language)
    assert answer == value
    assert type(answer) is type(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_echo_of_each_of_the_next_two_years_days_is_read_back(language: str) -> None:
    for now in (THURSDAY, WEDNESDAY, SUNDAY, datetime(2028, 2, 29, 23, 59)):
        for ahead in range(730):
            day = now.date() + timedelta(days=ahead)
            assert read(echo(day, now, language), now, CALENDAR, language) == day


@FEW
@given(phrases, nows, languages)
def test_neither_the_answer_nor_an_offer_is_ever_before_now(words: str, now: datetime, language: str) -> None:
    answer = read(words, now, CALENDAR, language)
    if isinstance(answer, WhenRefusal):
        assert not any(_before(offer.value, now) for offer in answer.offers)
        assert len({offer.value for offer in answer.offers}) == len(answer.offers) <= 3
        assert all(read(offer.words, now, CALENDAR, language) == offer.value for offer in answer.offers)
        assert 0 <= answer.start <= answer.end <= len(words)
    else:
        assert not _before(answer, now)
        assert not isinstance(answer, datetime) or (answer.second, answer.microsecond) == (0, 0)


@FEW
@given(phrases, languages, st.sampled_from([THURSDAY, FRIDAY, WEDNESDAY, SUNDAY]))
def test_accents_case_blanks_and_composition_do_not_matter(words: str, language: str, now: datetime) -> None:
    def said(typed: str) -> object:
        answer = read(typed, now, CALENDAR, language)
        return (answer.reason, answer.offers) if isinstance(answer, WhenRefusal) else answer

    decomposed = unicodedata.normalize("NFD", words)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    for typed in (plain, words.upper(), words.title(), f"  {words.replace(' ', '   ')} ", decomposed):
        assert said(typed) == said(words), typed


@FEW
@given(st.text(max_size=64), nows, languages, st.booleans())
def test_random_text_never_raises(words: str, now: datetime, language: str, past: bool) -> None:
    _shown(words, now, language, past)


@FEW
@given(st.text("0123456789:/.-+hdm aàsºª", max_size=64), nows, languages, st.booleans())
def test_random_figures_never_raise(words: str, now: datetime, language: str, past: bool) -> None:
    _shown(words, now, language, past)


@FEW
@given(st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join), nows, languages, st.booleans())
def test_random_words_of_the_grammar_never_raise(
    words: str, now: datetime, language: str, past: bool
) -> None:
    _shown(words, now, language, past)


def _shown(words: str, now: datetime, language: str, past: bool) -> None:
    """Read it and say the answer, as the field does."""
    answer = read(words, now, CALENDAR, language, past=past)
    if isinstance(answer, WhenRefusal):
        assert sentence(answer, words, now, language).msgid
    else:
        assert str(describe(answer, now, CALENDAR, language, words=words))


def test_long_words_are_refused_and_not_worked_through() -> None:
    assert isinstance(read("9" * 100_000, THURSDAY, CALENDAR, "pt-BR"), WhenRefusal)
    assert isinstance(read("sexta " * 10_000, THURSDAY, CALENDAR, "pt-BR"), WhenRefusal)


@pytest.mark.parametrize("ahead", range(14))
def test_the_four_fridays_over_a_fortnight(ahead: int) -> None:
    now = THURSDAY + timedelta(days=ahead)
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    first = next(day for day in (today + timedelta(days=n) for n in range(1, 8)) if day.weekday() == 4)
    this, following = monday + timedelta(days=4), monday + timedelta(days=11)

    def said(words: str) -> Moment | WhenRefusal:
        return read(words, now, CALENDAR, "pt-BR")

    assert said("sexta") == first
    assert said("sexta da semana que vem") == said("friday next week") == following
    esta = said("esta sexta")
    if this >= today:
        assert esta == this
    else:
        assert isinstance(esta, WhenRefusal)
        assert [offer.value for offer in esta.offers] == [following]
    for words in ("próxima sexta", "sexta que vem", "next friday"):
        proxima = said(words)
        if first == following:
            assert proxima == first
        else:
            assert isinstance(proxima, WhenRefusal)
            assert [offer.value for offer in proxima.offers] == [first, following]


def test_two_ways_of_saying_one_day_agree_over_ten_years() -> None:
    day, end = date(2024, 1, 1), date(2034, 12, 31)
    noon = datetime(2024, 1, 1, 12)
    while day <= end:
        now = noon.replace(day.year, day.month, day.day)
        assert read("+1d", now, CALENDAR, "pt-BR") == read("amanhã", now, CALENDAR, "pt-BR")
        assert read("+1du", now, CALENDAR, "pt-BR") == read("próximo dia útil", now, CALENDAR, "pt-BR")
        fifth = read("5º dia útil", now, CALENDAR, "pt-BR")
        assert isinstance(fifth, date)
        assert CALENDAR.is_working_day(fifth)
        before = (fifth.replace(day=each) for each in range(1, fifth.day))
        assert sum(CALENDAR.is_working_day(each) for each in before) == 4
        assert fifth >= day
        day += timedelta(days=1)


def test_one_slip_in_a_long_word_is_read_or_refused_but_never_another_day() -> None:
    """A weekday with two neighbours swapped is that weekday, or refused where two words are that near."""
    names = [name for group in _WEEKDAYS for name in group.split() if len(name) >= 5]
    shuffle = random.Random(20261119)
    for name in names:
        at = shuffle.randrange(len(name) - 1)
        slip = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        answer = read(slip, THURSDAY, CALENDAR, "pt-BR")
        if not isinstance(answer, WhenRefusal):
            assert answer == read(name, THURSDAY, CALENDAR, "pt-BR")
