"""What the parts of the editor of a parecer share: whom it is about, its fields, and in which order parts are asked.

`NoteEditor` is the screen and its keys. What it can do lies in parts, each with one concern: the answers of a stage,
what a stage asks for, what follows from a result, files, standard texts. A part knows this desk and, where its concern
hangs on another's, that part by name; nobody else knows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widget import AwaitMount, Widget

from crm_tui.domain.board import CardDetail
from crm_tui.domain.fields import FieldSpec, chosen_id
from crm_tui.screens.core import inputs
from crm_tui.screens.core.formrows import FieldLabel
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.note.head import Sentence
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.widgets.body import Body

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm


class Part:
    """One concern of the editor. What a part leaves as it stands here it has no say in."""

    def parked(self) -> Mapping[str, str]:
        """What a draft keeps of it beside what stands in the fields."""
        return {}

    def filed(self) -> Mapping[str, str]:
        """What the command is given by it beside what stands in the fields."""
        return {}

    def order(self, names: Sequence[str]) -> list[str]:
        """The fields in the order in which `tab` goes through them, with its own where they belong."""
        return list(names)

    def missing(self) -> str | None:
        """The field that `f4` goes to, before those that every note has."""
        return None

    def settle(self) -> None:
        """Follow at once what a field has just taken: `tab` is quicker than the field's message."""

    def changed(self, name: str) -> None:
        """The text of a field became another; of one that is none of the editor's the name is empty."""

    def chosen(self, name: str) -> None:
        """A choice was made in a field, on which others may hang."""

    def stage_chosen(self) -> None:
        """Another stage stands in its field, by whatever way it came there."""

    def decided(self) -> None:
        """An answer of the stage was taken, or taken away."""

    def renew(self) -> None:
        """Whom or what the note is about is called otherwise now, or it has other files."""


class Desk:
    """One note that is being written; `parts` is set once they are made."""

    def __init__(
        self,
        screen: Locks[None],
        sentence: Sentence,
        *,
        card: int | None,
        party: int | None,
        activity: int | None,
    ) -> None:
        self.screen, self.sentence = screen, sentence
        self.card_id, self.party_id, self.activity_id = card, party, activity
        self.card: CardDetail | None = None
        self.inputs: dict[str, Widget] = {}
        self.touched: set[str] = set()
        self.first: dict[str, str] = {}
        """What stood in the fields beside the text before anybody typed: no reason to keep a draft."""
        self.standing = ""
        """The stage in which the card stands: shown from the start, and no wish while it is left."""
        self.seen: int | None = None
        """The card's version that was on the screen when another stage was chosen; None while none is."""
        self.coming: AwaitMount | None = None
        """Fields that were asked for last and may not be there yet."""
        self.parts: tuple[Part, ...] = ()

    @property
    def crm(self) -> Crm:
        """The CRM of this operator."""
        return self.screen.crm

    @property
    def shell(self) -> Shell:
        """The application, as far as screens may know it."""
        return self.screen.shell

    # --- whom it is about -----------------------------------------------------------------------------------

    def read(self) -> None:
        """The card as it stands now; without one the note is about a person."""
        if self.card_id is None:
            return
        self.card = self.crm.read(boards.detail, self.card_id)
        if self.card is not None:
            self.standing = f"#{self.card.stage_id}"
            self.party_id = self.card.party_id
            self.activity_id = self.activity_id or self.card.next_activity_id

    def who(self) -> str:
        """Whom the note is about."""
        if self.card is not None and self.card.party:
            return self.card.party
        party = self.crm.read(parties.detail, self.party_id) if self.party_id is not None else None
        return party.name if party is not None else ""

    def place(self) -> dict[str, int]:
        """Where the note stands, by which pickers narrow what they offer: board, stage, person, contact."""
        place = {"party": self.party_id, "contact": self.card.contact_id if self.card is not None else None}
        if self.card is not None:
            place |= {"board": self.card.board_id, "stage": self.card.stage_id}
        return {name: value for name, value in place.items() if value is not None}

    # --- fields -----------------------------------------------------------------------------------------------

    @property
    def body(self) -> Body:
        """The text."""
        body = self.inputs["body"]
        assert isinstance(body, Body)
        return body

    def make(
        self, name: str, spec: FieldSpec, raw: str = "", label: str = "", *, anywhere: bool = False
    ) -> Widget:
        """The widget of a field, one of the note's from now on; `anywhere`: what it offers is the same of any note."""
        place = {} if anywhere else self.place()
        self.inputs[name] = inputs.make(self.screen, spec, raw, label, context=place, beside=True)
        return self.inputs[name]

    def text(self, name: str) -> str:
        """What stands in a field, as typed; empty where it is not there."""
        return inputs.raw_of(self.inputs[name]) if name in self.inputs else ""

    def raw(self) -> dict[str, str]:
        """Every field as typed."""
        return {name: inputs.raw_of(widget) for name, widget in self.inputs.items()}

    def beside_text(self) -> dict[str, str]:
        """What stands in the fields beside the text."""
        return {name: text for name, text in self.raw().items() if name != "body" and text}

    def picked(self, name: str) -> int | None:
        """The record that is chosen in a field."""
        return chosen_id(self.text(name))

    def put(self, name: str, raw: str, label: str = "") -> None:
        """Another text into a field."""
        inputs.put(self.inputs[name], raw, label)

    def filled(self, *names: str) -> bool:
        """Whether something stands in each of these fields."""
        return all(self.text(name).strip() for name in names)

    def name_of(self, widget: Widget) -> str:
        """The field that a widget belongs to; empty if to none."""
        return next((n for n, w in self.inputs.items() if w is widget or w in widget.ancestors), "")

    def focused(self, name: str) -> bool:
        """Whether one types in a field."""
        widget = self.inputs[name]
        return widget.has_focus or widget.has_focus_within

    # --- what parts are told ----------------------------------------------------------------------------------

    def changed(self, name: str, *, settled: bool) -> None:
        """A field's text became another; `settled`: by a choice, or one left it."""
        if settled:
            for part in self.parts:
                part.chosen(name)
            if name == "stage":
                self.stage_chosen()
        for part in self.parts:
            part.changed(name)

    def stage_chosen(self) -> None:
        """The first choice of another stage was made on the card as it stands here; leaving it again undoes that."""
        if self.text("stage") in ("", self.standing):
            self.seen = None
        elif self.seen is None and self.card is not None:
            self.seen = self.card.version
        for part in self.parts:
            part.stage_chosen()

    def decided(self) -> None:
        """An answer of the stage was taken, or taken away."""
        for part in self.parts:
            part.decided()

    def renew(self) -> None:
        """Whom or what the note is about is called otherwise now, or it has other files."""
        for part in self.parts:
            part.renew()

    def settle(self) -> None:
        """What a field has just taken is followed."""
        for part in self.parts:
            part.settle()


def label(words: str, width: int) -> FieldLabel:
    """The words before a field, on the ground of the editor."""
    made = FieldLabel(words, width)
    made.GROUND = "background"
    return made
