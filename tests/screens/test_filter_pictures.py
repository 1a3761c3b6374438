"""The filter as pictures: the line with offers and with an error, the dialog, the saved views."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from crm_tui import bootstrap, i18n
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.domain.filter import Place, read, to_json
from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.outcome import Done
from crm_tui.services.filter import views as filters
from crm_tui.services.filter.commands import SaveFilter
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import look

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]
Compare = Callable[..., bool]
SIZES = [(60, 20), (80, 24), (120, 36)]
PICTURES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "offers": (("slash", *"etapa:"), {"pt-BR": "Qualificação", "en": "Qualificação"}),
    "error": (("slash", *"clinica dno:eu", "space"), {"pt-BR": "tab dono", "en": "“dno”"}),
    "board": (
        ("2", "slash", *"dono:eu", "space", *"pdv", "space"),
        {"pt-BR": "9 de 39", "en": "9 of 39"},
    ),
    "dialog": (("2", "f"), {"pt-BR": "Virou cliente", "en": "Now customer"}),
    "views": (("v",), {"pt-BR": "dono:eu estado", "en": "owner:me due"}),
}


@pytest.fixture(params=["pt-BR", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


@pytest.fixture
def with_views(demo_db: Path, clock: Clock) -> Path:
    """Some saved views: one's own with a digit, one of the team's, and one with a long line."""
    for login, name, line, digit, shared in (
        ("ana", "Vencidos", "dono:eu estado:vencido", 1, False),
        ("ana", "Grandes parados", "dono:eu valor:>=5000 parado:sim ordem:valor-", 2, False),
        ("beto", "Propostas do time", "etapa:Proposta,Negociação vence:<=semana sem:proximo", 5, True),
        ("ana", "Sem dono nem etiqueta", "situação:todos sem:etiqueta,valor criado:-30d..", None, False),
    ):
        crm = open_crm(demo_db, login, clock)
        found = read(line, crm.read(filters.world, Place.TODAY, "pt-BR"))
        assert isinstance(found, Filter), found
        query = json.dumps(to_json(found))
        outcome = crm.run(
            SaveFilter(name=name, place=Place.TODAY, query=query, shortcut=digit, shared=shared)
        )
        assert isinstance(outcome, Done), outcome
        crm.store.close()
    return demo_db


def compared(
    db: Path, clock: Clock, snap_compare: Compare, size: tuple[int, int], name: str, spoken: str
) -> None:
    keys, sees = PICTURES[name]
    app = CrmApp(lambda: open_crm(db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, sees[spoken]))


@pytest.mark.parametrize("size", SIZES, ids=["60x20", "80x24", "120x36"])
@pytest.mark.parametrize("name", ["dialog", "error", "offers"])
def test_the_filter(
    demo_db: Path, clock: Clock, snap_compare: Compare, size: tuple[int, int], name: str, spoken: str
) -> None:
    compared(demo_db, clock, snap_compare, size, name, spoken)


@pytest.mark.parametrize("size", SIZES[1:], ids=["80x24", "120x36"])
def test_the_filter_over_the_board(
    demo_db: Path, clock: Clock, snap_compare: Compare, size: tuple[int, int], spoken: str
) -> None:
    compared(demo_db, clock, snap_compare, size, "board", spoken)


@pytest.mark.parametrize("size", SIZES, ids=["60x20", "80x24", "120x36"])
def test_the_saved_views(
    with_views: Path, clock: Clock, snap_compare: Compare, size: tuple[int, int], spoken: str
) -> None:
    compared(with_views, clock, snap_compare, size, "views", spoken)
