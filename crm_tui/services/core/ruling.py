"""What the rules of duplicates that are in use say, in sentences: for the door, and for whoever asks beforehand.

Standard library only, because views read through it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_tui.domain.once import UNSEEN, Asked, Key, Known, Rule, Then, Verdict, signs
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.store.queries import once as queries

NAMED = 3
"""How many are named in one sentence."""
_FIELDS = {
    Key.DOCUMENT: ("document",),
    Key.EMAIL: ("email",),
    Key.PHONE: ("phone",),
    Key.NAME: ("name", "party_name"),
}


def rules(connection: sqlite3.Connection) -> list[Rule]:
    """Those in use, in their order."""
    found = []
    for row in connection.execute(queries.RULES).fetchall():
        keys = frozenset(key for key, on in zip(Key, row[4:8], strict=True) if on)
        found.append(Rule(row[0], row[1], Asked(row[2]), Then(row[3]), keys, row[8], row[9]))
    return found


def word(each: Known) -> str:
    """By what somebody stands in `despite`."""
    return each.code if each.seen else UNSEEN


def refusal_of(found: Sequence[Verdict], despite: str) -> Refusal:
    by = tuple(key for key in Key if any(key in each.known.by for each in found))
    seen = [each.known for each in found if each.known.seen]
    facts: dict[str, Any] = {"who": _who(seen), "signs": signs(by)}
    blocked = found[0].then is Then.BLOCK
    warned = tuple(dict.fromkeys([*despite.split(), *(word(each.known) for each in found)]))
    fields = tuple(name for key in by for name in _FIELDS[key])
    if not seen:
        reason = Text(
            "Somebody whom you may not see is known already by the same {signs}: ask a colleague who may.",
            facts,
        )
    elif blocked:
        reason = Text("Known already by the same {signs}: {who}. Go on with that one.", facts)
    else:
        reason = Text("Known already by the same {signs}: {who}.", facts)
    return Refusal(reason, fields=fields, warned=warned)


def _who(seen: Sequence[Known]) -> str:
    names = ", ".join(f"{each.name} ({each.code})" if each.code else each.name for each in seen[:NAMED])
    return f"{names} …" if len(seen) > NAMED else names


class OfRow(NamedTuple):
    """What the rules say of a row of a file: who is taken instead of somebody new, of whom one is told, or why it stays
    out."""

    there: Known | None = None
    told: Text | None = None
    refusal: Refusal | None = None


def of_row(says: Sequence[Verdict]) -> OfRow:
    """What becomes of a row by these verdicts. Nobody sits by who could be asked."""
    if not says:
        return OfRow()
    if says[0].then is Then.BLOCK:
        return OfRow(refusal=refusal_of([each for each in says if each.then is Then.BLOCK], ""))
    if says[0].then is Then.ATTACH and says[0].known.seen:
        return OfRow(there=says[0].known)
    facts: dict[str, Any] = {"who": _who([each.known for each in says if each.known.seen]) or "…"}
    facts |= {"signs": signs(says[0].known.by)}
    return OfRow(told=Text("Looks like {who}, who has the same {signs}.", facts))
