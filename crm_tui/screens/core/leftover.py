"""What a form about many records could not do: which were left, why in words, and whose draft it stays.

Knows outcomes and names; the form decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from crm_tui.domain.outcome import Conflict, Done, Outcome
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core import barred
from crm_tui.screens.core.kept import shape

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.drafts import DraftRow

MANY = "many"
"""The subject of a draft about many records."""
NAMED = 3
"""So many of those that share a reason are named; a sentence with forty names is read by nobody."""


def left(outcomes: Sequence[Outcome], wanted: int) -> dict[int, Outcome]:
    """Those that were not done, by position; what was not begun shares the fate of the one that stopped the rest."""
    last = [*outcomes[-1:]]
    every = [*outcomes, *last * (wanted - len(outcomes))]
    return {at: outcome for at, outcome in enumerate(every) if not isinstance(outcome, Done)}


def noted(outcomes: Sequence[Outcome]) -> str:
    """What the last of those that were done has to say beside its deed: a stage over its limit, labels left behind."""
    notes = [outcome.note for outcome in outcomes if isinstance(outcome, Done) and outcome.note is not None]
    return say(notes[-1]) if notes else ""


def sentence(found: Mapping[int, Outcome], names: Sequence[str]) -> str:
    """`Padaria Aurora, Clínica Sorriso: carla mudou isso nesse meio-tempo; Mercado: …`."""
    by_reason: dict[str, list[str]] = {}
    for at, outcome in found.items():
        name = names[at] if at < len(names) else ""
        by_reason.setdefault(_why(outcome), []).append(name)
    return "; ".join(_of(names, why) for why, names in by_reason.items())


def _why(outcome: Outcome) -> str:
    if isinstance(outcome, Conflict):
        return say(N_("{who} changed this meanwhile"), who=outcome.who or "—")
    return "" if isinstance(outcome, Done) else say(outcome.reason).removesuffix(".")


def _of(names: Sequence[str], why: str) -> str:
    shown = ", ".join(filter(None, names[:NAMED]))
    if not shown:
        return why
    if len(names) > NAMED:
        more = len(names) - NAMED
        shown = say_n("{names} and {n} more", "{names} and {n} more", more, names=shown)
    return f"{shown}: {why}"


def draft_of_rest(crm: Crm, command: str, target: Mapping[str, str]) -> DraftRow | None:
    """The draft about many of which this record alone is left."""
    found = crm.drafts.find(command, MANY)
    if found is None or not target:
        return None
    rest = shape(found.payload).get("targets", ())
    return found if [barred.ids(each) for each in rest] == [barred.ids(target)] else None
