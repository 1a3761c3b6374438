"""What every refusal keeps to: it names things in the reader's words, says what to do, and no key: it is read on the
command line, too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House

import crm_tui
from crm_tui.domain.kinds import KINDS
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import say, set_language
from crm_tui.services.board.commands import ArchiveStage, MoveCard
from crm_tui.services.core.refs import PICKED

ROOT = Path(crm_tui.__file__).parent
_KEY = re.compile(
    r"\((?:[a-zA-Z]|f[0-9]+|o, then [a-z])\)|\b(?:f[0-9]+|ctrl\+\w+)\b|\bwith [b-zA-Z]\b|\bpress\b|\bthe key\b"
)


def _below() -> Iterator[tuple[str, ast.AST]]:
    """Everything that is written below the screens."""
    for layer in ("domain", "services", "store", "connectors"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield str(path.relative_to(ROOT)), node


def _kinds() -> set[str]:
    """Every kind that a missing record is called by."""
    found = set()
    for _, node in _below():
        if not isinstance(node, ast.Call):
            continue
        args = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "row"
            and isinstance(node.args[0], ast.Name)
        ):
            found |= {*args}
        if isinstance(node.func, ast.Name) and node.func.id == "no_such":
            found |= {*args}
    return found


def test_every_kind_that_may_be_missing_has_a_name() -> None:
    kinds = _kinds()
    assert {"stage", "person", "task"} <= kinds
    assert kinds - {*KINDS} == set()
    assert {*PICKED.values()} - {*KINDS} == set()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("pt-BR", "Não há etapa 999999 "), ("en", "There is no stage 999999 ")],
)
def test_what_is_missing_is_named_in_the_readers_words_with_what_to_do(
    house: House, language: str, expected: str
) -> None:
    ana = house.open()
    set_language(language)
    for command in (MoveCard(card=house.card(), stage=999_999), ArchiveStage(stage=999_999)):
        refusal = ana.run(command)
        assert isinstance(refusal, Refusal)
        assert refusal.by is RefusedBy.MISSING_RECORD
        assert say(refusal.reason).startswith(expected)
        assert re.search(": .*(choose|escolha) .*[.]$", say(refusal.reason))


def _told(node: ast.AST) -> list[str]:
    """The message ids of a refusal that is made here."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return []
    if node.func.id not in {"Refusal", "refuse", "Busy", "StoreRefused"}:
        return []
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def test_no_refusal_below_the_screens_names_a_key() -> None:
    told = [(path, text) for path, node in _below() for text in _told(node)]
    assert len(told) > 100
    assert [(path, text) for path, text in told if _KEY.search(text)] == []


def test_words_are_quoted_in_one_way() -> None:
    """The angular marks are a sign of the lists (a note that was reopened), no quotation marks."""
    catalogue = (ROOT / "i18n" / "locale" / "pt_BR" / "LC_MESSAGES" / "crm.po").read_text(encoding="utf-8")
    assert not re.search("«[^»\n]*»", catalogue)
