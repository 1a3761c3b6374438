"""Every list of settings can do what one expects of each: new, edit, order, out of use, history, undo."""

from __future__ import annotations

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui import bootstrap
from crm_tui.domain.register import Register
from crm_tui.services.trail import views as trail
from crm_tui.services.trail.commands import UndoBatch

BY_NAME = {each.name: each for each in bootstrap.registers()}
SORTED = {
    **dict.fromkeys(("users", "profiles", "teams", "members", "calendars"), "by name"),
    **dict.fromkeys(("calendar_days", "leaves", "local_holidays"), "by date"),
}
"""Lists whose order nobody chooses."""
REMOVED = {
    *("stages", "transitions", "questions", "campaign_actions", "campaign_results"),
    *("members", "calendar_days", "leaves"),
}
"""What goes altogether, and comes back by undo alone."""


def named(register: Register) -> list[str]:
    """The commands of a list, each once."""
    every = (register.create, register.edit, register.off, register.on, register.move)
    return list(dict.fromkeys(name for name in every if name))


def test_every_list_has_new_edit_and_out_of_use_and_an_order_where_it_has_one() -> None:
    for name, register in BY_NAME.items():
        assert register.create, name
        assert register.edit, name
        assert register.off, name
        assert bool(register.on) != (name in REMOVED), name
        assert bool(register.move) != (name in SORTED), name


def test_what_belongs_to_a_record_is_a_list_of_its_own() -> None:
    named = {other for register in BY_NAME.values() for _, other, _ in register.related}
    assert named <= BY_NAME.keys()
    assert {"users", "members", "stages", "questions", "result_details"} <= named


@pytest.mark.parametrize("name", [*BY_NAME])
def test_each_change_of_a_list_is_in_the_records_history_and_goes_with_one_undo(
    house: House, name: str
) -> None:
    register, commands = BY_NAME[name], bootstrap.commands()
    crm = house.open()
    for each in named(register):
        command = SAMPLES[commands[each]](house, "ana")
        before = house.dump()
        done = do(crm, command)
        if not done.events:
            continue  # it was so already
        about = {
            (entity, row)
            for entity, row in house.rows("SELECT entity, entity_id FROM event WHERE batch = ?", done.batch)
        }
        entity_id = next(
            (row for entity, row in about if entity == (register.told_of or register.entity)), None
        )
        assert entity_id is not None, (each, about)
        assert crm.read(trail.of_entity, register.told_of or register.entity, entity_id), each
        do(crm, UndoBatch(batch=done.batch))
        assert house.dump() == before, each
