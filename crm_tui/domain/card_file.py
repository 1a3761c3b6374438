"""One row of a foreign file of cards, its values read: what it is about, where it stands, whose it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crm_tui.domain.board import CardStatus
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import Change, Foreign, change
from crm_tui.domain.text import fold
from crm_tui.i18n import Text

_STATUSES = {
    CardStatus.WON: "won|ganho|ganha|closed won|closedwon|fechado ganho|fechado e ganho|negocio fechado|vendido|sold",
    CardStatus.LOST: "lost|perdido|perdida|closed lost|closedlost|fechado perdido|fechado e perdido|negocio perdido",
    CardStatus.OPEN: "open|aberto|aberta|em aberto|em andamento|in progress",
}
_STATUS = {word: status for status, words in _STATUSES.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class CardRow:
    """Names are as typed; `value` in cents; `line` is its first line in the file, from 1. The documents are valid and
    without mask; the CNPJ of a row that names a person and a company is that company's.

    `foreign` is by what its program knows it. `status` is None where the file does not say it. `errors`: why the row
    cannot become a card.
    """

    line: int
    title: str = ""
    board: str = ""
    stage: str = ""
    owner: str = ""
    status: CardStatus | None = None
    value: int = 0
    opened: Moment | None = None
    closed: Moment | None = None
    expected: date | None = None
    reason: str = ""
    person_ref: str = ""
    person: str = ""
    company: str = ""
    document: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    notes: str = ""
    errors: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    company_document: str = ""
    foreign: Foreign | None = None
    source: str = ""
    """The program of the file, whose ids `person_ref` may be."""


def status_of(words: str) -> CardStatus | None:
    """What a status, or a stage that every tool has, says of a card: `Ganho`, `closedlost`; None if nothing."""
    said = " ".join(fold(words).replace("-", " ").replace("(", " ").replace(")", " ").split())
    return _STATUS.get(said)


class Said(NamedTuple):
    """What a file says of a card, or what stands here, in the words that are held against each other: the value in
    cents, the day in ISO, the stage by its folded name."""

    title: str
    value: str
    expected: str
    stage: str
    status: str


def changes(then: Mapping[str, str], now: Said, here: Said) -> dict[str, Change]:
    """What becomes of each field of a card that its program knows by the same id; those that stay are not named.

    A card that was closed, here or there, is in no open stage any more; one that was reopened there is told only.
    """
    found = {
        name: change(then.get(name), said, there)
        for name, said, there in zip(Said._fields, now, here, strict=True)
    }
    if now.status != CardStatus.OPEN or here.status != CardStatus.OPEN:
        found["stage"] = Change.NONE
    if found["status"] is Change.TAKEN and now.status == CardStatus.OPEN:
        found["status"] = Change.KEPT
    return {name: what for name, what in found.items() if what is not Change.NONE}


def kept(then: Mapping[str, str], now: Said, found: Mapping[str, Change]) -> dict[str, str]:
    """What is kept of what the file says: where it was not taken, what it said before, so that it is told again."""
    return {
        name: then.get(name, said) if found.get(name) is Change.KEPT else said
        for name, said in now._asdict().items()
    }
