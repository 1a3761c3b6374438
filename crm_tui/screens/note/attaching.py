"""Files of a parecer: attached while it is written, its own once it is filed. (B42-B44)

A file is stored at once, on the card or the person; the draft remembers which ones, so that leaving loses none.
What the service type allows is the command's rule; here it is told before a path is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from crm_tui.domain.fields import row_id
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core import barred
from crm_tui.screens.core.parking import Parking
from crm_tui.screens.note.desk import Desk, Part
from crm_tui.screens.note.files import NoteAttach
from crm_tui.services.casetype import views as casetypes
from crm_tui.services.core import records

FILES, NEXT_FILES = "files", "next_files"
"""The keys in a draft's payload, and the fields of the command, of the files of the note and of its next step."""


class Files(Part):
    """The files of the note that is being written, and those of its next step."""

    def __init__(self, desk: Desk, parking: Parking) -> None:
        self._desk, self._parking = desk, parking
        self._kept: dict[str, list[tuple[int, str]]] = {FILES: [], NEXT_FILES: []}
        """Id and name of each, in the order in which they came."""

    def take_up(self, kept: Mapping[str, str]) -> None:
        """Those that a draft names and that are there still."""
        self._kept = {whose: self._named(kept.get(whose, "")) for whose in (FILES, NEXT_FILES)}

    def _named(self, refs: str) -> list[tuple[int, str]]:
        ids = map(row_id, (ref.strip().partition(":")[2] for ref in refs.split(",")))
        found = [self._desk.crm.read(records.attachment, each) for each in ids if each is not None]
        return [(each.id, each.filename) for each in found if each is not None]

    def _whose(self) -> dict[str, int]:
        """The card, else the person, that files are put on."""
        desk = self._desk
        if desk.card_id is not None:
            return {"card": desk.card_id}
        return {"party": desk.party_id} if desk.party_id is not None else {}

    def ask(self, whose: str = FILES) -> None:
        """`ctrl+t`: a path is asked for, of a file of the note or of its next step, unless none may be attached here.
        (B42, T52)"""
        desk = self._desk
        refusal = barred.refusal(desk.shell, "attach_file", {**self._whose(), "filename": 0, "content": 0})
        if refusal is not None:
            desk.sentence.show(say(refusal.reason), "overdue")
            return
        most = desk.crm.read(casetypes.file_rule, desk.card_id).most_mb if desk.card_id is not None else 0
        about = desk.who() + (f"  {say(N_('up to {n} MB'), n=most)}" if most else "")
        taken = partial(self._took, whose)
        desk.screen.app.push_screen(NoteAttach(desk.card_id, desk.party_id, about, taken))

    def _took(self, whose: str, file: int, name: str) -> None:
        """A file is there: the draft remembers it, the row under the text counts it."""
        self._kept[whose].append((file, name))
        self._desk.renew()
        self._desk.sentence.show(say(N_("{name} attached"), name=name), "text")
        self._parking.touched()
        self._desk.body.focus()

    def counted(self) -> str:
        """How many they are, in words; empty if none."""
        n, of_next = len(self._kept[FILES]), len(self._kept[NEXT_FILES])
        told = say_n("{n} file", "{n} files", n) if n else ""
        coming = (
            say_n("{n} file for the next step", "{n} files for the next step", of_next) if of_next else ""
        )
        return "   ".join(filter(None, (told, coming)))

    def filed(self) -> Mapping[str, str]:
        refs = {
            whose: ", ".join(f"attachment:{file}" for file, _ in files if self._there(file))
            for whose, files in self._kept.items()
        }
        return {whose: each for whose, each in refs.items() if each}

    def parked(self) -> Mapping[str, str]:
        return self.filed()

    def _there(self, file: int) -> bool:
        return self._desk.crm.read(records.attachment, file) is not None

    def too_long(self, rest: str) -> None:
        """Say that it did not fit into the text; of a paste on a card, offer to keep it as a file. (DESIGN.md §4)"""
        over = say_n(
            "{n} letter did not fit: a note holds 65,536.",
            "{n} letters did not fit: a note holds 65,536.",
            len(rest),
        )
        desk = self._desk
        desk.sentence.show(over, "overdue")
        if len(rest) > 1 and desk.card_id is not None:
            from crm_tui.screens.core.questions import ConfirmScreen

            question = ConfirmScreen(say(N_("Attach the rest to the card as a file?")), over)
            desk.screen.app.push_screen(question, partial(self._keep_if, rest))

    def _keep_if(self, rest: str, wanted: bool | None) -> None:
        if wanted:
            self._desk.screen.run_worker(self._keep_text(rest))

    async def _keep_text(self, rest: str) -> None:
        from crm_tui.services.note.commands import AttachFile

        screen = self._desk.screen
        moment = screen.now.astimezone(screen.zone)
        name = say(N_("pasted {moment}.txt"), moment=f"{moment:%Y-%m-%d %H-%M-%S}")
        outcome = await screen.write(AttachFile(**self._whose(), filename=name, content=rest.encode()))
        match outcome:
            case Done():
                self._took(FILES, outcome.entity_id or 0, name)
                self._desk.sentence.show(say(N_("Attached to the card: {name}"), name=name), "text")
            case Refusal():
                self._desk.sentence.show(say(outcome.reason), "overdue")
