"""Names that a stored filter holds and the base has no longer: said when a saved view is opened. (FILTER.md §5)"""

from __future__ import annotations

from dataclasses import replace

from crm_tui.domain.filter_errors import Code, FilterError, FilterOffer, gone
from crm_tui.domain.filter_print import Printer
from crm_tui.domain.filter_shape import shaped
from crm_tui.domain.filter_tree import All, AnyOf, Filter, Node, Not, Thing, Things, Users, walk
from crm_tui.domain.filter_world import FilterWorld
from crm_tui.i18n import Text


def gone_things(found: Filter, world: FilterWorld) -> tuple[FilterError, ...]:
    """One error for each thing of the tree that `Names` has no more; places are those of the printed line.

    The first offer drops the thing from its condition, or the condition that held nothing else.
    """
    line = Printer(world).line(found)
    errors: list[FilterError] = []
    said: set[tuple[str, int]] = set()
    for node in walk(found.where):
        if not isinstance(node, Things | Users):
            continue
        field = world.field(node.field)
        if field is None:
            continue
        known = {each.id for each in world.names.things(field.thing)}
        for thing in node.any:
            if isinstance(thing, Thing) and thing.id not in known and (node.field, thing.id) not in said:
                said.add((node.field, thing.id))
                at = max(line.find(thing.name), 0)
                rest = _without(found.where, node.field, thing)
                kept = shaped(rest or All(), world.place, world.clock)
                dropped = Printer(world).line(replace(found, where=kept))
                message = gone(field.thing, field.name(world.language), thing.name)
                offer = FilterOffer(Text("remove “{words}”", {"words": thing.name}), dropped)
                errors.append(FilterError(Code.GONE, at, at + len(thing.name), message, (offer,)))
    return tuple(errors)


def _without(node: Node, field: str, thing: Thing) -> Node | None:
    """The tree without the thing; None where nothing is left."""
    match node:
        case All(of):
            return All(tuple(kept for each in of if (kept := _without(each, field, thing)) is not None))
        case AnyOf(of):
            arms = tuple(kept for each in of if (kept := _without(each, field, thing)) is not None)
            return AnyOf(arms) if arms else None
        case Not(of):
            kept = _without(of, field, thing)
            return None if kept is None else Not(kept)
        case Users(name, users) if name == field:
            left = tuple(each for each in users if each != thing)
            return Users(name, left) if left else None
        case Things(name, things) if name == field:
            rest = tuple(each for each in things if each != thing)
            return Things(name, rest) if rest else None
    return node
