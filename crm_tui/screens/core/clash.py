"""A conflict in the operator's words: the label of each field, and its three values as people read them.

A conflict comes from the door as columns hold it: ids, cents, instants in UTC. Knows the declaration of a
command, never its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from crm_tui.domain.fields import FieldSpec, Option
from crm_tui.domain.fields import Widget as Kind
from crm_tui.domain.outcome import Conflict
from crm_tui.domain.party import party_code
from crm_tui.i18n import N_, say
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean

Picks = Callable[[FieldSpec, str], Sequence[Option]]
"""The answers of a field's picker to a text."""


class Clash(NamedTuple):
    """One field that both changed: its name in the form, its label, and what stood and stands there."""

    field: str
    label: str
    mine: str
    theirs: str
    before: str


def clashes(conflict: Conflict, specs: Mapping[str, FieldSpec], picks: Picks, zone: tzinfo) -> list[Clash]:
    """The fields of a conflict as they are shown."""
    found = []
    for each in conflict.fields:
        spec = specs.get(each.field)
        mine, theirs, before = (
            worded(spec, value, picks, zone) for value in (each.mine, each.theirs, each.base)
        )
        found.append(Clash(each.field, say(spec.label) if spec else each.field, mine, theirs, before))
    return found


def worded(spec: FieldSpec | None, value: Any, picks: Picks, zone: tzinfo) -> str:
    """A column's value as one reads it; a dash for none."""
    if value is None or value == "":
        return "—"
    match spec.widget if spec is not None else Kind.LINE:
        case Kind.PICK:
            assert spec is not None
            return _picked(spec, int(value), picks)
        case Kind.MONEY:
            return formats.money(int(value))
        case Kind.WHEN:
            return _moment(str(value), zone)
        case Kind.CHOICE:
            assert spec is not None
            return next((say(label) for chosen, label in spec.choices if chosen == str(value)), str(value))
        case Kind.FLAG:
            return say(N_("yes")) if value else say(N_("no"))
    return clean(str(value))


def _picked(spec: FieldSpec, value: int, picks: Picks) -> str:
    """What a picker calls a record; people, who are too many to list, are asked for by their code."""
    options = picks(spec, party_code(value) if spec.pick == "people" else "")
    return next((clean(o.label) for o in options if o.value == value), f"#{value}")


def _moment(column: str, zone: tzinfo) -> str:
    if "T" not in column:
        return formats.day_full(date.fromisoformat(column))
    at = datetime.fromisoformat(column).astimezone(zone)
    return f"{formats.day_full(at.date())} {at:%H:%M}"
