"""What may be asked of an import: to take in one contact. A file is many of them in one batch, one undo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, overload

from pydantic import field_validator

from crm_tui.domain.fields import Widget
from crm_tui.domain.form_read import typed
from crm_tui.domain.party import ContactKind, Postal
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask
from crm_tui.services.intake.act_commands import TakeInActivity, TakeInNote
from crm_tui.services.intake.layout_commands import (
    AddImportLayout,
    DeactivateImportLayout,
    EditImportLayout,
    MoveImportLayout,
    ReactivateImportLayout,
)
from crm_tui.services.intake.plan import LONGEST, LONGEST_NOTES, Planned

__all__ = [
    "AddImportLayout",
    "DeactivateImportLayout",
    "EditImportLayout",
    "MoveImportLayout",
    "ReactivateImportLayout",
    "TakeIn",
    "TakeInActivity",
    "TakeInNote",
    "take_ins",
]

_BETWEEN = re.compile(r"\s*[;\n]\s*")


class TakeIn(Command):
    """Take in one contact: somebody new, or what is new about somebody known by e-mail or phone. (M96)

    Nothing known is overwritten but a name that was changed only in the other program, which knows them by
    `foreign_id`. `phones` are pairs of kind and number; on the command line several numbers or
    addresses are parted by semicolons.
    """

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Import contact")

    name: str = ask(N_("Name"), default="", max_length=LONGEST)
    company: str = ask(N_("Company"), default="", max_length=LONGEST)
    role: str = ask(N_("Role there"), default="", max_length=LONGEST)
    organization: bool = ask(N_("Organization"), default=False)
    phones: tuple[tuple[str, str], ...] = ask(N_("Phones"), default=())
    emails: tuple[str, ...] = ask(N_("E-mails"), default=())
    notes: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=LONGEST_NOTES)
    document: str = ask(N_("Document"), default="", max_length=40)
    company_document: str = ask(N_("Company's document"), default="", max_length=40)
    street: str = ask(N_("Address"), default="", max_length=200)
    city: str = ask(N_("City"), default="", max_length=80)
    state: str = ask(N_("State"), default="", max_length=60)
    postcode: str = ask(N_("Postcode"), default="", max_length=20)
    owner: int | None = ask(N_("Owner"), default=None, pick="users")
    follow_up: date | None = ask(N_("Follow-up"), default=None, widget=Widget.WHEN)
    own: dict[str, str] = ask(
        N_("Fields of one's own"),
        default={},
        widget=Widget.MAP,
        help=N_("a JSON object: each field's key with the text of its answer"),
    )
    source: str = ask(N_("Source"), default="", max_length=200)
    foreign_source: str = ask(N_("Program"), default="", max_length=100, hidden=True)
    foreign_id: str = ask(N_("Id there"), default="", max_length=100, hidden=True)

    __slots__ = ("_shown",)  # pydantic looks a private attribute up in Python, four times a row

    @property
    def shown(self) -> Planned | None:
        """The row of the preview that it was made of, so that it is neither taken apart nor judged again; None if it
        was made of its fields, and where those say it otherwise: a document or an address is judged anew."""
        found: Planned | None = getattr(self, "_shown", None)
        return found

    @field_validator("phones", "emails", mode="before")
    @classmethod
    def _several(cls, value: Any, info: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part for part in _BETWEEN.split(value.strip()) if part]
        return (
            tuple((ContactKind.PHONE.value, p) for p in parts)
            if info.field_name == "phones"
            else tuple(parts)
        )


BLOCK = 500
"""Commands that are made together: what a chunk does."""


class _TakeIns(Sequence[TakeIn]):
    """Each made when it is come to, and kept as long as its chunk needs it: a command takes more room than its row."""

    def __init__(self, rows: Sequence[Planned], source: str, follow_up: date | None) -> None:
        self._rows, self._source, self._follow_up = rows, source, follow_up
        self._block = lru_cache(maxsize=4)(self._made)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> TakeIn: ...
    @overload
    def __getitem__(self, at: slice) -> list[TakeIn]: ...
    def __getitem__(self, at: int | slice) -> TakeIn | list[TakeIn]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        block, offset = divmod(range(len(self))[at], BLOCK)
        return self._block(block)[offset]

    def _made(self, block: int) -> tuple[TakeIn, ...]:
        rows = self._rows[block * BLOCK : (block + 1) * BLOCK]
        return tuple(self._of(row) for row in rows)

    def _of(self, row: Planned) -> TakeIn:
        one = row.contact
        made = TakeIn(
            name=one.name,
            company=one.company,
            role=one.role,
            organization=one.organization,
            phones=tuple((p.kind, p.value) for p in one.points if p.kind != ContactKind.EMAIL),
            emails=tuple(p.value for p in one.points if p.kind == ContactKind.EMAIL),
            notes=one.notes,
            document=one.document,
            company_document=one.company_document,
            **_postal(one.address),
            owner=one.owner.id if one.owner is not None else None,
            own={each.question.key: typed(each.question, each.value) for each in one.own},
            follow_up=self._follow_up,
            source=self._source,
            foreign_source=one.foreign.source if one.foreign is not None else "",
            foreign_id=one.foreign.id if one.foreign is not None else "",
        )
        if not (one.document or one.company_document or one.address):
            object.__setattr__(made, "_shown", row)  # the command is frozen
        return made


def take_ins(rows: Sequence[Planned], *, source: str, follow_up: date | None = None) -> Sequence[TakeIn]:
    """The commands that do what a preview showed, in its order, each made when it is asked for; `source` names the file
    in the trail."""
    return _TakeIns(rows, source, follow_up)


def _postal(address: Postal | None) -> dict[str, str]:
    """The fields of an address, cut to what they hold."""
    if address is None:
        return {}
    most = {"street": 200, "city": 80, "state": 60, "postcode": 20}
    return {name: (getattr(address, name) or "")[:length] for name, length in most.items()}
