"""Facts as words in both languages. Now is Thursday 19/11/2026, 10:42 in São Paulo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from crm_tui import i18n
from crm_tui.domain.due import DueFacts
from crm_tui.ui import formats

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 19, 10, 42, tzinfo=ZONE)
TODAY = NOW.date()


def on(day: int, month: int = 11, year: int = 2026, *, internal: date | None = None) -> DueFacts:
    return DueFacts(due_on=date(year, month, day), internal_on=internal)


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> DueFacts:
    return DueFacts(start_at=datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC))


INTERNAL = on(24, internal=date(2026, 11, 17))
FAR_INTERNAL = on(5, 1, 2027, internal=date(2026, 11, 17))

WHEN = [  # facts; list, card and long form in Portuguese; the list's in English
    (on(10), "venceu há 9d", "há 9d", "venceu há 9 dias, ter 10/11", "overdue 9d"),
    (on(17), "venceu há 2d", "há 2d", "venceu há 2 dias, ter 17/11", "overdue 2d"),
    (on(18), "venceu ontem", "ontem", "venceu ontem, qua 18/11", "due yesterday"),
    (at(18, 16), "venceu ontem", "ontem", "venceu ontem, qua 18/11 16:00", "due yesterday"),
    (at(19, 9), "venceu 09:00", "09:00", "venceu hoje 09:00", "overdue 09:00"),
    (on(3, 10, 2025), "há 412 dias", "há 412d", "venceu há 412 dias, 03/10/2025", "412 days ago"),
    (at(19, 11, 30), "hoje 11:30", "hoje 11:30", "hoje 11:30", "today 11:30"),
    (on(19), "hoje", "hoje", "hoje", "today"),
    (
        INTERNAL,
        "interna 24/11",
        "int. 24/11",
        "interna desde 17/11, prometido ter 24/11",
        "intern. 24/11",
    ),
    (
        FAR_INTERNAL,
        "int. 05/01/27",
        "int. 05/01/27",
        "interna desde 17/11, prometido 05/01/2027",
        "int. 05/01/27",
    ),
    (on(20), "sex 20/11", "sex 20/11", "amanhã, sex 20/11", "Fri 20/11"),
    (at(24, 9, 30), "ter 24 09:30", "ter 24 09:30", "em 5 dias, ter 24/11 09:30", "Tue 24 09:30"),
    (on(23), "seg 23/11", "seg 23/11", "em 4 dias, seg 23/11", "Mon 23/11"),
    (at(24, 9, 30, 12), "qui 24/12", "qui 24/12", "em 35 dias, qui 24/12 09:30", "Thu 24/12"),
    (on(26, 11, 2027), "26/11/2027", "26/11/2027", "em 372 dias, 26/11/2027", "26/11/2027"),
    (DueFacts(), "sem passo", "sem passo", "sem próximo passo", "no step"),
    (DueFacts(closed=True, due_on=TODAY), "encerrado", "encerrado", "encerrado", "closed"),
]


@pytest.mark.parametrize(("facts", "listed", "card", "long", "english"), WHEN, ids=[row[1] for row in WHEN])
@pytest.mark.usefixtures("portuguese")
def test_when(facts: DueFacts, listed: str, card: str, long: str, english: str) -> None:
    assert formats.when_word(facts, NOW, ZONE) == listed
    assert formats.when_card(facts, NOW, ZONE) == card
    assert formats.when_long(facts, NOW, ZONE) == long
    i18n.set_language("en")
    assert formats.when_word(facts, NOW, ZONE) == english


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))
facts = st.one_of(
    st.builds(DueFacts, due_on=days, internal_on=st.none() | days),
    st.builds(DueFacts, start_at=instants, internal_on=st.none() | days),
)


@given(facts)
def test_the_column_is_never_too_narrow(found: DueFacts) -> None:
    for spoken in i18n.LANGUAGES:
        i18n.set_language(spoken)
        assert 0 < cell_len(formats.when_word(found, NOW, ZONE)) <= formats.WHEN_CELLS


@given(facts)
def test_a_word_holds_until_its_next_change(found: DueFacts) -> None:
    change = formats.next_change(found, NOW, ZONE)
    assert NOW < change <= NOW + timedelta(days=1, hours=1)
    last = change - timedelta(seconds=1)
    assert formats.when_word(found, last, ZONE) == formats.when_word(found, NOW, ZONE)


def test_the_day_is_the_viewers() -> None:
    late = DueFacts(start_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    assert formats.when_word(late, NOW, ZONE) == "today 22:00"
    assert formats.when_word(late, NOW, ZoneInfo("UTC")) == "Fri 20 01:00"


@pytest.mark.usefixtures("portuguese")
def test_money_in_portuguese() -> None:
    assert formats.money(1_240_000) == "R$ 12.400,00"
    assert formats.money(-5) == "-R$ 0,05"
    assert formats.money(None) == ""
    assert formats.money_list(1_240_000) == "12.400"
    assert formats.money_list(0) == formats.money_list(None) == "—"
    assert formats.money_list(None, "-") == "-"
    assert formats.money_list(-150_050) == "-1.501"
    assert formats.money_total(31_525_000) == "R$ 315.250"
    assert formats.money_total(0) == "R$ 0"


def test_money_in_english() -> None:
    assert formats.money(1_240_000) == "R$ 12,400.00"
    assert formats.money(99, "USD") == "US$ 0.99"
    assert formats.money_list(123_456_789_00) == "123,456,789"


@pytest.mark.usefixtures("portuguese")
def test_days() -> None:
    said = datetime(2026, 11, 10, 17, 2, tzinfo=UTC)
    assert formats.stamp(said, NOW, ZONE) == "ter 10/11 14:02"
    assert formats.stamp(said.replace(year=2025), NOW, ZONE) == "10/11/2025 14:02"
    assert formats.stamp_near(NOW, NOW, ZONE) == "hoje 10:42"
    assert formats.stamp_near(NOW - timedelta(days=1), NOW, ZONE) == "ontem 10:42"
    assert formats.stamp_near(NOW - timedelta(days=3), NOW, ZONE) == "seg 16/11"
    assert formats.day_title(TODAY, TODAY) == "hoje, qui 19/11"
    assert formats.day_title(TODAY - timedelta(days=1), TODAY) == "ontem, qua 18/11"
    assert formats.day_title(TODAY + timedelta(days=1), TODAY) == "amanhã, sex 20/11"
    assert formats.day_title(date(2026, 11, 10), TODAY) == "ter 10/11"
    assert formats.day_full(date(2026, 11, 30)) == "seg 30/11/2026"
    assert formats.short_date(date(2027, 1, 5), TODAY) == "05/01/2027"
    assert formats.month(date(2026, 3, 1)) == "março"
    assert formats.weekday(date(2026, 11, 21)) == "sáb"


@pytest.mark.parametrize(
    ("seconds", "portuguese_word", "english_word"),
    [
        (0, "agora", "now"),
        (12, "há 12 s", "12 s ago"),
        (300, "há 5 min", "5 min ago"),
        (3 * 3600, "há 3 h", "3 h ago"),
        (86400, "há 1 dia", "1 day ago"),
        (2 * 86400 + 5, "há 2 dias", "2 days ago"),
        (-60, "agora", "now"),
    ],
)
def test_ago(seconds: int, portuguese_word: str, english_word: str) -> None:
    then = NOW - timedelta(seconds=seconds)
    assert formats.ago(then, NOW) == english_word
    i18n.set_language("pt-BR")
    assert formats.ago(then, NOW) == portuguese_word


@pytest.mark.usefixtures("portuguese")
def test_spans_agree_in_number() -> None:
    assert [formats.days(n) for n in (1, 9)] == ["1 dia", "9 dias"]
    assert formats.days_short(9) == "9d"
    assert formats.number(1_240) == "1.240"
    assert formats.decimal(1234.56, 2) == "1.234,56"
    assert formats.decimal(3.0, 0) == "3"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+5511988881234", "(11) 98888-1234"),
        ("+551132227788", "(11) 3222-7788"),
        ("+558001234567", "0800 123 4567"),
        ("+14155552671", "+14155552671"),
        ("+55119", "+55119"),
    ],
)
def test_phones(stored: str, shown: str) -> None:
    assert formats.phone(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("12345678000195", "12.345.678/0001-95"),
        ("12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("12345678909", "123.456.789-09"),
        ("123", "123"),
    ],
)
def test_documents(stored: str, shown: str) -> None:
    assert formats.document(stored) == shown


@pytest.mark.usefixtures("portuguese")
def test_sizes() -> None:
    counts = (0, 999, 1000, 184_320, 999_499, 999_500, 1_234_567, 5_300_000_000)
    assert [formats.size(n) for n in counts] == [
        *("0 B", "999 B", "1 kB", "184 kB", "999 kB", "1,0 MB", "1,2 MB", "5,3 GB")
    ]


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Boa noite."),
        (5, "Bom dia."),
        (11, "Bom dia."),
        (12, "Boa tarde."),
        (17, "Boa tarde."),
        (18, "Boa noite."),
    ],
)
def test_one_greets_by_the_hour(hour: int, words: str) -> None:
    assert formats.greeting(datetime(2026, 11, 19, hour, 59, tzinfo=UTC)) == words


@pytest.mark.usefixtures("portuguese")
def test_an_internal_date_ahead_stands_beside_the_promised_one() -> None:
    facts = DueFacts(due_on=date(2026, 11, 25), internal_on=date(2026, 11, 23))
    assert formats.when_long(facts, NOW, ZONE) == "em 6 dias, qua 25/11, interna 23/11"
