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
from crm_tui.screens.note.fields import NoteFields
from crm_tui.screens.note.files import NoteAttach
from crm_tui.services.casetype import views as casetypes
from crm_tui.services.core import records

FILES, NEXT_FILES = "files", "next_files"
"""The keys in a draft's payload, and the fields of the command, of the files of the note and of its next step."""


class NoteFiles(NoteFields):
    """What `NoteEditor` can do with files."""

    attached: dict[str, list[tuple[int, str]]]
    """Id and name of each, in the order in which they came: those of the note, and those of the next step."""

    def _whose(self) -> dict[str, int]:
        """The card, else the person, that files are put on."""
        if self.card_id is not None:
            return {"card": self.card_id}
        return {"party": self.party_id} if self.party_id is not None else {}

    def action_ed_attach(self) -> None:
        """`ctrl+t`: a path is asked for, unless no file may be attached here."""
        self.ask_file(FILES)

    def ask_file(self, whose: str) -> None:
        """Ask for a file of the note, or of its next step. (B42, T52)"""
        refusal = barred.refusal(self.shell, "attach_file", {**self._whose(), "filename": 0, "content": 0})
        if refusal is not None:
            self.sentence.show(say(refusal.reason), "overdue")
            return
        most = self.crm.read(casetypes.file_rule, self.card_id).most_mb if self.card_id is not None else 0
        about = self._who() + (f"  {say(N_('up to {n} MB'), n=most)}" if most else "")
        self.app.push_screen(NoteAttach(self.card_id, self.party_id, about, partial(self._took, whose)))

    def _took(self, whose: str, file: int, name: str) -> None:
        """A file is there: the draft remembers it, the row under the text counts it."""
        self.attached[whose].append((file, name))
        self._count()
        self.sentence.show(say(N_("{name} attached"), name=name), "text")
        self.parking.touched()
        self.inputs["body"].focus()

    def _counted(self) -> str:
        n, of_next = len(self.attached[FILES]), len(self.attached[NEXT_FILES])
        told = say_n("{n} file", "{n} files", n) if n else ""
        coming = (
            say_n("{n} file for the next step", "{n} files for the next step", of_next) if of_next else ""
        )
        return "   ".join(filter(None, (told, coming)))

    def _files(self) -> dict[str, str]:
        """The files as the command is given them, and as a draft keeps them."""
        refs = {
            whose: ", ".join(f"attachment:{file}" for file, _ in files if self._there(file))
            for whose, files in self.attached.items()
        }
        return {whose: each for whose, each in refs.items() if each}

    def _there(self, file: int) -> bool:
        return self.crm.read(records.attachment, file) is not None

    def kept_files(self, kept: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
        """Those that a draft names and that are there still."""
        return {whose: self._kept_of(kept.get(whose, "")) for whose in (FILES, NEXT_FILES)}

    def _kept_of(self, refs: str) -> list[tuple[int, str]]:
        ids = map(row_id, (ref.strip().partition(":")[2] for ref in refs.split(",")))
        found = [self.crm.read(records.attachment, each) for each in ids if each is not None]
        return [(each.id, each.filename) for each in found if each is not None]

    async def _store_rest(self, rest: str) -> None:
        """What a paste had over the limit becomes a file of the note."""
        from crm_tui.services.note.commands import AttachFile

        moment = self.now.astimezone(self.zone)
        name = say(N_("pasted {moment}.txt"), moment=f"{moment:%Y-%m-%d %H-%M-%S}")
        outcome = await self.write(AttachFile(**self._whose(), filename=name, content=rest.encode()))
        match outcome:
            case Done():
                self._took(FILES, outcome.entity_id or 0, name)
                self.sentence.show(say(N_("Attached to the card: {name}"), name=name), "text")
            case Refusal():
                self.sentence.show(say(outcome.reason), "overdue")
