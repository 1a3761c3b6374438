"""The reader of dates: the table of phrases, the rules one by one, refusals, offers and sentences."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from when_world import CALENDAR, FRIDAY, SUNDAY, THURSDAY, WEDNESDAY

from crm_tui.domain.when import (
    DayParts,
    Moment,
    Reason,
    WhenRefusal,
    describe,
    read,
    read_either_way,
    sentence,
)
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import Text

TABLE = Path(__file__).parents[1] / "data" / "when_phrases.csv"
NEW_YORK = ZoneInfo("America/New_York")


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read(words: str, now: datetime = THURSDAY, language: str = "pt-BR") -> Moment | WhenRefusal:
    return read(words, now, CALENDAR, language)


def _refused(words: str, now: datetime = THURSDAY, language: str = "pt-BR") -> WhenRefusal:
    answer = _read(words, now, language)
    assert isinstance(answer, WhenRefusal), answer
    return answer


def _said(text: Text) -> str:
    """The sentence in English, without any catalogue."""
    params = {key: _said(each) if isinstance(each, Text) else each for key, each in text.params.items()}
    return text.msgid.format_map(params)


def _sentence(words: str, now: datetime = THURSDAY, language: str = "pt-BR") -> str:
    return _said(sentence(_refused(words, now, language), words, now, language))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['lang']}-{row['phrase']}-{row['now'][5:10]}")
def test_the_table_of_phrases(row: dict[str, str]) -> None:
    answer = _read(
        row["phrase"], datetime.fromisoformat(row["now"]), "pt-BR" if row["lang"] == "pt" else "en"
    )
    got = "?" if isinstance(answer, WhenRefusal) else answer.isoformat()[:16]
    assert got == row["expected"]


def test_the_table_is_whole() -> None:
    assert len(_rows()) == 107


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("às 9 e meia", datetime(2026, 11, 20, 9, 30)),
        ("9h e meia", datetime(2026, 11, 20, 9, 30)),
        ("amanhã às dez e meia", datetime(2026, 11, 20, 10, 30)),
        ("amanhã às 14.30", datetime(2026, 11, 20, 14, 30)),
        ("quinze pras dez", datetime(2026, 11, 19, 9, 45)),
        ("15 para as 3 da tarde", datetime(2026, 11, 19, 14, 45)),
        ("meio-dia e meia", datetime(2026, 11, 19, 12, 30)),
        ("às 3 da tarde de sexta", datetime(2026, 11, 20, 15)),
        ("8 da noite", datetime(2026, 11, 19, 20)),
        ("tonight at 8", datetime(2026, 11, 19, 20)),
        ("2:30 p.m.", datetime(2026, 11, 19, 14, 30)),
        ("12pm", datetime(2026, 11, 19, 12)),
        ("12:30am", datetime(2026, 11, 20, 0, 30)),
        ("amanhã à tarde às 3", datetime(2026, 11, 20, 15)),
        ("03:00", datetime(2026, 11, 20, 3)),
        ("fim da tarde", datetime(2026, 11, 19, 17)),
        ("eod", datetime(2026, 11, 19, 18)),
        ("de manhã cedo", datetime(2026, 11, 23, 8)),  # the next working day opens on Monday
        ("first thing tomorrow", datetime(2026, 11, 20, 8)),
        ("sábado cedo", datetime(2026, 11, 21, 8)),  # on a day off the usual hours
        ("daqui a meia hora", datetime(2026, 11, 19, 10, 10)),
        ("in an hour and a half", datetime(2026, 11, 19, 11, 10)),
        ("+1h30", datetime(2026, 11, 19, 11, 10)),
        ("em 48h", datetime(2026, 11, 21, 9, 40)),
        ("sexta dia 27", date(2026, 11, 27)),
        ("amanhã sexta", date(2026, 11, 20)),
        ("sexta-feira, 27/11, às 14:00", datetime(2026, 11, 27, 14)),
        ("2027-11-15T14:00", datetime(2027, 11, 15, 14)),
        ("1º de março", date(2027, 3, 1)),
        ("january 5, 2027", date(2027, 1, 5)),
        ("3 ago 2027", date(2027, 8, 3)),
        ("15 dez", date(2026, 12, 15)),
        ("em dez dias", date(2026, 11, 29)),
        ("em janeiro de 2028", date(2028, 1, 3)),
        ("5º dia útil", date(2026, 12, 7)),
        ("1º dia útil do mês que vem", date(2026, 12, 1)),
        ("último dia útil do mês", date(2026, 11, 30)),
        ("fim do mês que vem", date(2026, 12, 31)),
        ("fim da semana", date(2026, 11, 19)),  # Friday is a holiday
        ("fim da semana que vem", date(2026, 11, 27)),
        ("dia 31 do mês que vem", date(2026, 12, 31)),
        ("+3bd", date(2026, 11, 25)),
        ("daqui uma semana", date(2026, 11, 26)),
        ("+1ano", date(2027, 11, 19)),
        ("até sexta", date(2026, 11, 20)),
        ("hoje 09:40", datetime(2026, 11, 19, 9, 40)),  # the running minute has not passed
    ],
)
def test_more_phrases_by_the_same_rules(words: str, expected: Moment) -> None:
    answer = _read(words)
    assert answer == expected
    assert type(answer) is type(expected)


def test_a_month_more_ends_with_a_shorter_month() -> None:
    assert _read("em 1 mês", datetime(2027, 1, 31, 9)) == date(2027, 2, 28)
    assert _read("+1ano", datetime(2028, 2, 29, 9)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("clock", "words", "expected"),
    [
        ("14:00", "14h", datetime(2026, 11, 20, 14)),  # 14:00 is no longer to come
        ("14:10", "à tarde", datetime(2026, 11, 19, 14, 30)),
        ("17:45", "hoje à tarde", datetime(2026, 11, 19, 18)),
        ("18:00", "à tarde", datetime(2026, 11, 20, 14)),
        ("22:59", "tonight", datetime(2026, 11, 19, 23)),
        ("07:00", "hoje de manhã", datetime(2026, 11, 19, 9)),
        ("07:00", "cedo", datetime(2026, 11, 19, 8)),
    ],
)
def test_a_part_of_today_that_has_begun_is_the_next_half_hour(
    clock: str, words: str, expected: Moment
) -> None:
    assert _read(words, datetime.fromisoformat(f"2026-11-19T{clock}")) == expected


def test_the_company_sets_the_hours_of_the_parts_of_the_day() -> None:
    parts = DayParts(morning=8 * 60 + 30, evening=20 * 60)
    assert read("amanhã de manhã", THURSDAY, CALENDAR, "pt-BR", parts=parts) == datetime(2026, 11, 20, 8, 30)
    assert read("tonight", THURSDAY, CALENDAR, "en", parts=parts) == datetime(2026, 11, 19, 20)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("3h", ["qui 19/11 15:00", "sex 20/11 03:00"]),
        ("hoje 3h", ["qui 19/11 15:00", "sex 20/11 03:00"]),
        ("sexta 6h30", ["sex 20/11 18:30", "sex 20/11 06:30"]),
        ("próxima sexta", ["sex 20/11", "sex 27/11"]),
        ("sexta que vem 14h", ["sex 20/11 14:00", "sex 27/11 14:00"]),
        ("sexta meia-noite", ["sex 20/11 00:00", "sáb 21/11 00:00"]),
        ("12am", ["sex 20/11 00:00", "sáb 21/11 00:00"]),
        ("14", ["seg 14/12", "qui 19/11 14:00"]),
        ("31", ["qui 31/12"]),
        ("sexta 14", ["sex 20/11 14:00"]),
        ("sexta 27", ["sex 27/11"]),
        ("1530", ["qui 19/11 15:30"]),
        ("14.30", ["qui 19/11 14:30"]),
        ("+30m", ["qui 19/11 10:10", "sáb 19/05/2029"]),
        ("fim de semana", ["sáb 21/11", "dom 22/11", "sex 20/11"]),
        ("em novembro", ["seg 30/11", "seg 01/11/2027"]),
        ("janeiro", ["seg 04/01/2027", "sex 29/01/2027"]),
        ("manhã", ["sex 20/11", "qui 19/11 10:00"]),
    ],
)
def test_two_sensible_readings_are_both_offered(words: str, offered: list[str]) -> None:
    refusal = _refused(words)
    assert refusal.reason is Reason.AMBIGUOUS
    assert [offer.words for offer in refusal.offers] == offered
    for value, echoed in refusal.offers:
        assert _read(echoed) == value


def test_a_bare_morning_hour_with_one_reading_is_taken() -> None:
    assert _read("manhã 9h") == datetime(2026, 11, 20, 9)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("hoje 8h", ["sex 20/11 08:00"]),
        ("esta quarta 10h", ["qua 25/11 10:00"]),
        ("15/11", ["seg 15/11/2027"]),
        ("dom 15/11", ["seg 15/11/2027"]),
        ("15/11/2020 9h", ["seg 15/11/2027 09:00"]),
        ("dia 19 8h", ["sáb 19/12 08:00"]),
        ("ontem", []),
        ("há 3 dias", []),
        ("2 hours ago", []),
    ],
)
def test_what_has_passed_is_refused_with_the_next_that_fits(words: str, offered: list[str]) -> None:
    refusal = _refused(words)
    assert refusal.reason is Reason.PAST
    assert [offer.words for offer in refusal.offers] == offered


def test_the_end_of_the_day_is_refused_after_it() -> None:
    refusal = _refused("fim do dia", FRIDAY)
    assert refusal.reason is Reason.PAST
    assert [offer.value for offer in refusal.offers] == [datetime(2026, 11, 28, 18)]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("dia 31", ["seg 30/11", "qui 31/12"]),
        ("31/11", ["seg 30/11", "ter 01/12"]),
        ("29/2", ["dom 28/02/2027", "ter 29/02/2028"]),
        ("11/15", ["seg 15/11/2027"]),
        ("45/11", []),
        ("25º dia útil", ["seg 30/11"]),
        ("qui 27/11", ["sex 27/11", "qui 26/11"]),
        ("amanhã sábado", ["sex 20/11", "sáb 21/11"]),
        ("dia 31 14h", ["seg 30/11 14:00", "qui 31/12 14:00"]),
    ],
)
def test_dates_that_do_not_exist(words: str, offered: list[str]) -> None:
    refusal = _refused(words)
    assert refusal.reason is Reason.NO_SUCH_DATE
    assert [offer.words for offer in refusal.offers] == offered


@pytest.mark.parametrize("words", ["5/2/2050", "+9999d", "+4000w", "em 11 anos", "2037-01-01", "31/12/9999"])
def test_more_than_ten_years_ahead_is_a_typing_error(words: str) -> None:
    assert _refused(words).reason is Reason.TOO_FAR


@pytest.mark.parametrize(
    ("words", "blamed"),
    [
        ("qualquer dia", "qualquer"),
        ("depois do carnaval", "carnaval"),
        ("semana q vem ou na outra", "ou"),
        ("sexta 14h 15h", "15h"),
        ("sexta sábado", "sábado"),
        ("amanhã às 24h", "às 24h"),
        ("25:00", "25:00"),
        ("48h", "48h"),
        ("9 da tarde", "9 da tarde"),
        ("90 minutos", "minutos"),
        ("sexta +2h", "+2h"),
        ("sexta foobar", "foobar"),
        ("próx", "próx"),
        ("festa", "festa"),  # one letter from "esta", which is no word of content
        ("jumho", "jumho"),  # June or July
        ("a\u0301bc sexta", "a\u0301bc"),
    ],
)
def test_the_word_that_is_not_understood_is_named(words: str, blamed: str) -> None:
    refusal = _refused(words)
    assert refusal.reason is Reason.UNKNOWN
    assert words[refusal.start : refusal.end] == blamed


def test_only_the_unclear_words_are_blamed() -> None:
    for words, blamed in [
        ("next fri 3pm", "next fri"),
        ("amanhã às 3", "às 3"),
        ("próxima sexta 3h", "próxima sexta 3h"),
    ]:
        refusal = _refused(words)
        assert words[refusal.start : refusal.end] == blamed


def test_a_word_that_two_could_claim_is_refused_with_what_they_give() -> None:
    refusal = _refused("quatra 10h")  # quarta or quatro; "quatro 10h" says nothing
    assert refusal.reason is Reason.UNKNOWN
    assert [offer.words for offer in refusal.offers] == ["qua 25/11 10:00"]
    refusal = _refused("3 jumho 2027")
    assert refusal.reason is Reason.AMBIGUOUS
    assert [offer.value for offer in refusal.offers] == [date(2027, 6, 3), date(2027, 7, 3)]


def test_english_slash_dates_have_no_order() -> None:
    refusal = _refused("1/2/27", THURSDAY, "en")
    assert [offer.words for offer in refusal.offers] == ["Mon 1 Feb 2027", "Sat 2 Jan 2027"]
    assert _read("15/12", THURSDAY, "en") == _read("12/15", THURSDAY, "en") == date(2026, 12, 15)
    assert _read("2/2/27", THURSDAY, "en") == date(2027, 2, 2)
    assert _read("Mon 1/2/27", THURSDAY, "en") == date(2027, 2, 1)  # only one of the two is a Monday


def test_backwards_where_the_field_is_about_the_past() -> None:
    def back(words: str) -> Moment | WhenRefusal:
        return read(words, THURSDAY, CALENDAR, "pt-BR", past=True)

    assert back("sexta") == date(2026, 11, 13)
    assert back("quinta") == date(2026, 11, 12)
    assert back("15/11") == date(2026, 11, 15)
    assert back("20/11") == date(2025, 11, 20)
    assert back("dia 20") == date(2026, 10, 20)
    assert back("ontem 15h") == datetime(2026, 11, 18, 15)
    assert back("14h") == datetime(2026, 11, 18, 14)
    assert back("há 2 semanas") == back("-14d") == back("2 weeks ago") == date(2026, 11, 5)
    assert back("2 horas atrás") == datetime(2026, 11, 19, 7, 40)
    assert back("15/11/2020") == date(2020, 11, 15)


def test_a_time_that_the_clocks_skip_or_repeat_is_refused_with_both_instants() -> None:
    now = datetime(2026, 10, 30, 9)
    skipped = read("14/3/27 02:30", now, CALENDAR, "pt-BR", zone=NEW_YORK)
    assert isinstance(skipped, WhenRefusal)
    assert skipped.reason is Reason.NO_SUCH_DATE
    assert [offer.value for offer in skipped.offers] == [
        datetime(2027, 3, 14, 1, 30),
        datetime(2027, 3, 14, 3, 30),
    ]
    repeated = read("dom 01:30", now, CALENDAR, "pt-BR", zone=NEW_YORK)
    assert isinstance(repeated, WhenRefusal)
    assert repeated.reason is Reason.AMBIGUOUS
    instants = [offer.value for offer in repeated.offers]
    assert all(isinstance(each, datetime) and each.tzinfo is None for each in instants)
    assert [each.fold for each in instants if isinstance(each, datetime)] == [0, 1]
    assert [offer.words for offer in repeated.offers] == ["dom 01/11 01:30 -0400", "dom 01/11 01:30 -0500"]
    assert read("dom 03:30", now, CALENDAR, "pt-BR", zone=NEW_YORK) == datetime(2026, 11, 1, 3, 30)


def test_hours_ahead_are_counted_over_a_clock_change() -> None:
    now = datetime(2026, 10, 31, 22)
    assert read("+6h", now, CALENDAR, "pt-BR", zone=NEW_YORK) == datetime(2026, 11, 1, 3)
    assert read("+6h", now, CALENDAR, "pt-BR") == datetime(2026, 11, 1, 4)


def test_a_calendar_without_working_days_refuses_only_what_needs_them() -> None:
    never = WorkCalendar(weekly=((),) * 7)
    for words in ("semana que vem", "fim do mês", "+3du", "depois do feriado", "cedo"):
        refusal = read(words, THURSDAY, never, "pt-BR")
        assert isinstance(refusal, WhenRefusal), words
        assert refusal.reason is Reason.NO_SUCH_DATE
    assert read("amanhã cedo", THURSDAY, never, "pt-BR") == datetime(2026, 11, 20, 9)
    assert read("sexta", THURSDAY, never, "pt-BR") == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "now", "language", "line"),
    [
        ("sáb 9h", FRIDAY, "pt-BR", "sáb 28/11 09:00 · amanhã · fim de semana"),
        ("sexta", THURSDAY, "pt-BR", "sex 20/11 · amanhã · feriado"),
        ("sexta", THURSDAY, "en", "Fri 20 Nov · tomorrow · holiday"),
        ("setxa 10h", SUNDAY, "pt-BR", "sex 05/03 10:00 · em 5 dias · setxa = sexta"),
        ("amnhã 9h30", WEDNESDAY, "pt-BR", "qui 31/12 09:30 · amanhã · amnhã = amanhã"),
        ("hj 14h", THURSDAY, "pt-BR", "qui 19/11 14:00 · hoje"),
        ("depois do feriado", THURSDAY, "pt-BR", "seg 23/11 · em 4 dias · depois de Consciência Negra"),
        ("+1ano", THURSDAY, "en", "Fri 19 Nov 2027 · in 365 days"),
    ],
)
def test_the_line_under_the_field(words: str, now: datetime, language: str, line: str) -> None:
    value = _read(words, now, language)
    assert not isinstance(value, WhenRefusal)
    assert str(describe(value, now, CALENDAR, language, words=words)) == line


def test_what_lies_behind_is_described_too() -> None:
    assert str(describe(date(2026, 11, 18), THURSDAY, CALENDAR, "pt-BR")) == "qua 18/11 · ontem"
    assert str(describe(date(2026, 11, 16), THURSDAY, CALENDAR, "en")) == "Mon 16 Nov · 3 days ago"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("qualquer", "I do not understand “qualquer”."),
        ("próxima sexta", "“próxima sexta”: 20/11 (amanhã) or 27/11?"),
        ("hoje 8h", "Hoje 08:00 has already passed. Amanhã 08:00?"),
        ("dia 31", "Novembro has no day 31: 30/11 or 31/12?"),
        ("15/11", "15/11 has already passed: 15/11/27?"),
        ("3h", "3h: 15:00 or 03:00?"),
        ("qui 27/11", "qui 27/11: 27/11 is a sexta."),
        ("ontem", "Ontem has already passed."),
        ("14", "14: 14/12 or 14:00?"),
        ("sexta 14", "14: 20/11 14:00 (amanhã)?"),
        ("fim de semana", "“fim de semana”: 21/11, 22/11 or 20/11 (amanhã)?"),
        ("5/2/2050", "5/2/2050 is more than 10 years ahead."),
        ("45/11", "There is no 45/11."),
        ("29/2", "Fevereiro 2027 has no day 29: 28/02/27 or 29/02/28?"),
        ("", "Say when: a day, a time or both."),
        ("  ", "Say when: a day, a time or both."),
    ],
)
def test_the_sentence_says_what_is_wrong_and_what_is_offered(words: str, expected: str) -> None:
    assert _sentence(words) == expected


def test_the_sentence_of_a_repeated_hour_tells_its_instants_apart() -> None:
    now, words = datetime(2026, 10, 30, 9), "dom 01:30"
    refusal = read(words, now, CALENDAR, "pt-BR", zone=NEW_YORK)
    assert isinstance(refusal, WhenRefusal)
    said = _said(sentence(refusal, words, now, "pt-BR"))
    assert said == "01:30: dom 01/11 01:30 -0400 or dom 01/11 01:30 -0500?"


def test_where_one_only_looks_a_day_that_does_not_come_is_the_one_gone_by() -> None:
    def found(words: str) -> tuple[Moment | WhenRefusal, bool]:
        return read_either_way(words, THURSDAY, CALENDAR, "pt-BR", zone=NEW_YORK)

    assert found("sexta") == (date(2026, 11, 20), False)
    assert found("ontem") == (date(2026, 11, 18), True)
    assert found("dia 31") == (date(2026, 10, 31), True)  # November has none
    assert found("bananas")[1] is False
