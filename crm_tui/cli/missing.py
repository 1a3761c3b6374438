"""What gates found missing, as a script can give it: each thing with the command and the fields that cure it. (E30-E40)

The screen fills it in where the move was refused; here it is another line of the shell. Knows no gate's rule.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_tui.domain.form_cycle import MARK
from crm_tui.domain.gate import Asked, Cure, GateKind
from crm_tui.i18n import say
from crm_tui.services.core.refs import party_ref, typed

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

_BLANK = "…"
"""What stands where something is to be typed."""
_FILE = "content"
"""The field for which a file is named."""
_SEEN = frozenset(("version", "revision", "seen"))


def documents(crm: Crm, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Each thing that is missing: its kind, the stage that asks, what it is called, and its cures, the first of them
    as `command`, `about` and `fields`; none of a thing that the refused command itself would be given."""
    return [_document(crm, each) for each in asked if not each.met]


def _document(crm: Crm, asked: Asked) -> dict[str, Any]:
    cures = [_cure(crm, asked, cure) for cure in asked.cures]
    first = cures[0] if cures else {"command": None, "about": {}, "fields": []}
    gate = asked.gate
    return {
        "kind": GateKind(gate.kind).value,
        "stage": gate.stage,
        "stage_ref": typed("stage", gate.stage_id),
        "what": say(gate.label),
        **first,
        "cures": cures,
    }


def _cure(crm: Crm, asked: Asked, cure: Cure) -> dict[str, Any]:
    about = {name: _ref(crm, name, row) for name, row in cure.about if name not in _SEEN}
    fields = list(cure.fields)
    keys = _questions(crm, asked, dict(cure.about)) if "answers" in fields else []
    return {"command": cure.command, "about": about, "fields": fields, **({"answers": keys} if keys else {})}


def _ref(crm: Crm, name: str, row: int) -> str:
    if name == "party":
        return party_ref(row) or ""
    if name == "card":
        from crm_tui.services.board import views

        card = crm.read(views.detail, row)
        return card.number if card is not None else f"card:{row}"
    return typed(name, row) or ""


def _questions(crm: Crm, asked: Asked, about: dict[str, int]) -> list[str]:
    """The keys of a form's questions."""
    from crm_tui.services.form import views

    form = crm.read(views.asked, about["card"], asked.gate.form_id or 0)
    return [] if form is None else [question.key for question in form.questions]


def lines(documents: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """One line for each thing: what it is, and the command that gives it."""
    return tuple(
        f"  {each['what']}: {_line(cure)}" for each in documents for cure in each["cures"] if cure["command"]
    )


def _line(cure: dict[str, Any]) -> str:
    words = [f"crm-tui do {cure['command']}"]
    words += [f"{_option(name)} {shlex.quote(ref)}" for name, ref in cure["about"].items()]
    for name in cure["fields"]:
        if name == _FILE:
            words.append(f"--file {_BLANK}")
        elif name == "answers":
            blank = json.dumps(dict.fromkeys(cure.get("answers", ()), _BLANK), ensure_ascii=False)
            words.append(f"--answers {shlex.quote(blank)}")
        else:
            words.append(f"{_option(name)} {_BLANK}")
    return " ".join(words)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def scripts(fields: Sequence[str]) -> tuple[str, ...]:
    """The option that answers what the sales scripts ask of a new card; nothing where they ask nothing. (B12)"""
    keys = [name for name in fields if name.startswith(MARK)]
    blank = json.dumps(dict.fromkeys(keys, _BLANK), ensure_ascii=False)
    return (f"  --answers {shlex.quote(blank)}",) if keys else ()
