"""The form of a new card with what its board asks while a card is opened: the questions of its sales scripts. (B12)

They stand behind the few fields that one needs on the phone, and follow the board, the stage and the service type that
are chosen. What must be answered is the command's rule.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from textual.widget import Widget

from crm_tui.domain.form import FormAsked
from crm_tui.domain.once import Known
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.asking import AskingForm
from crm_tui.screens.core.inputs import put, raw_of
from crm_tui.services.board import views as boards
from crm_tui.services.form import views as forms
from crm_tui.services.party import views as parties
from crm_tui.ui import formats
from crm_tui.widgets.fields import Changed
from crm_tui.widgets.looks import clean

AT = ("board", "stage", "template", "case_type")
"""The fields on which it depends what is asked."""
NEW_PERSON = frozenset(("party_name", "company"))
"""Fields of somebody who is not known yet."""
REACHED = ("phone", "email")


class NewCardScreen(AskingForm):
    """See the module."""

    PLACE = "card_form"
    NAME = "party_name"
    BEHIND = ("when", "subject")
    asked_at: Mapping[str, int] = MappingProxyType({})
    """Where the scripts were asked for last."""

    def __init__(self, command: str, *, why: Refusal | None = None, **form: Any) -> None:
        """`why`: what the card was refused for where it was begun in one line."""
        super().__init__(command, **form)
        self.why = why
        self.filled: dict[str, str] = {}
        """How somebody who was taken is reached, by the field in which it was put."""

    # --- what is asked ------------------------------------------------------------------------------------

    def _at(self, raw: Mapping[str, str]) -> dict[str, int]:
        """Where the card is to be made, as the fields say it."""
        given = {**self.fixed, **{name: raw[name] for name in AT if raw.get(name)}}
        return barred.ids({name: text for name, text in given.items() if name in AT})

    def read_scripts(self, raw: Mapping[str, str]) -> list[FormAsked]:
        """What is asked with these texts in the fields."""
        at = self.asked_at = self._at(raw)
        board = self.crm.read(boards.begins_on, at.get("stage"), at.get("board"), at.get("template"))
        if board is None:
            return []
        found: list[FormAsked] = self.crm.read(forms.cycles, board, at.get("case_type"))
        return found

    def _hidden(self) -> frozenset[str]:
        new = NEW_PERSON if self.knows_already() else ()
        return super()._hidden().union(name for name in new if name in self.inputs)

    def _show_asked(self) -> None:
        super()._show_asked()
        hidden = self._hidden()
        for name in NEW_PERSON & self.inputs.keys():
            self._show_row(name, name not in hidden)

    # --- following what is chosen ---------------------------------------------------------------------------

    def _shown(self) -> None:
        super()._shown()
        if self.why is not None:
            self.run_worker(self.refuse(self.why))

    def on_field_changed(self, event: Changed) -> None:
        if self.filled and not self.knows_already():  # that one is not meant after all
            for name, text in self.filled.items():
                if raw_of(self.inputs[name]) == text:
                    put(self.inputs[name], "")
            self.filled = {}
        if self._at(self.raw()) != self.asked_at:  # fields tell, too, what they were made with
            self.run_worker(self.follow(), exclusive=True, group="scripts")

    # --- who is known -------------------------------------------------------------------------------------

    def knows_already(self) -> bool:
        party = self.inputs.get("party")
        return party is not None and bool(raw_of(party).strip())

    def took(self, who: Known) -> None:
        """The card is about this one, with how they are reached where nothing was typed of that."""
        self.run_worker(self._take(who), exclusive=True, group="taken")

    async def _take(self, who: Known) -> None:
        if "party" not in self.inputs:
            await self._ask_first("party")
        put(self.inputs["party"], f"#{who.id}", who.name)
        self._fill(who.id)
        self._show_asked()
        self.parking.touched()
        self.meant = say(N_("for {name}, {code}"), name=clean(who.name), code=who.code)
        self.look_up()
        rest = [widget for name, widget in self._in_sight().items() if name not in ("party", *REACHED)]
        if rest:
            rest[0].focus()

    async def _ask_first(self, name: str) -> None:
        """A field of the command that was not asked for comes before the others."""
        above = self.field_labels[next(iter(self.inputs))].parent
        assert isinstance(above, Widget)
        assert isinstance(above.parent, Widget)
        self.only = (name, *(self.only or self.inputs))
        self._fields = self._specs()
        spec = next(spec for spec in self._fields if spec.name == name)
        await above.parent.mount(self._row(spec, {}, last=False), before=above)
        self.inputs = {name: self.inputs.pop(name), **self.inputs}

    def _fill(self, party: int) -> None:
        found = self.crm.read(parties.detail, party)
        for point in found.points if found is not None else ():
            name = "email" if point.kind == "email" else "phone"
            field = self.inputs.get(name)
            if field is not None and not raw_of(field).strip():
                self.filled[name] = formats.phone(point.normalized) if name == "phone" else point.normalized
                put(field, self.filled[name])

    # --- saving -------------------------------------------------------------------------------------------

    async def _open_missing(self, names: Collection[str]) -> None:
        who = {"party_name"} if self.knows_already() else {"party"} if "party_name" in self.inputs else set()
        await super()._open_missing([name for name in names if name not in who])
