"""A filed parecer corrected, or made void, from where it is read; the history of standard texts alone. (B48, B60)"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def filed(ana: Operator, words: str) -> None:
    """From the open card, which stays there."""
    await ana.press("enter")
    await ana.sees("OP-0113")
    await ana.press("p")
    await ana.type(words)
    await ana.press("tab", "1", "ctrl+s")
    await ana.sees("gravado")


async def test_from_the_cards_story_o_corrects_the_note_under_the_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await filed(ana, "Pediu 10 caixas.")
        await ana.sees("Pediu 10 caixas.")
        await ana.press("o")
        await ana.sees("Corrigir este parecer…", "Anular este parecer…", "Arquivar")
        await ana.press("1")
        await ana.sees("Corrigir parecer", "Pediu 10 caixas.", "marcado como corrigido")
        await ana.press("end", "backspace")
        await ana.type(", e não 12.")
        await ana.press("ctrl+s")
        await ana.sees("parecer corrigido", "corrigido por ana", "Corrige o parecer de", "e não 12.")
        await ana.press("u")
        await ana.gone("corrigido por ana")


async def test_from_the_history_o_makes_it_void_and_asks_why(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await filed(ana, "Era para outro.")
        await ana.press("i")
        await ana.sees("Era para outro.")
        await ana.press("o", "2")
        await ana.sees("Anular parecer")
        await ana.press("ctrl+s")
        await ana.sees("Anular parecer")
        await ana.type("cliente errado")
        await ana.press("ctrl+s")
        await ana.sees("parecer anulado", "anulado: não vale mais", "cliente errado", "Era para outro.")


async def test_s_in_the_history_shows_only_what_used_a_standard_text(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("enter")
        await ana.sees("OP-0113")
        await ana.press("p", "f7", "s")
        await ana.sees("só textos padrão", "Nenhum parecer daqui usou texto padrão.")
        await ana.press("s", "f7")
        await ana.type("/naoatende ")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado")
        await ana.press("i", "s")
        await ana.sees("só textos padrão", "Liguei para")
        await ana.gone("Nenhum parecer")
