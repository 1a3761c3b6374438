"""What a command is: one frozen class whose fields are the form, the shell's options and the schema.

Pydantic is loaded only with this file, never on the way to the first paint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticUndefined

from crm_tui.domain.fields import ShownIf, Widget
from crm_tui.i18n import N_

DESPITE = N_("codes of those who are known already and are somebody else")
"""What the field is for that goes over a rule of duplicates. (M70)"""


class Command(BaseModel):
    """A wish to change a business fact. `permission` is its key, `title` its label (message id); `in_archive` says
    that it is done to cards in the archive, too, `approvable` that somebody who may do it may approve it on the spot
    for one who may not (B56), `past_rules` that a rule of duplicates which blocks it is gone over by such an approval
    (M70), `undoable` that an undo takes it back; `guide` is the place that tells how one of its texts is written."""

    # deferred: a hundred validators built at once took a third of what is loaded behind the first keys (1.4 s, 0.9 now)
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    permission: ClassVar[str]
    title: ClassVar[str]
    in_archive: ClassVar[bool] = False
    approvable: ClassVar[bool] = False
    past_rules: ClassVar[bool] = False
    undoable: ClassVar[bool] = True
    guide: ClassVar[str] = ""

    @classmethod
    def command_name(cls) -> str:
        """The class's name in snake case: `FileNote` is `file_note`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def begun(cls, **known: Any) -> Self:
        """The command as far as it is known before its form is filled, unchecked; for `Crm.hindrance` alone."""
        return cls.model_construct(**known)


def ask(
    label: str,
    *,
    default: Any = PydanticUndefined,
    widget: Widget | None = None,
    pick: str | None = None,
    choices: tuple[tuple[str, str], ...] = (),
    help: str = "",
    hidden: bool = False,
    past: bool = False,
    ever: bool = False,
    max_length: int | None = None,
    ge: int | None = None,
    le: int | None = None,
    shown_if: ShownIf | None = None,
) -> Any:
    """Declare one field of a command: its label and how it is typed; `past`: its days lie behind, so that Friday is the
    last one, `ever`: they may, so that a date that has passed is taken; `shown_if`: with which values of an earlier
    field a form shows it."""
    extra: dict[str, Any] = {"pick": pick, "choices": list(choices)}
    if past:
        extra["past"] = True
    if ever:
        extra["ever"] = True
    if shown_if is not None:
        extra["shown_if"] = [shown_if.field, list(shown_if.values)]
    if hidden:
        widget = Widget.HIDDEN
    if widget is not None:
        extra["widget"] = widget.value
    return Field(
        default,
        title=label,
        description=help or None,
        max_length=max_length,
        ge=ge,
        le=le,
        repr=widget is not Widget.SECRET,
        json_schema_extra=extra,
    )


def choices(names: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    """What a field is chosen from: each value of an enum with what it is called."""
    return tuple((value.value, name) for value, name in names.items())


def seen_version(of: str = "") -> Any:
    """The `version` of the row that the operator saw; None means: no check, and the trail says so. `of` is the field
    that names the row, where it is a person, who may be merged meanwhile."""
    return Field(default=None, title="Version", json_schema_extra={"widget": Widget.HIDDEN.value, "of": of})


class New(int):
    """Names the row that an earlier command of the same `run_many` makes: `New(3)` is the fourth's.

    Stored as a negative id, which no row has; the door puts the real one in its place.
    """

    def __new__(cls, position: int) -> New:
        return super().__new__(cls, -1 - position)
