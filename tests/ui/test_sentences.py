"""Every event is told as one sentence, whatever the reader's language, also years later."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from crm_tui import bootstrap
from crm_tui.domain.happened import Happened
from crm_tui.domain.happenings import BY_KIND, HAPPENINGS
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import Text
from crm_tui.ui import sentences
from crm_tui.ui.sentences import sentence

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)


def told(kind: str, *, ascii: bool = False, **params: object) -> str:
    return sentence(kind, params, NOW, ZONE, ascii=ascii)


def test_the_list_of_happenings_holds_every_class_that_a_handler_can_emit() -> None:
    bootstrap.warm_up()
    waiting, mine = [Happened], set()
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if "kind" in vars(found) and found.__module__.startswith("crm_tui."):
            mine.add(found.__qualname__)
    assert {c.__qualname__ for c in HAPPENINGS} == mine
    assert len(BY_KIND) == len(HAPPENINGS), "two classes share a kind"


@pytest.mark.parametrize("happened", HAPPENINGS, ids=lambda h: h.kind)
def test_a_sentence_asks_only_for_parameters_that_the_event_writes(happened: type[Happened]) -> None:
    asked = {name for _, name, _, _ in Formatter().parse(happened.sentence) if name}
    assert asked <= set(happened.__dataclass_fields__)


@pytest.mark.usefixtures("portuguese")
def test_a_move_names_both_stages() -> None:
    assert told("card.moved", from_stage="Visita", to_stage="Proposta") == "Visita → Proposta"
    assert told("card.moved", from_stage="Visita", to_stage="Proposta", ascii=True) == "Visita : Proposta"


@pytest.mark.usefixtures("portuguese")
def test_a_date_stays_a_day_and_an_instant_is_told_by_the_readers_clock() -> None:
    day = told("activity.planned", subject="Retorno", due="2026-11-24")
    hour = told("activity.planned", subject="Retorno", due="2026-11-24T12:30:00.000Z")
    assert day == "Próximo passo: Retorno, ter 24/11"
    assert hour == "Próximo passo: Retorno, ter 24/11 09:30"


@pytest.mark.usefixtures("portuguese")
def test_an_undo_tells_what_was_undone_and_a_redo_what_was_done_again() -> None:
    moved = {"kind": "card.moved", "params": {"from_stage": "Visita", "to_stage": "Proposta"}}
    undone = {"kind": "batch.undone", "params": {"what": json.dumps(moved), "count": 2}}
    assert told("batch.undone", **undone["params"]) == "Desfeito: Visita → Proposta"
    assert told("batch.redone", what=json.dumps(undone), count=2) == "Refeito: Visita → Proposta"


def test_an_event_of_a_newer_version_or_without_its_words_is_told_by_its_kind() -> None:
    assert (
        told("card.teleported", to="Mars") == "card.teleported (written by a newer version of this program)"
    )
    assert told("card.moved") == "card.moved (its words were erased)"


def test_braces_in_data_are_data() -> None:
    assert told("party.added", name="{0} {name} [b]x[/b]") == "{0} {name} [b]x[/b] added"


def test_a_refusal_is_told_in_words_once_and_for_all() -> None:
    """Also what it quotes; and told again it stays as it is."""
    why = Text("{who} changed it on {deleted_at}", {"deleted_at": "2026-11-19T13:42:00.000Z", "who": "bia"})
    refusal = Refusal(Text("Not put back: {why}", {"why": why, "changed_at": "2026-11-19T13:42:00.000Z"}))
    first = sentences.told(refusal, NOW, ZONE)
    assert first.reason.params["why"].params["deleted_at"].endswith("10:42")
    assert first.reason.params["changed_at"].endswith("10:42")
    assert sentences.told(first, NOW, ZONE) == first
    assert sentences.told(Done(), NOW, ZONE) == Done()
