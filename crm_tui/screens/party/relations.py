"""Who speaks for an organisation, the main contact first; of a person, for whom they speak. (T31, T37)

The same list from either side: enter goes to the other one, `n` adds, `e` changes the role, `o` the rest. Those that
have ended stand below.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.strip import Strip

from crm_tui.domain.party import Contact, PartyDetail, PartyKind
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.one_list import OneList
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.shell import Shell
from crm_tui.services.party import views
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

_PHONE = 15
_NOBODY = N_("Nobody speaks for this organisation yet: n adds a contact.")
_NOWHERE = N_("This person speaks for no organisation yet: n adds one.")


class _Painter(RowPainter[Contact]):
    def stamp(self, row: Contact) -> Hashable:
        return row

    def paint(
        self, look: Look, row: Contact, width: int, *, cursor: bool, marked: bool, focused: bool
    ) -> Strip:
        bar = look.glyph("bar") if cursor and focused else " "
        main, told = say(N_("main")), formats.phone(row.phone) if row.phone else ""
        if row.ended_on is not None:
            told = say(N_("until {date}"), date=f"{row.ended_on:%d/%m/%Y}")
        elif row.main:
            told = f"{main}  {told}".rstrip()
        at_right = _PHONE + 2 + cells(main)
        room = max(0, width - 4 - at_right)
        name = room // 2
        tone = "muted" if row.ended_on is not None else "text"
        runs = [
            Run(bar, "accent"),
            Run(" "),
            Run(look.pad(clean(row.name), name), "bright" if row.ended_on is None else "muted", cursor),
            Run(" "),
            Run(look.pad(clean(row.role or ""), room - name), tone),
            Run(" "),
            Run(" " * max(0, at_right - cells(told))),
            Run(told, "open" if row.main and row.ended_on is None else "muted"),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))


class RelationsScreen(OneList[Contact]):
    """See the module."""

    FOOTER = "relations"
    OFFERS: ClassVar[frozenset[str]] = (
        PLACE_OFFERS | NAV | {"rec.open", "rec.edit", "rec.menu", "rec.trail", "new.here"}
    )
    ASKS: ClassVar[dict[str, str]] = {"rec.edit": "edit_contact", "new.here": "add_contact"}
    BINDINGS = keys(OneList.SCOPES, OFFERS)

    def __init__(self, party: int, **_: Any) -> None:
        super().__init__()
        self.party = party
        self.about: PartyDetail | None = None

    @property
    def _people(self) -> bool:
        return self.about is not None and self.about.kind == PartyKind.ORGANIZATION

    def record_ids(self) -> dict[str, int]:
        row = self.vlist.row
        mine = {"organization" if self._people else "person": self.party}
        return mine | ({"relation": row.relation} if row is not None else {})

    def found(self) -> Sequence[Contact]:
        self.about = self.crm.read(views.detail, self.party)
        self.NOTHING = _NOBODY if self._people else _NOWHERE
        found: list[Contact] = self.crm.read(views.relations, self.party)
        return found

    def key_of(self, row: Contact) -> int:
        return row.relation

    def painter(self) -> _Painter:
        return _Painter()

    def head(self) -> Title:
        title = say(N_("Contacts")) if self._people else say(N_("Speaks for"))
        name = self.about.name if self.about is not None else ""
        return Title(title, clean(name), count=sum(row.ended_on is None for row in self.rows))

    # --- keys ---------------------------------------------------------------------------------------------

    def _row(self) -> Contact | None:
        row: Contact | None = self.vlist.row
        if row is None:
            self.tell(say(self.NOTHING))
        return row

    def action_rec_open(self) -> None:
        row = self._row()
        if row is not None:
            self.go("person", party=row.id)

    def action_new_here(self) -> None:
        self.go("new_relation", party=self.party)

    def action_rec_edit(self) -> None:
        row = self._row()
        if row is not None:
            self.go("edit_relation", relation=row.relation)

    def action_rec_trail(self) -> None:
        row = self._row()
        if row is not None:
            self.go("history", party=row.id)

    def action_rec_menu(self) -> None:
        row = self._row()
        if row is None:
            return
        first = say(N_("whom one speaks to first"))
        items = [
            Item(say(N_("_Main contact")), first, partial(self._choose, row)),
            Item(say(N_("_Role…")), row.role or "", self.action_rec_edit),
            Item(
                say(N_("_End…")),
                say(N_("stays in the history")),
                partial(self.go, "end_relation", relation=row.relation),
            ),
        ]
        self.app.push_screen(MenuScreen(say(N_("Contact")), items, clean(row.name)))

    def _choose(self, row: Contact) -> None:
        self.run_worker(self._chosen(row))

    async def _chosen(self, row: Contact) -> None:
        command: Any = self.shell.command("choose_main_contact")
        outcome = await self.write(command(relation=row.relation, version=row.version))
        self.read()
        self.answer(outcome, say(N_("Main contact chosen")))

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form was saved over this list."""
        self.read()
        self.tell(what)


def new_relation(shell: Shell, party: int) -> FormScreen | None:
    """*Novo contato* of an organisation; of a person, the organisation for which they speak."""
    found: PartyDetail | None = shell.crm.read(views.detail, party)
    if found is None:
        return None
    people = found.kind == PartyKind.ORGANIZATION
    mine, theirs = ("organization", "person") if people else ("person", "organization")
    return FormScreen(
        "add_contact",
        heading=say(N_("New contact")),
        about=f"{found.name}  {found.code}",
        fixed={mine: f"#{party}"},
        fields=(theirs, "role", "main"),
        subject=subject_of(None, party),
        done=say(N_("Contact added")),
    )


def edit_relation(shell: Shell, relation: int) -> FormScreen | None:
    """*Função*: what somebody does at an organisation."""
    return _form(shell, relation, "edit_contact", say(N_("Edit contact")), ("role",), say(N_("Role changed")))


def end_relation(shell: Shell, relation: int) -> FormScreen | None:
    """*Encerrar contato*: until when somebody spoke for an organisation."""
    done = say(N_("Contact ended"))
    return _form(shell, relation, "end_contact", say(N_("End contact")), ("ended_on",), done)


def _form(
    shell: Shell, relation: int, command: str, heading: str, fields: Sequence[str], done: str
) -> FormScreen | None:
    found = shell.crm.read(views.relation, relation)
    if found is None:
        return None
    role = {"role": found.role or ""} if "role" in fields else {}
    return FormScreen(
        command,
        heading=heading,
        about=f"{found.person} · {found.organization}",
        fixed={"relation": f"#{relation}", "version": str(found.version)},
        raw=role,
        fields=fields,
        subject=subject_of(None, found.person_id),
        done=done,
    )
