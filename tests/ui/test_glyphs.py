"""Every sign is one cell wide everywhere and has an ASCII partner of its own where it is shown."""

from __future__ import annotations

from collections import defaultdict

import pytest
import wcwidth
from rich.cells import cell_len
from wcwidth.table_vs16 import VS16_NARROW_TO_WIDE

from crm_tui.ui.glyphs import GLYPHS, glyph, plain_ascii, spark

NAMES = sorted(GLYPHS)


@pytest.mark.parametrize("name", NAMES)
def test_a_sign_is_one_cell(name: str) -> None:
    found = GLYPHS[name]
    assert wcwidth.wcwidth(found.sign) == cell_len(found.sign) == 1
    assert len(found.ascii) == 1
    assert found.ascii.isascii()
    assert found.ascii.isprintable()


@pytest.mark.parametrize("name", NAMES)
def test_no_sign_can_become_an_emoji(name: str) -> None:
    code = ord(GLYPHS[name].sign)
    ranges = next(iter(VS16_NARROW_TO_WIDE.values()))
    assert not any(low <= code <= high for low, high in ranges)


def test_the_check_knows_an_emoji() -> None:
    ranges = next(iter(VS16_NARROW_TO_WIDE.values()))
    assert any(low <= ord("⏸") <= high for low, high in ranges)


def test_partners_do_not_collide_in_one_place() -> None:
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for found in GLYPHS.values():
        if found.ascii != '"':  # both quotes are the same sign in ASCII
            assert places[found.place].setdefault(found.ascii, found.sign) == found.sign
    assert len({g.sign for g in GLYPHS.values() if g.place == "state"}) == 6


def test_choosing() -> None:
    assert glyph("stale", False) == "‖"
    assert glyph("stale", True) == "="
    with pytest.raises(KeyError):
        glyph("hourglass", False)


def test_sparkline() -> None:
    shares = (0, 0.01, 0.5, 1)
    assert [spark(s, False) for s in shares] == [" ", "▁", "▅", "█"]
    assert [spark(s, True) for s in shares] == [" ", "_", "=", "#"]


def test_ascii_changes_signs_not_letters() -> None:
    assert plain_ascii("‖ parada há 9 dias → São…") == "= parada há 9 dias : São~"
