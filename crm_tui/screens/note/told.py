"""What is told round the fields of a parecer: whom it is about, when it was saved, how many letters and files."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.note.attaching import Files
from crm_tui.screens.note.contact import Contact
from crm_tui.screens.note.desk import Desk, Part
from crm_tui.screens.note.head import EditorHead, Hint, Letters
from crm_tui.screens.note.texts import StandardTexts
from crm_tui.ui.keymap import in_force, key_word


class Told(Part):
    """The head, and the row under the text."""

    def __init__(self, desk: Desk, contact: Contact, files: Files, texts: StandardTexts) -> None:
        self._desk, self._contact, self._files, self._texts = desk, contact, files, texts
        self.head, self.hint, self.letters = EditorHead(), Hint(), Letters()

    def renew(self) -> None:
        self.head.show(say(N_("Note")), self._desk.who(), self._contact.words(), *self._what())
        self._count()

    def _what(self) -> tuple[str, str]:
        """The card's number, with that it is closed, and its title."""
        card = self._desk.card
        if card is None:
            return "", ""
        sign = self._desk.shell.look.glyph("closed")
        closed = f" {sign} {say_in('sign', 'closed')} " if card.closed else ""
        return f"{card.number}{closed}", card.title

    def changed(self, name: str) -> None:
        if name == "body":
            self._count()

    def _count(self) -> None:
        """How many letters and files there are."""
        n = len(self._desk.text("body"))
        self.letters.show(say_n("{n} letter", "{n} letters", n) if n else "")
        self.hint.show(self._files.counted())

    def offer(self, offers: Collection[str]) -> None:
        """`/code` where there is a text to put in, and the keys that add to the note, of those that are offered."""
        found = [("/", say(N_("code puts a standard text in")))] if self._texts.offered() else []
        words = {"ed.attach": N_("attaches"), "ed.more": N_("more"), "ed.history": N_("history")}
        for action, told in words.items():
            held = in_force().of(action) if action in offers else ()
            ascii_ = self._desk.shell.look.ascii
            found += [(key_word(held[0], ascii=ascii_), f" {say(told)}")] if held else []
        self.hint.offer(found)

    def saved(self, at: datetime) -> None:
        """The draft was stored at this moment."""
        clock = at.astimezone(self._desk.screen.zone).strftime("%H:%M:%S")
        self.head.saved(say(N_("saved {clock}"), clock=clock))
