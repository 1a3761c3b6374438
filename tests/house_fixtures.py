"""Fixtures of the small company in `house.py`: furnished once a session, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from house import House, furnish

from crm_tui.store import seal

FURNISHED_AT = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)


@pytest.fixture(scope="session")
def house_template(_empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's file, closed."""
    path = tmp_path_factory.mktemp("house") / "house.db"
    shutil.copy(_empty_template, path)
    furnish(path, lambda: FURNISHED_AT)
    return path


@pytest.fixture
def house(house_template: Path, tmp_path: Path, clock: Callable[[], Any]) -> Iterator[House]:
    """The company as of `clock`, of this test alone."""
    path = tmp_path / "house.db"
    shutil.copy(house_template, path)
    shutil.copy(seal.path_of(house_template), seal.path_of(path))  # furnished through the door, which seals
    found = House(path, clock)
    yield found
    found.close()
