"""The window is made too small and large again while a parecer is typed: the text is there, and the program lives."""

from __future__ import annotations

from tests.blackbox.conftest import Terminal


def test_a_window_made_small_and_large_again(terminal: Terminal) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pMeia frase")
        t.wait("Meia frase")
        t.resize(50, 12)
        t.wait("pequeno demais")
        t.type(" inteira")
        t.resize(80, 24)
        t.wait("Meia frase inteira")
        assert not t.shows("pequeno demais")
        assert t.quit("ctrl+q").code == 0
