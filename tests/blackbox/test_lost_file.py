"""The file is lost under an open program: it ends with one sentence, and what was being typed is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.blackbox.conftest import Terminal
from tests.store.test_gone import deleted, migrated, replaced, without_log

SAID = {
    deleted: "foi apagado ou movido",
    replaced: "foi posto outro arquivo",
    migrated: "crm-tui mais novo",
    without_log: "demo.db-wal foi removido",
}


@pytest.mark.parametrize("misfortune", SAID)
def test_the_program_says_it_once_keeps_the_draft_and_ends(
    terminal: Terminal, demo_db: Path, misfortune: Callable[[Path], None]
) -> None:
    with terminal(size=(160, 24)) as t:
        t.wait("Restaurante Dona")
        t.send("p")
        t.wait("Parecer")
        t.type("Metade de")
        t.wait("salvo")
        misfortune(demo_db)
        t.type(" uma frase")
        end = t.end()
        assert (end.code, end.problems) == (7, ())
        assert t.shows(SAID[misfortune])
        assert "Traceback" not in t.text()
    spilled = [json.loads(path.read_text()) for path in demo_db.parent.glob("demo.db.spill-*")]
    kept = [draft["text"] for draft in spilled] or ["Metade de"]
    assert all("Metade de uma frase".startswith(text) and text for text in kept)
