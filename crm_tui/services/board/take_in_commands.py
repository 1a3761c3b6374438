"""What may be asked of a foreign file of cards: to take in one. A file is many of them in one batch, one undo."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import field_validator

from crm_tui.domain.fields import Widget
from crm_tui.domain.money import MOST
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask
from crm_tui.services.core.linking import BODY, LINE, REASON

_BETWEEN = re.compile(r"\s*[;\n]\s*")


class TakeInCard(Command):
    """Take in a card of another tool, open or closed on its day. Its person is `party`, or who is known by document,
    e-mail, phone or name, or somebody new. The `nth` card of this title and person on the board: what is there already
    is not made again. Where the other program knows it by a `foreign_id` that is kept, what was changed there
    alone is taken. (M96)"""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Import card")

    subject: str = ask(N_("Subject"), default="", max_length=LINE)
    board: int | None = ask(N_("Board"), default=None, pick="boards")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages")
    owner: int | None = ask(N_("Owner"), default=None, pick="colleagues")
    value_one_off: int = ask(N_("Value"), default=0, widget=Widget.MONEY, ge=0, le=MOST)
    won: bool = ask(N_("Won"), default=False)
    lost: bool = ask(N_("Lost"), default=False)
    opened: date | datetime | None = ask(N_("Opened on"), default=None, widget=Widget.WHEN, past=True)
    closed_on: date | None = ask(N_("Closed on"), default=None, widget=Widget.WHEN, past=True)
    expected_close_on: date | None = ask(N_("Expected close"), default=None, widget=Widget.WHEN)
    reason: int | None = ask(N_("Reason"), default=None, pick="loss_reasons")
    note: str = ask(N_("What happened"), default="", max_length=REASON)
    party: int | None = ask(N_("Person"), default=None, pick="people")
    party_name: str = ask(N_("Name"), default="", max_length=LINE)
    company: str = ask(N_("Company"), default="", max_length=LINE)
    document: str = ask(N_("Document"), default="", max_length=40)
    company_document: str = ask(N_("Company's document"), default="", max_length=40)
    phones: tuple[str, ...] = ask(N_("Phones"), default=())
    emails: tuple[str, ...] = ask(N_("E-mails"), default=())
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=BODY)
    nth: int = ask(N_("Which of several"), default=1, ge=1, hidden=True)
    source: str = ask(N_("Source"), default="", max_length=LINE)
    foreign_source: str = ask(N_("Program"), default="", max_length=100, hidden=True)
    foreign_id: str = ask(N_("Id there"), default="", max_length=100, hidden=True)

    @field_validator("phones", "emails", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return tuple(p for p in _BETWEEN.split(value.strip()) if p) if isinstance(value, str) else value
