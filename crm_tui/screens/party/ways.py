"""The ways to reach somebody, and for what their data may be used: two lists of one person, under `o`. (M1, M102)"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.strip import Strip

from crm_tui.domain.consent import BASES, PURPOSES, Basis, ConsentRow, Purpose
from crm_tui.domain.outcome import Done
from crm_tui.domain.party import ContactKind, PartyDetail, Point
from crm_tui.domain.reach import NAMES
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.one_list import OneList
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.shell import Shell
from crm_tui.screens.party.facts import shown
from crm_tui.services.party import views
from crm_tui.ui.look import Look
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, cells, clean, ground_of, paint
from crm_tui.widgets.rows import RowPainter

WhenMade = Callable[[Done], None] | None
"""What is done with what a form has made."""


class Row(NamedTuple):
    """A row of either list: what it is, of which kind, and what there is to say of it."""

    key: int
    words: str
    kind: str
    note: str
    barred: bool
    """Not to be used any more."""


class Painter(RowPainter[Row]):
    """The kinds in one column, the notes at the right, the rest for the words."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.kind = max((cells(row.kind) for row in rows), default=0)
        self.note = max((cells(row.note) for row in rows), default=0)

    def stamp(self, row: Row) -> Hashable:
        return row, self.kind, self.note

    def paint(self, look: Look, row: Row, width: int, *, cursor: bool, marked: bool, focused: bool) -> Strip:
        room = max(1, width - 2 - self.kind - self.note - 3)
        runs = [
            Run(look.glyph("bar") if cursor and focused else " ", "accent"),
            Run(" "),
            Run(look.pad(clean(row.words), room), "muted" if row.barred else "bright", cursor),
            Run(f" {look.pad(row.kind, self.kind)} ", "muted"),
            Run(look.pad(row.note, self.note, right=True), "overdue" if row.barred else "text"),
        ]
        return paint(look, runs, width, ground_of(cursor=cursor, marked=marked, focused=focused))


class OfPerson(OneList[Row]):
    """What both lists have in common."""

    def __init__(self, party: int, **_: Any) -> None:
        super().__init__()
        self.party = party
        self.person: PartyDetail | None = None

    def found(self) -> list[Row]:
        self.person = self.crm.read(views.detail, self.party)
        return [] if self.person is None else self.listed(self.person)

    def listed(self, person: PartyDetail) -> list[Row]:
        """The rows of this person."""
        raise NotImplementedError

    ADDS: ClassVar[str] = ""
    """The form of another row."""

    def action_new_here(self) -> None:
        self.go(self.ADDS, party=self.party, made=self._added)

    def _added(self, done: Done) -> None:
        """The cursor goes to what was added, so that the next key is about it."""
        self.read()
        if done.entity_id is not None:
            self.vlist.go_to(done.entity_id)

    def key_of(self, row: Row) -> int:
        return row.key

    def painter(self) -> Painter:
        return Painter(self.rows)

    @property
    def name_of(self) -> str:
        """Whose list it is."""
        return self.person.name if self.person is not None else ""

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS if self.vlist.row is not None else self.OFFERS - self.OF_ROW

    OF_ROW: ClassVar[frozenset[str]] = frozenset()
    """What is done with the row under the cursor."""


class WaysScreen(OfPerson):
    """Phones, e-mails, sites: the ones that may be used first, of them the main ones."""

    FOOTER = "ways"
    SCOPES = ("app", "place", "ways")
    OF_ROW = frozenset(("wy.edit", "wy.first", "wy.wish", "wy.remove"))
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | OF_ROW | {"new.here"}
    ADDS = "add_way"
    ASKS: ClassVar[dict[str, str]] = {"new.here": "add_contact_point"}
    BINDINGS = keys(SCOPES, OFFERS)
    NOTHING = N_("no phone or e-mail yet: n adds one")

    def listed(self, person: PartyDetail) -> list[Row]:
        return [_way(point) for point in person.points]

    def head(self) -> Title:
        withdrew = (
            say(N_("withdrew the contact")) if self.person is not None and self.person.withdrawn else ""
        )
        extra = (Run(withdrew, "overdue"),) if withdrew else ()
        return Title(say(N_("Ways to reach")), self.name_of, count=len(self.rows), extra=extra)

    @property
    def point(self) -> Point | None:
        """The way under the cursor."""
        points = self.person.points if self.person is not None else ()
        return next((point for point in points if point.id == self.vlist.key), None)

    def record_ids(self) -> dict[str, int]:
        point = self.point
        return {"party": self.party} | ({"contact_point": point.id} if point is not None else {})

    def action_rec_open(self) -> None:
        self.action_wy_edit()

    def action_wy_edit(self) -> None:
        if self.point is not None:
            self.go("edit_way", point=self.point.id)

    async def action_wy_first(self) -> None:
        """The main one of its kind from now on."""
        if self.point is not None and self.point.is_primary:
            self.tell(say(N_("{way} is the main one already."), way=shown(self.point)))
        else:
            await self._change(N_("{way} is the main one now"), main=True)

    async def action_wy_wish(self) -> None:
        """They wish not to be reached by this, or again."""
        if self.point is not None and self.point.opted_out:
            await self._change(N_("{way} may be used again"), opted_out=False)
        else:
            await self._change(N_("{way} is not to be used any more"), opted_out=True)

    async def _change(self, done: str, **given: Any) -> None:
        from crm_tui.services.party.commands import EditContactPoint

        point = self.point
        if point is not None:
            command = EditContactPoint(contact_point=point.id, version=point.version, **given)
            if self.answer(await self.write(command), say(done, way=shown(point))):
                self.read()

    async def action_wy_remove(self) -> None:
        """Take it away; `u` brings it back."""
        from crm_tui.services.party.commands import RemoveContactPoint

        point = self.point
        if point is not None:
            outcome = await self.write(RemoveContactPoint(contact_point=point.id))
            if self.answer(outcome, say(N_("{way} removed"), way=shown(point))):
                self.read()


class ConsentsScreen(OfPerson):
    """What is in force first, then what was withdrawn; nothing of it is written over."""

    FOOTER = "consents"
    SCOPES = ("app", "place", "consents")
    OF_ROW = frozenset(("co.revoke",))
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | OF_ROW | {"new.here"}
    ADDS = "grant_consent"
    ASKS: ClassVar[dict[str, str]] = {"new.here": "grant_consent"}
    BINDINGS = keys(SCOPES, OFFERS)
    NOTHING = N_("nothing was allowed yet: n writes a consent down")

    def listed(self, person: PartyDetail) -> list[Row]:
        return [self._consent(each) for each in person.consents]

    def _consent(self, row: ConsentRow) -> Row:
        at = row.granted_at if row.revoked_at is None else row.revoked_at
        day = f"{at.astimezone(self.zone):%d/%m/%y}"
        note = say(N_("since {day}"), day=day) if row.in_force else say(N_("withdrawn {day}"), day=day)
        purpose, basis = say(PURPOSES[Purpose(row.purpose)]), say(BASES[Basis(row.basis)])
        return Row(row.id, purpose, basis, note, not row.in_force)

    def head(self) -> Title:
        return Title(say(N_("Consents")), self.name_of, count=len(self.rows))

    def record_ids(self) -> dict[str, int]:
        consent = self.vlist.key
        return {"party": self.party} | ({"consent": int(consent)} if consent is not None else {})

    def action_rec_open(self) -> None:
        """There is no more to a consent than its row says."""

    async def action_co_revoke(self) -> None:
        """Withdrawn from now on; that it was given stays."""
        from crm_tui.services.party.commands import RevokeConsent

        row = self.vlist.row
        if row is not None:
            outcome = await self.write(RevokeConsent(consent=row.key))
            if self.answer(outcome, say(N_("{what} withdrawn"), what=row.words)):
                self.read()


def _way(point: Point) -> Row:
    said = [say(N_("main"))] if point.is_primary else []
    if point.opted_out:
        said.append(say(N_("do not use")))
    return Row(point.id, shown(point), say(NAMES[ContactKind(point.kind)]), ", ".join(said), point.opted_out)


def of_person(
    shell: Shell, party: int, command: str, heading: str, done: str, made: WhenMade
) -> FormScreen | None:
    """The form of one more thing of somebody, by the command's name; None where nobody is to be seen by that id."""
    found: PartyDetail | None = shell.crm.read(views.detail, party)
    if found is None:
        return None
    form = FormScreen(
        command,
        heading=heading,
        about=f"{found.name}  {found.code}",
        fixed={"party": f"#{party}"},
        subject=subject_of(None, party),
        done=done,
        again={},
    )
    form.made = made
    return form


def add_way(shell: Shell, party: int, made: WhenMade = None) -> FormScreen | None:
    """*Novo telefone ou e-mail*: a phone, an e-mail, a site of somebody."""
    heading, done = say(N_("New way to reach")), say(N_("Way to reach added"))
    return of_person(shell, party, "add_contact_point", heading, done, made)


def edit_way(shell: Shell, point: int) -> FormScreen | None:
    """*Editar telefone ou e-mail*: only what was changed is sent."""
    found: tuple[Point, Any] | None = shell.crm.read(views.point, point)
    if found is None:
        return None
    way, whose = found
    return FormScreen(
        "edit_contact_point",
        heading=say(N_("Edit way to reach")),
        about=f"{whose.name}  {whose.code}",
        fixed={"contact_point": f"#{way.id}", "version": str(way.version)},
        raw={
            "value": shown(way),
            "kind": way.kind,
            "main": str(int(way.is_primary)),
            "opted_out": str(int(way.opted_out)),
        },
        subject=subject_of(None, whose.id),
        done=say(N_("Changed")),
        changes_only=True,
    )


def grant_consent(shell: Shell, party: int, made: WhenMade = None) -> FormScreen | None:
    """*Novo consentimento*."""
    heading, done = say(N_("New consent")), say(N_("Consent kept"))
    return of_person(shell, party, "grant_consent", heading, done, made)
