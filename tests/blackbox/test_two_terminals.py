"""One author's parecer open in two terminals: neither text is lost, and the second is told. (DESIGN §4)"""

from __future__ import annotations

from tests.blackbox.conftest import Ask, Terminal


def test_the_same_parecer_in_two_terminals_of_one_author(terminal: Terminal, asked: Ask) -> None:
    with terminal() as one, terminal() as two:
        for t in (one, two):
            t.wait("Restaurante Dona")
            t.send("p")
            t.wait("Resultado")
        one.type("Do primeiro terminal.")
        one.wait("salvo|guardado")
        two.type("Do segundo terminal.")
        two.wait("em outro terminal")
        texts = {draft["text"] for draft in asked("drafts")}
        assert {"Do primeiro terminal.", "Do segundo terminal."} <= texts
        one.type("\t1\tseg")
        one.wait("seg 23/11")
        one.send("ctrl+s")
        one.wait("gravado")
        two.type(" E mais.")
        two.wait("E mais")
        two.send("escape")
        two.wait("Restaurante Dona|Padaria")
        texts = {draft["text"] for draft in asked("drafts")}
        assert "Do segundo terminal. E mais." in texts
        assert "Do primeiro terminal." not in texts
