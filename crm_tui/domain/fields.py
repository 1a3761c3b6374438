"""What a form shows for one field of a command: the same declaration for screen, shell and schema."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from crm_tui.i18n import Text

LONGEST_NUMBER = 18
"""Signs of a number that a column still holds."""


class Widget(StrEnum):
    """How a field is typed. What is `SECRET` is masked, and neither parked nor given on a command line. MAP: texts by
    name, as a JSON object; only a form of its own can show it. HOURS: a line that is said anew rather than corrected.
    """

    LINE = "line"
    BODY = "body"
    MONEY = "money"
    NUMBER = "number"
    WHEN = "when"
    PICK = "pick"
    CHOICE = "choice"
    FLAG = "flag"
    PATH = "path"
    HOURS = "hours"
    SECRET = "secret"  # noqa: S105
    MAP = "map"
    HIDDEN = "hidden"


class ShownIf(NamedTuple):
    """When a field matters: if another one, before it, holds one of these values; none named: if it holds any."""

    field: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name in the command, label (message id), kind, and what may be picked.

    `pick` names a picker (people, users, stages …), `many` that several may be picked; `past` that its days lie
    behind, `ever` that they may, `hours` that it may have an hour, at which something takes place, `days` that it is a
    day of such a thing; `choices` are (value, label message id) pairs. `literal`: its words are data and shown as they
    stand, not message ids. `default` is the value of `choices` or of a yes and no that an empty field means; `shown_if`
    says when it matters at all; `ends` is the field of the hour at which what begins here ends.
    """

    name: str
    label: str
    widget: Widget
    required: bool = False
    pick: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    many: bool = False
    past: bool = False
    ever: bool = False
    hours: bool = False
    days: bool = False
    literal: bool = False
    default: str = ""
    shown_if: ShownIf | None = None
    ends: str = ""


def idle(specs: Iterable[FieldSpec], raw: Mapping[str, str]) -> frozenset[str]:
    """The fields that do not matter with the texts as they stand; one whose condition is not among them does."""
    found: set[str] = set()
    known: dict[str, str] = {}
    for spec in specs:
        known[spec.name] = raw.get(spec.name, "").strip() or spec.default
        on = spec.shown_if
        if on is None:
            continue
        value = known.get(on.field, raw.get(on.field))
        if value is not None and (on.field in found or not (value in on.values if on.values else value)):
            found.add(spec.name)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a picker: what is stored, what is shown, and a hint beside it (data, or words of ours)."""

    value: int
    label: str
    hint: str | Text = ""
    ref: str = ""


def items(raw: str) -> list[str]:
    """The answers that the raw text of a field of several holds: parted by commas, one with a comma in quotation
    marks."""
    listed = ",".join(raw.splitlines())
    return [
        each.strip() for row in csv.reader([listed], skipinitialspace=True) for each in row if each.strip()
    ]


def item(answer: str) -> str:
    """One answer as `items` takes it."""
    if "," not in answer and '"' not in answer:
        return answer
    return '"{}"'.format(answer.replace('"', '""'))


def row_id(digits: str) -> int | None:
    """A row's id as one types it; None for what is none, or more than a column holds."""
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_NUMBER else None


def chosen_id(raw: str) -> int | None:
    """The id of the record that a field's raw text names, `#7`; None for any other text, half a search with a `#` in
    front of it, too."""
    return row_id(raw[1:]) if raw[:1] == "#" else None
