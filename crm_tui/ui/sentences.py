"""The sentence of an event, made from its kind and parameters in the language in force.

Used by timeline, history and command line alike. It knows no store and no screen: `now` and `zone` come in.
How a parameter is shown follows from its name (`domain.happened`): `*_on` a civil date, `*_at` an instant,
`*_cents` money, `*_word` words of ours, `due` a date or an instant, `what` another event as JSON, `mode` how a card
was reopened, the rest as it stands.
The seventy kinds of events are loaded with the first sentence that is told: the first paint tells none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.i18n import N_, Text, say, say_n
from crm_tui.ui import formats
from crm_tui.ui.glyphs import plain_ascii

if TYPE_CHECKING:
    from crm_tui.domain.trail import Entry

T = TypeVar("T", bound="Outcome | None")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
UNKNOWN = N_("{kind} (written by a newer version of this program)")


def sentence(
    kind: str, params: Mapping[str, Any], now: datetime, zone: tzinfo, *, ascii: bool = False
) -> str:
    """What happened, as one sentence without a full stop: `Visita → Proposta`.

    An event whose words were erased, or of a kind that this version does not know, is told by its kind.
    """
    from crm_tui.domain.happenings import BY_KIND

    known = BY_KIND.get(kind)
    if known is None:
        return say(UNKNOWN, kind=kind)
    today = now.astimezone(zone).date()
    said = {name: _shown(name, value, now, today, zone) for name, value in params.items()}
    if any(name not in said for _, name, _, _ in Formatter().parse(known.sentence) if name):
        return say(N_("{kind} (its words were erased)"), kind=kind)
    found = say(known.sentence, **said)
    if params.get("spoken_with"):
        found = say(N_("{what}, with {who}"), what=found, who=said["spoken_with"])
    if params.get("approved_by"):
        found = say(N_("{what}, approved by {who}"), what=found, who=said["approved_by"])
    return plain_ascii(found) if ascii else found


def in_words(text: Text, now: datetime, zone: tzinfo) -> Text:
    """A refusal's reason with moments and events among its parameters as they are said to a reader. Idempotent."""
    today = now.astimezone(zone).date()

    def said(name: str, value: Any) -> Any:
        if isinstance(value, Text):
            return in_words(value, now, zone)
        if name.endswith("_cents"):
            return _amount(value)
        raw = name.endswith(("_on", "_at")) and _ISO.match(str(value)) is not None
        return _shown(name, value, now, today, zone) if raw or str(value).startswith('{"kind"') else value

    return Text(text.msgid, {name: said(name, value) for name, value in text.params.items()}, text.many)


def amounts(text: Text) -> Text:
    """A text of ours with money (`*_cents`) and civil dates (`*_on`) among its parameters as they are written.
    Idempotent."""

    def said(name: str, value: Any) -> Any:
        if isinstance(value, Text):
            return amounts(value)
        if name.endswith("_cents"):
            return _amount(value)
        dated = name.endswith("_on") and _ISO.fullmatch(str(value)) is not None
        return formats.day_full(date.fromisoformat(value)) if dated else value

    return Text(text.msgid, {name: said(name, value) for name, value in text.params.items()}, text.many)


def _amount(value: Any) -> Any:
    return formats.money(value) if isinstance(value, int) else value


def told(outcome: T, now: datetime, zone: tzinfo) -> T:
    """An outcome as the screens are handed it: whichever of them shows why it was refused, or what came of it beside
    the deed, shows it in words."""
    if isinstance(outcome, Done) and outcome.note is not None:
        return replace(outcome, note=in_words(outcome.note, now, zone))
    if not isinstance(outcome, Refusal):
        return outcome
    return replace(outcome, reason=in_words(outcome.reason, now, zone))


def put_back(told: Entry | None, now: datetime, zone: tzinfo, *, ascii: bool = False) -> str:
    """What an undo or redo did: `Undone: Visita → Proposta`; `told` is the event that says it."""
    if told is None:
        return say(N_("All is put back"))
    return sentence(told.kind, told.params, now, zone, ascii=ascii)


def _shown(name: str, value: Any, now: datetime, today: date, zone: tzinfo) -> str:
    if value is None:
        return ""
    if name == "mode":
        return _mode(str(value))
    if name == "what":
        return _nested(str(value), now, zone)
    if name.endswith("_cents"):
        return formats.money(int(value))
    if name.endswith("_word"):
        return say(str(value))
    if name == "due" or name.endswith(("_on", "_at")):
        return moment(str(value), now, zone)
    return str(value)


def _mode(value: str) -> str:
    """How a card was reopened."""
    from crm_tui.domain.board import ReopenMode
    from crm_tui.domain.reopening import MODE_NAMES

    return say(MODE_NAMES[ReopenMode(value)]) if value in set(ReopenMode) else value


def moment(text: str, now: datetime, zone: tzinfo) -> str:
    """An ISO date as `ter 24/11`, an ISO instant as `ter 24/11 09:30` in the reader's zone."""
    if len(text) == len("2026-11-24"):
        return formats.day_word(date.fromisoformat(text), now.astimezone(zone).date())
    return formats.stamp(datetime.fromisoformat(text), now, zone)


def _nested(text: str, now: datetime, zone: tzinfo) -> str:
    """What was undone or done again; a redo undoes an undo, and what is told is what that undo was about.

    Of a batch of many the number comes first: a row that is cut keeps it.
    """
    from crm_tui.domain.trail import Undone

    inner = json.loads(text)
    if inner["kind"] == Undone.kind and "what" in inner["params"]:
        return _nested(inner["params"]["what"], now, zone)
    what = sentence(inner["kind"], inner["params"], now, zone)
    records = int(inner.get("records", 1))
    if records < 2:
        return what
    return say_n("{n} record: {what}", "{n} records, the first: {what}", records, what=what)
