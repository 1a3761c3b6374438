"""The parecer as pictures: empty, with its decision and its seldom fields, under its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import Operator, look
from tests.screens.test_answers_by_key import asking

pytestmark = pytest.mark.usefixtures("pt")
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])


async def written(card: int, keys: tuple[str, ...], sees: str, pilot: Pilot[int]) -> None:
    """A note with a text, then these keys."""
    await look((), "Hoje", pilot)
    app = pilot.app
    assert isinstance(app, CrmApp)
    operator = Operator(app, pilot)
    app.screen.go("note", card=card)  # type: ignore[attr-defined]
    await operator.sees("Próximo passo")
    await operator.type("Gostou da impressora na cozinha. Quer ver o contrato.")
    await operator.press("tab", "1", "tab")
    await operator.type("seg 14h")
    await look(keys, sees, pilot)


@SIZES
@pytest.mark.parametrize(
    ("keys", "sees"),
    [
        (("tab", "tab", "1"), "Vendido ou não?"),
        (("tab", "tab", "1", "tab", "2"), "Motivo da perda"),
        (("ctrl+g",), "Mais campos"),
        (("ctrl+g", "m"), "Falei com"),
    ],
    ids=["answered", "lost", "menu", "more"],
)
def test_a_note_under_way(
    demo_db: Path,
    clock: Clock,
    snap_compare: Callable[..., bool],
    keys: tuple[str, ...],
    sees: str,
    size: tuple[int, int],
) -> None:
    card, _ = asking(demo_db, clock)
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(written, card, keys, sees))
