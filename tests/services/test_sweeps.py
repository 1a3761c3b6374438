"""How often Python looks for cycles while many rows are worked on."""

from __future__ import annotations

import gc

import pytest

from crm_tui.services.core import sweeps


def test_searches_are_seldom_inside_and_as_before_behind() -> None:
    before = gc.get_threshold()
    with sweeps.seldom():
        assert gc.get_threshold() == (max(before[0], sweeps.SELDOM), *before[1:])
        with pytest.raises(ZeroDivisionError), sweeps.seldom():
            _ = 1 / 0
        assert gc.get_threshold()[0] >= sweeps.SELDOM
    assert gc.get_threshold() == before
