"""*Mesclar com…*: who is the same person as this one; enter lays the two side by side. (X9)

Before anything is typed it offers those who share a document, a phone, an e-mail or the name.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.once import signs
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyDetail, PartyKind
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import FieldLabel, Message
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.shell import Shell
from crm_tui.services.once import views
from crm_tui.services.party import views as parties
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.looks import cells, clean
from crm_tui.widgets.pick import Option, Pick

_SHOWN, _READ = 12, 60
"""Offered, and read for that: the people of a company may come before it."""


class MergeWith(SheetScreen[None]):
    """See the module."""

    FOOTER = "form"
    SCOPES = ("app", "form", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("form.save", "form.leave"))
    BINDINGS: ClassVar[list[Any]] = keys(SCOPES, OFFERS)
    DEFAULT_CSS = "MergeWith .row { height: auto; width: 100%; }"

    def __init__(self, *, party: int) -> None:
        super().__init__()
        self.party = party
        self.found: PartyDetail | None = None
        self.message = Message()

    def hindrance(self, shell: Shell) -> Refusal | None:
        found: PartyDetail | None = shell.crm.read(parties.detail, self.party)
        if found is None:
            gone = Text("This person is gone, or not for you to see.")
            return Refusal(gone, RefusedBy.MISSING_RECORD)
        return barred.refusal(shell, "merge_parties", {"party": self.party})

    def content(self) -> ComposeResult:
        self.found = self.crm.read(parties.detail, self.party)
        name = f"{self.found.name}  {self.found.code}" if self.found is not None else ""
        yield SheetTitle(say(N_("Merge people")), clean(name))
        self.field = Pick(self._offered, None, search=True, inline=True, id="other")
        word = say(N_("Merge with"))
        yield Beside(FieldLabel(word, cells(word) + 3), self.field, classes="row")

    def foot(self) -> Widget:
        return self.message

    def on_mount(self) -> None:
        self.field.focus()
        of_company = self.found is not None and self.found.kind == PartyKind.ORGANIZATION
        self.message.say(
            say(N_("with another company alone; enter lays both side by side"))
            if of_company
            else say(N_("enter lays both side by side; nothing is changed yet"))
        )

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def _offered(self, text: str) -> list[Option]:
        me = self.found
        if me is None:
            return []
        if not text.strip():
            return self._alike(me)
        hits = self.crm.read(parties.search, text, _READ).hits
        alike = [hit for hit in hits if hit.id != me.id and hit.kind == me.kind]
        return [Option(f"#{hit.id}", clean(hit.name), hit.code) for hit in alike[:_SHOWN]]

    def _alike(self, me: PartyDetail) -> list[Option]:
        """Those who share a sign with this one, the surest first."""
        reached = [point.normalized for point in me.points] or [""]
        options: dict[int, Option] = {}
        for point in reached:
            asked = {"email" if "@" in point else "phone": point}
            for each in self.crm.read(
                views.known, name=me.name, document=me.document or "", but=me.id, **asked
            ):
                if each.seen and each.by:
                    hint = f"{each.code} · {say(signs(each.by))}"
                    options.setdefault(each.id, Option(f"#{each.id}", clean(each.name), hint))
        return list(options.values())

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter":
            self.action_form_save()

    def action_form_save(self) -> None:
        self.field.settle()
        chosen = self.field.value
        below = self.under()
        if chosen is None or below is None:
            self.tell(say(N_("Choose the other one; esc leaves both as they are.")))
            return
        self.dismiss(None)
        below.go("merge", party=self.party, other=int(chosen.value[1:]))

    def action_form_leave(self) -> None:
        self.dismiss(None)
