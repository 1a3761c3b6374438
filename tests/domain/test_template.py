"""The payload of a base card: what is written is read, and nothing else is. (K14-K19)"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.template import (
    MOST,
    Payload,
    comments_in,
    load,
    names_in,
    not_too_much,
    tasks_in,
    typed_comments,
    typed_tasks,
)

IDS = st.lists(st.integers(min_value=1, max_value=2**40), max_size=6).map(tuple)
WORDS = st.lists(st.text(), max_size=6).map(tuple)
PAYLOADS = st.builds(Payload, labels=IDS, members=IDS, comments=WORDS, tasks=WORDS)


@given(PAYLOADS)
def test_what_is_written_is_read(payload: Payload) -> None:
    assert load(payload.dump()) == payload


def test_nothing_is_little_and_has_its_version() -> None:
    assert json.loads(Payload().dump()) == {"v": 1}
    assert load("{}") == load("") == Payload()


@pytest.mark.parametrize(
    "text",
    ['{"v": 2}', "[]", '{"labels": 7}', '{"labels": ["7"]}', '{"tasks": [7]}', '{"members": [true]}', "{"],
)
def test_what_is_none_of_ours_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load(text)


@given(st.lists(st.text(alphabet="abç -*[]x1.", min_size=1), max_size=8))
def test_tasks_are_read_back_as_they_are_shown(lines: list[str]) -> None:
    """What a form shows and nobody touches is no change."""
    tasks = tasks_in("\n".join(lines))
    assert tasks_in(typed_tasks(tasks)) == tasks
    assert all(task.strip() == task and task for task in tasks)


@given(st.text(alphabet="abç \n\r."))
def test_comments_are_read_back_as_they_are_shown(text: str) -> None:
    comments = comments_in(text)
    assert comments_in(typed_comments(comments)) == comments


def test_signs_of_a_list_are_none_of_a_task() -> None:
    typed = "- Ligar\n* Medir\n• Voltar\n[x] Feito\n[ ] Aberto\n- [ ] Os dois\n\n-5 graus\n2 - 1"
    assert tasks_in(typed) == ("Ligar", "Medir", "Voltar", "Feito", "Aberto", "Os dois", "-5 graus", "2 - 1")


def test_names_stand_between_commas_each_once() -> None:
    assert names_in(" urgente, fibra óptica ;urgente,, ") == ("urgente", "fibra óptica")


@given(st.integers(min_value=0, max_value=3 * MOST))
def test_a_base_card_does_not_bury_a_card(n: int) -> None:
    refusal = not_too_much(Payload(tasks=("x",) * n))
    assert (refusal is None) == (n <= MOST)
    assert refusal is None or refusal.fields == ("tasks",)
