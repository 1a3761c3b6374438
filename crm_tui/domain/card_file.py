"""One row of a foreign file of cards, its values read: what it is about, where it stands, whose it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_tui.domain.board import CardStatus
from crm_tui.domain.cell_values import Moment
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

    `status` is None where the file does not say it. `errors`: why the row cannot become a card.
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


def status_of(words: str) -> CardStatus | None:
    """What a status, or a stage that every tool has, says of a card: `Ganho`, `closedlost`; None if nothing."""
    said = " ".join(fold(words).replace("-", " ").replace("(", " ").replace(")", " ").split())
    return _STATUS.get(said)
