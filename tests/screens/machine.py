"""What a test of settings needs: a config file of its own, and the process's language and keys put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_tui import i18n
from crm_tui.ui import keymap


@pytest.fixture
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The config file of this test's operator; nothing of it outlives the test."""
    path = tmp_path / "config" / "config.toml"
    monkeypatch.setenv("CRM_TUI_CONFIG", str(path))
    yield path
    keymap.use(keymap.keymap())
    i18n.set_language("en")
