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
from crm_tui.screens.note.desk import Desk
from crm_tui.services.board import views as boards
from crm_tui.services.form import views as forms
from crm_tui.ui import form_words
from crm_tui.ui.keymap import in_force, key_word
from crm_tui.widgets.looks import clean


class Script:
    """What can be done from the menu with the sales scripts of the note's card, and with a card that is closed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def item(self) -> Item:
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
        if self._desk.card_id is None:
            return []
        found: list[Cycle] = self._desk.crm.read(forms.cycles_of, self._desk.card_id)
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
        self._desk.screen.app.push_screen(MenuScreen(say(N_("Sales script")), items, self._desk.who()))

    def _ask_cycle(self, cycle: Cycle) -> None:
        """The questions with the answers so far; of a card that is closed, or not one's own to change, to be read."""
        desk, go = self._desk, self._desk.screen.go
        about = {"card": desk.card_id or 0, "form": cycle.form_id}
        refusal = barred.refusal(desk.shell, "answer_form", about)
        card: CardDetail | None = desk.crm.read(boards.detail, desk.card_id)  # maybe closed meanwhile
        if refusal is not None:
            go("answers", **about, why=say(refusal.reason))
        elif card is not None and card.closed:
            go("answers", **about, note=say(N_("The card is closed: enter answers all the same.")))
        else:
            go("answer", **about)

    # --- a closed card ------------------------------------------------------------------------------------

    def say_closed(self) -> None:
        """What a note on a closed card can be, and what else there is to do, before anything is written."""
        desk = self._desk
        if desk.card is not None and desk.card.closed:
            key = key_word(in_force().of("ed.more")[0], ascii=desk.shell.look.ascii)
            told = say(
                N_("This card is closed: a note is filed without a next step; {key} r reopens it."), key=key
            )
            desk.sentence.show(told, "today")

    def reopen_items(self) -> list[Item]:
        """The menu's entry of a closed card."""
        desk, card = self._desk, self._desk.card
        if card is None or not card.closed:
            return []
        refusal = barred.refusal(desk.shell, "reopen_card", {"card": card.id})
        reopen = partial(desk.screen.go, "reopen", card=card.id)
        if refusal is None:
            return [Item(say(N_("_Reopen…")), say(N_("it is worked on again")), reopen)]
        if refusal.approval:
            return [Item(say(N_("_Reopen…")), say(N_("somebody who may approves it")), reopen)]
        why = partial(desk.screen.go, "refusal", refusal=refusal)
        return [Item(say(N_("_Reopen…")), say(refusal.reason), why, muted=True)]
