"""What a form asks given the answers, and answers as texts and as values. (E38, B64, B66)"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.fields import item, items
from crm_tui.domain.form import (
    Condition,
    Question,
    QuestionType,
    Value,
    asked,
    dump_condition,
    key_of,
    load_condition,
    options_of,
    options_right,
    out_of_order,
)
from crm_tui.domain.form_read import condition, condition_typed, days, judge, read, still_means, told, typed
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import Text, say

NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
CALENDAR = WorkCalendar(((),) * 7, {})
DAY = days(NOW, ZoneInfo("America/Sao_Paulo"), CALENDAR, "pt-BR")
OPTIONS = ("Dono", "Sócios", "Outro, qual", 'o "chefe"')


def ask(kind: QuestionType, key: str = "q", **more: object) -> Question:
    options = OPTIONS if kind in (QuestionType.CHOICE, QuestionType.MULTI) else ()
    return Question(1, key, "Pergunta?", kind, options, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (QuestionType.TEXT, "  Maria  ", "Maria"),
        (QuestionType.TEXT, "   ", None),
        (QuestionType.LONG, "uma\nduas\n", "uma\nduas"),
        (QuestionType.INT, "1.200", 1200),
        (QuestionType.INT, "-3", -3),
        (QuestionType.MONEY, "12.400", 1_240_000),
        (QuestionType.MONEY, "R$ 0,50", 50),
        (QuestionType.DATE, "amanhã", "2026-11-20"),
        (QuestionType.DATE, "24/11/2026", "2026-11-24"),
        (QuestionType.BOOL, "Sim", True),
        (QuestionType.BOOL, "não", False),
        (QuestionType.CHOICE, "socios", "Sócios"),
        (QuestionType.CHOICE, "do", "Dono"),
        (QuestionType.MULTI, 'socios, "Outro, qual"', ["Sócios", "Outro, qual"]),
        (QuestionType.MULTI, ", ,", None),
    ],
)
def test_a_text_is_read_as_it_is_meant(kind: QuestionType, text: str, value: Value | None) -> None:
    assert read(ask(kind), text, DAY) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionType.INT, "dois"),
        (QuestionType.INT, "1,5"),
        (QuestionType.INT, "1.2"),
        (QuestionType.INT, "9" * 40),
        (QuestionType.MONEY, "caro"),
        (QuestionType.DATE, "quando der"),
        (QuestionType.DATE, "amanhã 9h"),
        (QuestionType.BOOL, "talvez"),
        (QuestionType.CHOICE, "Ninguém"),
        (QuestionType.CHOICE, "o"),
        (QuestionType.MULTI, "Dono, Ninguém"),
        (QuestionType.TEXT, "x" * 501),
    ],
)
def test_a_text_that_is_no_answer_is_refused_in_a_sentence_that_names_the_question(
    kind: QuestionType, text: str
) -> None:
    question = ask(kind)
    assert isinstance(read(question, text, DAY), Text)
    refusal = judge([question], {"q": text}, DAY).refusal("Visita")
    assert refusal is not None
    assert refusal.fields == ("q",)
    assert say(refusal.reason).startswith("Pergunta?: ")


VALUES: dict[QuestionType, st.SearchStrategy[Value]] = {
    QuestionType.TEXT: st.text(min_size=1, max_size=40).filter(
        lambda t: " ".join(t.split()) == t and t.isprintable()
    ),
    QuestionType.LONG: st.text(min_size=1, max_size=40).filter(lambda t: t.strip() == t and t.isprintable()),
    QuestionType.INT: st.integers(-(10**12), 10**12),
    QuestionType.MONEY: st.integers(0, 10**12),
    QuestionType.DATE: st.dates(date(2020, 1, 1), date(2035, 1, 1)).map(date.isoformat),
    QuestionType.BOOL: st.booleans(),
    QuestionType.CHOICE: st.sampled_from(OPTIONS),
    QuestionType.MULTI: st.sets(st.sampled_from(OPTIONS), min_size=1).map(
        lambda chosen: [option for option in OPTIONS if option in chosen]
    ),
}


@pytest.mark.parametrize("kind", QuestionType)
def test_what_a_value_is_typed_as_is_read_as_that_value(kind: QuestionType) -> None:
    question = ask(kind)

    @given(VALUES[kind])
    def holds(value: Value) -> None:
        found = read(question, typed(question, value), DAY)
        assert found == value
        assert type(found) is type(value)

    holds()


@given(
    st.lists(
        st.text(min_size=1, max_size=12).filter(
            lambda t: t.strip() == t and "\n" not in t and t.isprintable()
        )
    )
)
def test_items_take_apart_what_item_makes(answers: list[str]) -> None:
    assert items(",".join(map(item, answers))) == answers


def test_a_value_is_told_in_words() -> None:
    assert told(ask(QuestionType.MONEY), 1_240_000, lambda cents: f"R$ {cents // 100}") == "R$ 12400"
    assert told(ask(QuestionType.BOOL), True, str) == Text("yes")
    assert told(ask(QuestionType.MULTI), ["Dono", "Sócios"], str) == "Dono, Sócios"
    assert told(ask(QuestionType.DATE), "2026-11-24", str) == "24/11/2026"


# --- which questions are asked


@st.composite
def forms(draw: st.DrawFn) -> list[Question]:
    """Yes-or-no questions, some of which wait for an answer of an earlier one."""
    found: list[Question] = []
    for n in range(draw(st.integers(1, 8))):
        earlier = [q.key for q in found]
        on = draw(st.none() | st.sampled_from(earlier)) if earlier else None
        only = Condition(on, (draw(st.booleans()),)) if on is not None else None
        found.append(Question(n, f"q{n}", f"P{n}", QuestionType.BOOL, (), draw(st.booleans()), only))
    return found


@given(forms(), st.lists(st.sampled_from(["1", "0", "", "talvez"]), min_size=8, max_size=8))
def test_a_question_is_asked_exactly_if_the_one_it_waits_for_is_and_was_answered_so(
    questions: list[Question], texts: list[str]
) -> None:
    raw = {q.key: text for q, text in zip(questions, texts, strict=False)}
    judged = judge(questions, raw, DAY)
    shown = {q.key for q in judged.asked}
    for question in questions:
        on = question.shown_if
        meant = on is None or (on.key in shown and judged.values.get(on.key) in on.values)
        assert (question.key in shown) == meant
    assert judged.shown == shown
    assert set(judged.values) <= shown
    assert {q.key for q in judged.missing} == {
        q.key for q in judged.asked if q.required and not raw.get(q.key)
    }
    assert [q.key for q in asked(questions, judged.values)] == [q.key for q in judged.asked]
    assert out_of_order(questions) is None


@given(forms())
def test_what_depends_on_a_later_question_is_out_of_order(questions: list[Question]) -> None:
    turned = questions[::-1]
    depends = any(q.shown_if is not None for q in questions)
    assert (out_of_order(turned) is not None) == depends


def test_a_whole_number_is_no_yes() -> None:
    """`True == 1` in Python: a question that became a number must not answer one that waits for yes."""
    only = Condition("q", (True,))
    assert only.met(True)
    assert not only.met(1)
    assert not still_means(ask(QuestionType.INT), only, DAY)


# --- conditions, keys, options


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        (QuestionType.BOOL, "sim", (True,)),
        (QuestionType.CHOICE, "socios, dono", ("Sócios", "Dono")),
        (QuestionType.MULTI, '"Outro, qual", Dono', ("Outro, qual", "Dono")),
        (QuestionType.INT, "1, 2", (1, 2)),
        (QuestionType.MONEY, "12.400,50", (1_240_050,)),
        (QuestionType.TEXT, "sim, claro", ("sim, claro",)),
        (QuestionType.DATE, "24/11/2026", ("2026-11-24",)),
    ],
)
def test_a_condition_is_typed_read_kept_and_typed_again(
    kind: QuestionType, text: str, values: tuple[Value, ...]
) -> None:
    on = ask(kind)
    found = condition(on, text, DAY)
    assert found == Condition("q", values)
    assert load_condition(dump_condition(found)) == found
    assert condition(on, condition_typed(on, found), DAY) == found
    assert still_means(on, found, DAY)


@pytest.mark.parametrize("text", ["", " , ", "Ninguém"])
def test_a_condition_that_no_answer_meets_is_refused(text: str) -> None:
    refusal = condition(ask(QuestionType.CHOICE), text, DAY)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("only_is",)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_keys_are_names_and_no_two_of_a_form_are_alike(labels: list[str]) -> None:
    taken: list[str] = []
    for label in labels:
        key = key_of(label, taken)
        assert key.isidentifier()
        assert key.isascii()
        taken.append(key)
    assert len(set(taken)) == len(labels)


def test_a_key_is_made_of_the_words() -> None:
    assert key_of("Qual é o orçamento?", ()) == "qual_e_o_orcamento"
    assert key_of("Qual é o orçamento?", {"qual_e_o_orcamento"}) == "qual_e_o_orcamento_2"
    assert key_of("2 lojas", ()) == "q_2_lojas"
    assert key_of("?", ()) == "q"


def test_options_are_typed_one_a_line_or_parted_by_commas_and_each_stands_once() -> None:
    assert options_of("Fibra, Rádio, fibra") == ("Fibra", "Rádio")
    assert options_of("Sim, já\nNão\n\nnao") == ("Sim, já", "Não")
    assert options_right(QuestionType.CHOICE, ("um",)) is not None
    assert options_right(QuestionType.MULTI, tuple(map(str, range(51)))) is not None
    assert options_right(QuestionType.CHOICE, ("um", "dois")) is None
    assert options_right(QuestionType.TEXT, ()) is None
