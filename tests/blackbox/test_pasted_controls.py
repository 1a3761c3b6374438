"""Control characters pasted through a real terminal: every letter beside them stands where it was, and none steers."""

from __future__ import annotations

import pytest

from crm_tui.domain.text import sanitise
from tests.blackbox.conftest import Ask, Terminal


@pytest.mark.parametrize(
    "pasted",
    [
        "a\x1b[31mb\x1b[0mc",
        "a\x1b]0;t\x07b",
        "a\x00b\x01c\x03d\x04e\x07f\x08g\x0bh\x0ci\x1aj\x1ck\x7fl",
        "um\r\ndois\rtrês\nquatro",
        "a\u2028b\u2029c\x85d",
        "e\u0301x a\u0303o \U0001f469\u200d\U0001f680 y",
        "a\x1bOPb\x1b[Ac\x1b[<0;1;1Md",
    ],
    ids=ascii,
)
def test_a_paste_arrives_sanitised_and_in_order(terminal: Terminal, asked: Ask, pasted: str) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.send("p")
        t.wait("Resultado")
        t.type("antes<")
        t.paste(pasted)
        t.type(">depois")
        t.wait(">depois")
        t.send("escape")
        t.wait("Restaurante Dona")
        assert t.quit("ctrl+q").code == 0
    assert asked("drafts")[0]["text"] == f"antes<{sanitise(pasted)}>depois"
