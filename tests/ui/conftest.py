"""Lets the tests of this folder import their helpers and speak either language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_tui import i18n

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins and ends in English, the language of a process that was told nothing."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def portuguese(english: None) -> None:
    """The test speaks Portuguese."""
    i18n.set_language("pt-BR")
