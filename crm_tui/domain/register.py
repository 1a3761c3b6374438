"""A register: records that settings list and edit through the forms of their commands.

Declared by the module that owns the commands; twenty settings screens cost twenty declarations. Data only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from crm_tui.i18n import N_, Text

Cell = str | Text


class Section(IntEnum):
    """Under which heading settings list a register, in their order."""

    PROGRAM = 0
    PROCESS = 1
    FOLLOW_UP = 2
    PEOPLE = 3
    CATALOGUE = 4


SECTION_NAMES: Final[Mapping[Section, str]] = {
    Section.PROGRAM: N_("Program"),
    Section.PROCESS: N_("Process"),
    Section.FOLLOW_UP: N_("Attendance"),
    Section.PEOPLE: N_("Operators"),
    Section.CATALOGUE: N_("Catalogue"),
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A record: what is shown, and the texts that its form starts with.

    `raw` are the fields of the edit command as one types them (a picked record as `#7`), `labels` what those
    picked are called; `beside` starts the form of a new record like this one (a stage of the same board).

    `named` are the fields by which the commands name the record, where that is not its id alone; `belongs` says to
    which other records it belongs (`board`: 1), so that a list of its kind can be narrowed to theirs.
    """

    id: int
    version: int
    name: str
    cells: tuple[Cell, ...]
    raw: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    active: bool = True
    named: Mapping[str, int] = field(default_factory=dict)
    belongs: Mapping[str, int] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """`entity` is the field of the commands that names the record and its name in the trail.

    `title`, `about` and `heads` are message ids; `view` gives the rows; `create`, `edit`, `off`, `on` and
    `move` are names of commands, empty where there is none. `off_with` is what `off` is given besides the record, and
    `told_off` what is said then. `related` leads from a record to those that belong to it: (label with its letter,
    register, by which field of `belongs`); `opens` are sheets for what no form holds: (label with its letter, place).
    `told_of`: the history of its records is told of the record to which they belong by this field of `belongs`.
    """

    name: str
    entity: str
    title: str
    about: str
    heads: tuple[str, ...]
    view: Callable[..., list[RegisterRow]]
    create: str = ""
    edit: str = ""
    off: str = ""
    on: str = ""
    move: str = ""
    off_with: Mapping[str, str] = field(default_factory=dict)
    told_off: str = ""
    related: tuple[tuple[str, str, str], ...] = ()
    opens: tuple[tuple[str, str], ...] = ()
    told_of: str = ""
    section: Section = Section.CATALOGUE
    place: int = 0
    """Where it stands within its section; those of the same place in the modules' order."""
    words: str = ""
    """A message id: by which words it is looked for besides, because people call it so."""
    short: str = ""
    """A message id of the context "shelf", of at most twelve cells: its name on a shelf without room for the title."""
