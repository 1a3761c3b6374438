"""The card's ciclo de atendimento, and a closed card worked on again, from inside the parecer. (B53, B66)

`ctrl+g` and one letter; the text stays below as it was. Of several scripts one is chosen; where nothing may be changed
it is shown to be read.
"""

from __future__ import annotations

from functools import partial

from crm_tui.domain.board import CardDetail
from crm_tui.domain.form_cycle import Cycle
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.note.fields import NoteFields
from crm_tui.services.board import views as boards
from crm_tui.services.form import views as forms
from crm_tui.ui import form_words
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.widgets.looks import clean


class NoteCycle(NoteFields):
    """What `NoteEditor` can do with the sales scripts of its card, and with one that is closed."""

    def _cycle_item(self) -> Item:
        """The menu's entry: how far the script is answered; of several how many they are."""
        found = self._cycles()
        if not found:
            return Item(say(N_("_Sales script…")), say(N_("none asks anything here")), None)
        if len(found) == 1:
            return Item(
                say(N_("_Sales script…")),
                form_words.cycle_state(found[0]),
                partial(self._ask_cycle, found[0]),
            )
        told = ", ".join(form_words.tally(each.given, each.asked) for each in found)
        return Item(say(N_("_Sales script…")), told, self._choose_cycle)

    def _cycles(self) -> list[Cycle]:
        found: list[Cycle] = self.crm.read(forms.cycles_of, self.card_id) if self.card_id is not None else []
        return found

    def _choose_cycle(self) -> None:
        items = [
            Item(
                clean(each.name),
                form_words.cycle_state(each),
                partial(self._ask_cycle, each),
                key=str(n) if n < 10 else " ",
            )
            for n, each in enumerate(self._cycles(), start=1)
        ]
        self.app.push_screen(MenuScreen(say(N_("Sales script")), items, self._who()))

    def _ask_cycle(self, cycle: Cycle) -> None:
        """The questions with the answers so far; of a card that is closed, or not one's own to change, to be read."""
        about = {"card": self.card_id or 0, "form": cycle.form_id}
        refusal = barred.refusal(self.shell, "answer_form", about)
        card: CardDetail | None = self.crm.read(
            boards.detail, self.card_id
        )  # closed by somebody meanwhile, maybe
        if refusal is not None:
            self.go("answers", **about, why=say(refusal.reason))
        elif card is not None and card.closed:
            self.go("answers", **about, note=say(N_("The card is closed: enter answers all the same.")))
        else:
            self.go("answer", **about)

    # --- a closed card ------------------------------------------------------------------------------------

    def _say_closed(self) -> None:
        """What a note on a closed card can be, and what else there is to do, before anything is written."""
        if self.card is not None and self.card.closed:
            key = key_word(in_force().of("ed.more")[0], ascii=self.shell.look.ascii)
            told = say(
                N_("This card is closed: a note is filed without a next step; {key} r reopens it."), key=key
            )
            self.sentence.show(told, "today")

    def _reopen_items(self) -> list[Item]:
        """The menu's entry of a closed card."""
        if self.card is None or not self.card.closed:
            return []
        refusal = barred.refusal(self.shell, "reopen_card", {"card": self.card.id})
        reopen = partial(self.go, "reopen", card=self.card.id)
        if refusal is None:
            return [Item(say(N_("_Reopen…")), say(N_("it is worked on again")), reopen)]
        if refusal.approval:
            return [Item(say(N_("_Reopen…")), say(N_("somebody who may approves it")), reopen)]
        why = partial(self.go, "refusal", refusal=refusal)
        return [Item(say(N_("_Reopen…")), say(refusal.reason), why, muted=True)]
