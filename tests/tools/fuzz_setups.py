"""Files of everything that settings hold, spoilt, and judged as an import of them is before anything is written."""

from __future__ import annotations

from random import Random

from crm_tui import bootstrap
from crm_tui.connectors import setup_toml
from crm_tui.i18n import say
from crm_tui.services.calendar import views as calendars
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.forms import World
from crm_tui.services.core.setup_file import Setup
from tests.tools import hostile
from tests.tools.fuzz_samples import SOUND_VALUES, VALUES_OF_SETUPS
from tests.tools.fuzzing import Family


class Setups:
    """The file of everything that settings hold, as it is written of the demonstration, spoilt."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm
        tables = self._setup().tables()
        held = [setup_toml.written({name: rows}).splitlines()[2:] for name, rows in tables.items()]
        self.lists = [lines for lines in held if lines]

    def _setup(self) -> Setup:
        world = World(self.crm.reading(), bootstrap.pickers(), self.crm.read(calendars.own))
        return Setup(bootstrap.registers(), bootstrap.commands().__getitem__, world)

    def made(self, chance: Random) -> bytes:
        lines = [line for held in chance.sample(self.lists, 2) for line in held[:80]]
        way = chance.random()
        if way < 0.3:
            lines = hostile.shuffled_lines(chance, lines, 160)
        settings = [at for at, line in enumerate(lines) if " = " in line]
        for at in chance.sample(settings, min(len(settings), chance.randint(0, 4))):
            key = lines[at].partition(" = ")[0]
            lines[at] = f"{key} = {chance.choice(VALUES_OF_SETUPS if way < 0.5 else SOUND_VALUES)}"
        text = "\n".join([setup_toml.MARK, "format = 1", *lines])
        if way < 0.15:
            text = hostile.spoilt(chance, text, VALUES_OF_SETUPS)
        held = text.encode("utf-8", "replace")
        return hostile.spoilt_bytes(chance, held) if way > 0.85 else held

    def planned(self, held: bytes) -> None:
        try:
            given = setup_toml.read(held)
        except setup_toml.NotASetup as refused:
            told = say(refused.reason)
        else:
            told = "planned"
            plan = self._setup().plan(given)
            assert len(plan.commands) == len(plan.lines)
            for each in plan.rows:
                assert each.line >= 0
                told = say(each.reason) if each.reason is not None else told
        assert told


def families(crm: Crm) -> list[Family]:
    """Files of settings."""
    setups = Setups(crm)
    return [Family("setup", setups.made, setups.planned)]
