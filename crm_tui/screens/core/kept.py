"""The form that a draft was typed into, as its payload keeps it: read so that whatever stands there can be shown.

A draft outlives the version that wrote it, and its row can be changed by other hands: what does not fit is left out,
because a draft that stops the list of drafts is a text that nobody reaches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crm_tui.domain.subject import record_of

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.drafts import DraftRow

SHAPE = "form:"
"""The key in a draft's payload under which the form itself is kept; no field is called so."""


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is(*kinds: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kinds)


_FITS: Mapping[str, Callable[[object], bool]] = {
    "heading": _is(str),
    "about": _is(str),
    "fixed": _texts,
    "raw": _texts,
    "labels": _texts,
    "fields": lambda value: value is None or _words(value),
    "targets": lambda value: isinstance(value, list) and bool(value) and all(map(_texts, value)),
    "names": _words,
    "done": _is(str),
    "context": lambda value: isinstance(value, dict) and all(isinstance(n, int) for n in value.values()),
    "changes_only": _is(bool),
    "again": lambda value: value is None or _texts(value),
    "gates": _is(list),
}
"""What made a form, and what it has to be to make it again."""


def shape(payload: Mapping[str, str]) -> dict[str, Any]:
    """The arguments that made the form, as far as they are there."""
    found = listed(payload.get(SHAPE, "{}"))
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if name in _FITS and _FITS[name](value)}


def asked_of(shell: Shell, draft: DraftRow) -> type[Command] | None:
    """The command whose form it was; None of one that this version does not know, and of a note about nothing."""
    try:
        command = shell.command(draft.command)
    except KeyError:
        return None
    return None if draft.command == "file_note" and record_of(draft.subject) is None else command


def listed(text: str) -> Any:
    """What a payload holds as JSON; nothing where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
