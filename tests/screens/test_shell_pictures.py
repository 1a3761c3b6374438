"""Palette, help, menus, settings, import and first start as pictures: a changed cell is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_tui import bootstrap
from crm_tui.app import CrmApp, FirstStartApp
from crm_tui.bootstrap import open_crm
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.first_start import FirstStart
from crm_tui.ui.look import Look
from tests.conftest import NOW, Clock
from tests.screens.machine import own_config
from tests.screens.operator import look, shelf

pytestmark = pytest.mark.usefixtures("pt", "own_config")
__all__ = ["own_config"]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
Compare = Callable[..., bool]
ROWS = """Nome,Telefone,E-mail,Empresa
Marina Alves,(11) 98888-1234,marina.alves@novo.com.br,
Construtora Pedra Branca Empreendimentos Imobiliários Ltda.,(11) 97777-1203,,
Beto Rocha,(11) 97777-0001,beto@rocha.com.br,Rocha & Filhos
,,,Sem ninguém
"""


@SIZES
@pytest.mark.parametrize(
    ("keys", "sees"),
    [
        ((":", *"mov"), "Mover para a etapa"),
        (("?",), "Sinais"),
        (("N",), "Oportunidade"),
        (("down", "y"), "WhatsApp"),
        ((",", *shelf("stages"), "enter", "down"), "Qualificado"),
    ],
    ids=["palette", "help", "new", "copy", "settings"],
)
def test_over_the_day(
    demo_db: Path,
    clock: Clock,
    snap_compare: Compare,
    size: tuple[int, int],
    keys: tuple[str, ...],
    sees: str,
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, sees))


@SIZES
def test_import(
    demo_db: Path,
    clock: Clock,
    snap_compare: Compare,
    size: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "contatos.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    app = CrmApp(lambda: open_crm(demo_db, "admin", clock), Look(), bootstrap)
    keys = (":", *"importar", "enter", *"contatos", "full_stop", *"csv", "enter")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, "marina.alves@novo"))


@SIZES
def test_first_start(snap_compare: Compare, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")

    def nothing(*_: object) -> Crm:
        raise AssertionError("nothing is begun in a picture")

    folder = Path("/home/ana/.local/share/crm-tui")
    start = FirstStart(
        folder / "crm.db",
        "ana",
        "Ana Souza",
        folder / "demo.db",
        nothing,
        nothing,
        NOW.astimezone(ZoneInfo("America/Sao_Paulo")),
    )
    app = FirstStartApp(nothing, Look(), bootstrap, first_start=start)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, (), "Criar meu banco"))
