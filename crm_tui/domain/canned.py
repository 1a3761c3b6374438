"""Standard texts: what they are for, what one types for them, and how a record's facts are put in. (B61, B69)

Pure; knows nothing of the store or the screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text

CODE_LIMIT: Final = 20
"""Letters of a code: it is typed in the middle of a sentence."""
BODY_MOST: Final = 8_000
_CODE: Final = re.compile(rf"[\w-]{{1,{CODE_LIMIT}}}")
_FIELD: Final = re.compile(r"\{([^\s{}]{1,30})\}")


class TemplateKind(StrEnum):
    """What a text is put into."""

    NOTE = "note"


class StandardText(NamedTuple):
    """A standard text. `case_type` None: of all service types."""

    id: int
    code: str
    name: str
    case_type_id: int | None
    case_type: str | None
    body: str
    active: bool
    version: int


class Variable(NamedTuple):
    """What may stand in braces: its names, and what comes in its place (message id)."""

    key: str
    pt: str
    en: str
    about: str


VARIABLES: Final = (
    Variable("name", "nome", "name", N_("the person's or company's name")),
    Variable("contact", "contato", "contact", N_("who is spoken to: the contact, else the person")),
    Variable("company", "empresa", "company", N_("the company")),
    Variable("phone", "telefone", "phone", N_("the first telephone")),
    Variable("card", "cartao", "card", N_("the card's number")),
    Variable("subject", "assunto", "subject", N_("what the card is about")),
    Variable("value", "valor", "value", N_("the card's value")),
    Variable("board", "quadro", "board", N_("the board")),
    Variable("stage", "etapa", "stage", N_("the stage in which it stands")),
    Variable("owner", "responsavel", "owner", N_("who has the card")),
    Variable("me", "eu", "me", N_("who writes the note")),
    Variable("next", "proximo", "next", N_("the planned step and its date")),
    Variable("today", "hoje", "today", N_("today's date")),
    Variable("now", "agora", "now", N_("the hour")),
)
"""In the order in which the list shows them."""
_KEYS: Final[Mapping[str, str]] = {fold(name): each.key for each in VARIABLES for name in (each.pt, each.en)}


class Merged(NamedTuple):
    """A text with what could be put in. `unknown` are names that mean nothing, `empty` those of which the record holds
    nothing; both stay in their braces."""

    text: str
    unknown: tuple[str, ...]
    empty: tuple[str, ...]


def merge(body: str, values: Mapping[str, str]) -> Merged:
    """Put the values (by `Variable.key`) in place of their names, in one pass: what a value says is never read as a
    name again."""
    unknown: dict[str, None] = {}
    empty: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        key = _KEYS.get(fold(found[1]))
        value = values.get(key, "") if key is not None else ""
        if not value:
            (unknown if key is None else empty)[found[0]] = None
        return value or found[0]

    return Merged(_FIELD.sub(put, body), tuple(unknown), tuple(empty))


def code_of(typed: str) -> str | Refusal:
    """A code as it is kept: small letters, digits, `-` and `_`, without the `/` that is typed before it."""
    code = typed.strip().removeprefix("/").lower()
    if _CODE.fullmatch(code):
        return code
    return Refusal(
        Text(
            "The code is what one types behind /: up to 20 letters, digits, - or _, without blanks; choose another."
        ),
        RefusedBy.INPUT,
        ("code",),
    )


def same_code(one: str, other: str) -> bool:
    """Whether two codes are one for whoever types: without case and accents."""
    return fold(one) == fold(other)


def in_order(texts: list[StandardText], case_type_id: int | None) -> list[StandardText]:
    """Those that are offered on a record of this service type: its own first, then those of all. Where none is known
    those of all come first, and the others behind: any of them may be meant."""
    of_all = [each for each in texts if each.case_type_id is None]
    own = [each for each in texts if each.case_type_id is not None]
    if case_type_id is None:
        return [*of_all, *own]
    return [*(each for each in own if each.case_type_id == case_type_id), *of_all]
