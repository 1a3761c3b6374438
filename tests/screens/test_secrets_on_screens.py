"""What an operator may not see is drawn nowhere: each place is, sign by sign, that of a base without it. (threat 12)"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from house import House
from house_fixtures import house_template
from secrets_planted import HIDDEN_FROM, WORD, prepare, twins

from tests.conftest import Clock
from tests.screens.operator import Operator, _asking, _resting, at_work

__all__ = ["house_template"]
pytestmark = pytest.mark.usefixtures("pt")
SIZE = (100, 30)
PLACES: dict[str, tuple[str, ...]] = {
    "Hoje": ("1",),
    "the whole queue": ("t",),
    "Quadro": ("2",),
    "the choice of boards": ("b",),
    "Agenda": ("escape", "3"),
    "Pessoas": ("4",),
    "Painel": ("escape", "escape", "5"),
    "the history": ("1", "I"),
    "its actions": ("a",),
    "Avisos": ("escape", "escape", "1", "B"),
    "Pareceres": ("escape", "1", "d"),
    "saved views": ("escape", "1", "v"),
    "a filter": ("escape", "1", "/", *"etiqueta"),
    "its values": ("colon",),
    "Localizar": ("escape", "escape", "1", "ctrl+k", *"segredo"),
    "the palette": ("escape", "1", "colon", *"segredo"),
    "the settings": ("escape", "escape", "comma"),
    **{f"list {n} of the settings": ("down",) for n in range(1, 7)},
}
"""Where one goes one after the other, and the keys that lead there."""


async def _drawn(operator: Operator) -> dict[str, str]:
    found = {}
    for place, keys in PLACES.items():
        await operator.press(*keys)
        await operator.until(lambda: not any(each.pending for each in _resting(operator.app)), place)
        await operator.until(lambda: not any(each.pending for each in _asking(operator.app)), place)
        await operator.quiet()
        found[place] = operator.text()
    return found


async def test_every_place_is_drawn_as_if_it_were_not_there(
    house_template: Path, tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "house.db"
    shutil.copy(house_template, path)
    house = House(path, clock)
    prepare(house)
    other = twins(house, tmp_path / "other.db", *HIDDEN_FROM[1][0])
    house.close()
    drawn = []
    for base in (house, other):
        async with at_work(base.path, "bia", clock, SIZE) as bia:
            await bia.until(lambda bia=bia: bia.app.warm, "the commands were not loaded")  # type: ignore[misc]
            drawn.append(await _drawn(bia))
    assert [place for place in PLACES if WORD in drawn[1][place]] == []
    assert drawn[0] == drawn[1]
    assert len(set(drawn[1].values())) == len(PLACES)
