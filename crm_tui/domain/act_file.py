"""One row of a foreign file of activities or notes, its values read: what was done or is to be done, when, with whom.
Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from crm_tui.domain.activity import ActionKind
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import Foreign
from crm_tui.domain.text import fold
from crm_tui.i18n import Text

_KINDS = {
    ActionKind.CALL: "call|phone call|ligacao|telefonema|chamada|telefone|ligar|chamada telefonica",
    ActionKind.EMAIL: "email|e mail|mail",
    ActionKind.MEETING: "meeting|reuniao|reuniao online|demo|demonstracao|almoco|lunch|event|evento",
    ActionKind.VISIT: "visit|visita",
    ActionKind.TASK: "task|tarefa|to do|todo|deadline|prazo",
    ActionKind.MESSAGE: "message|mensagem|whatsapp|sms|chat",
    ActionKind.FOLLOW_UP: "follow up|followup|acompanhamento|retorno",
    ActionKind.SOCIAL: "social|linkedin|instagram|rede social",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_STATES = {
    True: "yes|y|true|1|x|done|completed|complete|closed|held|sim|s|verdadeiro|feito|feita|concluido|concluida|"
    "realizado|realizada|ok",
    False: "no|n|false|0|open|to do|todo|planned|not started|pending|scheduled|nao|falso|aberto|aberta|a fazer|"
    "pendente|planejado|planejada|agendado|agendada",
}
_STATE = {word: done for done, words in _STATES.items() for word in words.split("|")}
_REF = re.compile(r"activity:([1-9][0-9]{0,17})")
_HOUR = re.compile(r"(\d{1,2})(?:[:h](\d{2}))?(?::\d{2}(?:[.,]\d+)?)?h?\s*(am|pm)?")


@dataclass(frozen=True, slots=True)
class ActRow:
    """Names are as typed; `line` is its first line in the file, from 1; `when` naive where the cell names no zone.

    `done` is None where the file does not say it; `foreign` is its id in the program or the layout of the file.
    `ref`: which activity it was where this program wrote the file. `errors`: why the row cannot be taken in.
    """

    line: int
    action: str = ""
    subject: str = ""
    when: Moment | None = None
    done: bool | None = None
    owner: str = ""
    result: str = ""
    text: str = ""
    card: str = ""
    person_ref: str = ""
    person: str = ""
    company: str = ""
    document: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    errors: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    foreign: Foreign | None = None
    ref: int | None = None


def _said(words: str) -> str:
    return " ".join(fold(words).replace("-", " ").replace("_", " ").split())


def kind_of(words: str) -> ActionKind | None:
    """The kind of action that every tool has: `Ligação`, `Phone call`; None if it is none of them."""
    return _KIND.get(_said(words))


def done_of(words: str) -> bool | None:
    """Whether a state says that it was done: `Sim`, `completed`, `pendente`; None if it says nothing."""
    return _STATE.get(_said(words))


def ref_of(words: str) -> int | None:
    """The activity that an export of this program names: `activity:9`; None of any other id."""
    found = _REF.fullmatch(words.strip())
    return int(found[1]) if found is not None else None


def hour_of(words: str) -> time | None:
    """The hour of a column of its own: `14:30`, `14h30`, `2 pm`; None if it is none."""
    found = _HOUR.fullmatch(fold(words).strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
