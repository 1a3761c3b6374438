"""The addresses of somebody: a list under `o`, the main one first. (M1)"""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.party import PartyDetail, PostalAt, Whose
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.navigate import NAV
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.shell import Shell
from crm_tui.screens.party.ways import OfPerson, Row, WhenMade, of_person
from crm_tui.services.party import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import Title


class AddressesScreen(OfPerson):
    """See the module."""

    FOOTER = "ways"
    SCOPES = ("app", "place", "ways")
    OF_ROW = frozenset(("wy.edit", "wy.first", "wy.remove"))
    OFFERS: ClassVar[frozenset[str]] = PLACE_OFFERS | NAV | OF_ROW | {"new.here"}
    ADDS = "add_address"
    ASKS: ClassVar[dict[str, str]] = {
        "new.here": "add_address",
        "wy.edit": "edit_address",
        "wy.first": "edit_address",
        "wy.remove": "remove_address",
    }
    BINDINGS = keys(SCOPES, OFFERS)
    NOTHING = N_("no address yet: n adds one")

    def listed(self, person: PartyDetail) -> list[Row]:
        main = say(N_("main"))
        return [
            Row(each.id, formats.address(*each.postal), "", main if not n else "", False)
            for n, each in enumerate(person.addresses)
        ]

    def head(self) -> Title:
        return Title(say(N_("Addresses")), self.name_of, count=len(self.rows))

    @property
    def here(self) -> PostalAt | None:
        """The address under the cursor."""
        found = self.person.addresses if self.person is not None else ()
        return next((each for each in found if each.id == self.vlist.key), None)

    def record_ids(self) -> dict[str, int]:
        here = self.here
        return {"party": self.party} | ({"address": here.id} if here is not None else {})

    def action_rec_open(self) -> None:
        self.action_wy_edit()

    def action_wy_edit(self) -> None:
        if self.here is not None:
            self.go("edit_address", address=self.here.id)

    async def action_wy_first(self) -> None:
        """The main one from now on."""
        from crm_tui.services.party.commands import EditAddress

        here = self.here
        if here is not None and here.is_primary:
            self.tell(say(N_("It is the main address already.")))
        elif here is not None:
            outcome = await self.write(EditAddress(address=here.id, version=here.version, main=True))
            if self.answer(outcome, say(N_("It is the main address now"))):
                self.read()

    async def action_wy_remove(self) -> None:
        """Take it away; `u` brings it back."""
        from crm_tui.services.party.commands import RemoveAddress

        here = self.here
        if here is not None:
            outcome = await self.write(RemoveAddress(address=here.id))
            if self.answer(outcome, say(N_("Address removed"))):
                self.read()


def add_address(shell: Shell, party: int, made: WhenMade = None) -> FormScreen | None:
    """*Novo endereço*."""
    heading, done = say(N_("New address")), say(N_("Address added"))
    return of_person(shell, party, "add_address", heading, done, made)


def edit_address(shell: Shell, address: int) -> FormScreen | None:
    """*Editar endereço*: only what was changed is sent."""
    found: tuple[PostalAt, Whose] | None = shell.crm.read(views.address, address)
    if found is None:
        return None
    here, whose = found
    raw = {name: value or "" for name, value in here.postal._asdict().items()}
    return FormScreen(
        "edit_address",
        heading=say(N_("Edit address")),
        about=f"{whose.name}  {whose.code}",
        fixed={"address": f"#{here.id}", "version": str(here.version)},
        raw=raw | {"main": str(int(here.is_primary))},
        subject=subject_of(None, whose.id),
        done=say(N_("Changed")),
        changes_only=True,
    )
