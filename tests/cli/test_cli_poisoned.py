"""A base full of hostile texts, asked by every reading verb: what it prints does nothing to a terminal. (threat 1)"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.blackbox.test_hostile_texts import FORBIDDEN, poison
from tests.cli.conftest import Run

READING = (
    *(
        ("today",),
        ("followups", "--all", "--owner", "todos"),
        ("agenda", "--users", "ana,beto"),
        ("dash", "--team"),
    ),
    *(("board",), ("people",), ("duplicates",), ("views",), ("drafts",), ("notices", "--read"), ("stages",)),
    *(
        ("actions",),
        ("free-days",),
        ("stage-times",),
        ("search", "a"),
        ("history", "OP-0113"),
        ("history", "PE-00001"),
    ),
    *(
        ("show", "OP-0113"),
        ("show", "OP-0142"),
        ("show", "PE-00001"),
        ("show", "PE-00005"),
        ("show", "note:3"),
    ),
    *(("show", "activity:9"), ("show", "stage:1"), ("show", "board:1"), ("calendar",), ("config",)),
    *(("config", "export"), ("export", "people", "--format", "csv"), ("export", "cards", "--format", "json")),
    *(("export", "activities", "--format", "csv"), ("export", "events", "--format", "json"), ("copies",)),
    *(
        ("do", "hand_over", "--card", "OP-0142", "--to", "zzz"),
        ("do", "move_card", "--card", "OP-0142", "--stage", "x"),
    ),
    *(
        ("doctor", "--trail"),
        ("when", "\x1b[2J\x9b2J"),
        ("search", "\x1b]0;owned\x07"),
        ("show", "\u202egpj"),
    ),
)
"""Every verb that reads, some refusals that name records, and words that are hostile themselves."""

WITHIN = {"\u200d", "\ufe0f"}
"""What holds an emoji together, and names in several scripts."""


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_nothing_that_a_verb_prints_does_anything_to_a_terminal(
    demo: Run, demo_db: Path, words: tuple[str, ...]
) -> None:
    poison(demo_db)
    for form in ((), ("--json",), ("-q",)):
        answer = demo(*words, *form, "--as", "admin", "--lang", "pt-BR")
        assert answer.status != Status.FAULT, answer.err
        printed = answer.out + answer.err
        if "csv" not in words:  # whose file begins with its mark and has its own line ends
            assert not re.search("[\x1b\r]", printed), (form, printed[:200])
        found = set(FORBIDDEN.findall(printed.replace("\r\n", "\n").lstrip("\ufeff"))) - WITHIN
        assert not found, (form, sorted(map(ascii, found)))
