"""An event as one sentence of the reader's language, for the command line's history.

The sentence stands on the event's class, its parameters in the trail; their names tell how they are shown:
`*_on` and `due` as days, `*_at` as moments, `*_cents` as money. Knows no store and no screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, Final

from crm_tui.domain import access, activity, board, note, party
from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_, say
from crm_tui.ui import formats

_SPEAKING: Final = (access, activity, board, note, party)
_OF_BATCHES: Final = {"batch.undone": N_("Undone: {what}"), "batch.redone": N_("Redone: {what}")}
"""Their classes lie beside the door, which loads pydantic; the words are the same."""


def _events(kind: type[Happened]) -> Iterator[type[Happened]]:
    for each in kind.__subclasses__():
        yield each
        yield from _events(each)


@cache
def sentences() -> Mapping[str, str]:
    """The sentence (message id) of each kind of event."""
    assert _SPEAKING  # imported for the classes they declare
    return {e.kind: e.sentence for e in _events(Happened) if hasattr(e, "kind")} | _OF_BATCHES


def told(kind: str, params: Mapping[str, Any], now: datetime, zone: tzinfo) -> str:
    """What happened, in one sentence; a kind that a newer program wrote is named as it is."""
    sentence = sentences().get(kind)
    if sentence is None:
        return kind
    shown = {name: _shown(name, value, now, zone) for name, value in params.items()}
    try:
        return say(sentence, **shown)
    except KeyError:  # a privacy erasure emptied the parameters
        return kind


def _shown(name: str, value: Any, now: datetime, zone: tzinfo) -> Any:
    if name == "what" and isinstance(value, str):
        inner = json.loads(value)
        return told(str(inner["kind"]), inner["params"], now, zone)
    if name == "due" or name.endswith(("_on", "_at")):
        return _moment(str(value), now, zone)
    if name.endswith("_cents") and isinstance(value, int):
        return formats.money(value)
    return value


def _moment(text: str, now: datetime, zone: tzinfo) -> str:
    if len(text) == len("2026-11-24"):
        return formats.day_word(date.fromisoformat(text), now.astimezone(zone).date())
    return formats.stamp(datetime.fromisoformat(text), now, zone)
