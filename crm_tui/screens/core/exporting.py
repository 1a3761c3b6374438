"""A list as a file: all of its rows in their order, with its columns, as the file's ending says. (M83)

Reads and writes beside the screen's thread; the word in the trail goes through the writer's, before the file is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crm_tui.connectors import files, tables_out
from crm_tui.domain.export import FILES, NAMES, Asked, Column, Format, format_of
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, Text, say, say_n
from crm_tui.screens.core.path_sheet import PathScreen
from crm_tui.services.access import views as access
from crm_tui.services.export import views
from crm_tui.widgets.looks import clean

_TRIED = 50
"""Names that are looked at for one that is free."""


class Listing(NamedTuple):
    """What a list shows. `ids` are asked for beside the screen's thread: its rows in their order; None where all that
    is `asked` is meant. `line` is the filter as one writes it."""

    asked: Asked
    columns: tuple[Column, ...]
    ids: Callable[[], Sequence[int] | None]
    line: str


class _Refused(Exception):
    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class ExportList(PathScreen):
    """See the module."""

    def __init__(self, listing: Listing) -> None:
        what = listing.asked.what
        super().__init__(
            say(N_("Export list")), listing.line or say(NAMES[what]), say(N_("As")), _free(say(FILES[what]))
        )
        self.listing = listing

    def on_mount(self) -> None:
        self.call_after_refresh(self.message.say, say(N_("Ends in .csv, .xlsx or .json: so it is written.")))

    async def act(self, typed: str) -> None:
        form = format_of(typed)
        if form is None:
            self.refuse(say(tables_out.unknown_form(clean(typed)).reason))
            return
        self.tell(say(N_("Being written…")))
        here = asyncio.get_running_loop()
        try:
            path, count, all_of_it = await asyncio.to_thread(self._write, typed, form, here)
        except files.FileFault as fault:
            self.refuse(say(fault.reason))
            return
        except _Refused as refused:
            self.refuse(say(refused.reason))
            return
        told = say_n("{n} row in {path}.", "{n} rows in {path}.", count, path=clean(_short(path)))
        left = all_of_it - count
        if left > 0:
            more = say_n("{n} is not yours to export.", "{n} are not yours to export.", left)
            told = f"{told} {more}"
        self.done(told)

    def _write(self, typed: str, form: Format, here: asyncio.AbstractEventLoop) -> tuple[Path, int, int]:
        """In a thread of its own: where the file lies, its rows, and how many the list has."""
        listing, crm = self.listing, self.crm
        path = files.located(typed)
        ids = listing.ids()
        rows = views.picked(views.every(crm.read, listing.asked, ids), listing.asked, listing.columns)

        def noted(count: int) -> None:
            kind: Any = self.shell.command("note_export")
            command = kind(what=listing.asked.what, file=path.name, rows=count, filter=listing.line)
            outcome = asyncio.run_coroutine_threadsafe(self.shell.write(command), here).result()
            if isinstance(outcome, Refusal):
                raise _Refused(outcome.reason)
            assert isinstance(outcome, Done)

        company = crm.read(access.company).name
        written, count = tables_out.write(
            path,
            listing.columns,
            rows,
            form,
            zone=self.zone,
            database=crm.store.path,
            before=noted,
            company=company,
        )
        return written, count, count if ids is None else len(ids)


def _short(path: Path) -> str:
    """The path as one would type it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _free(name: str) -> str:
    """A name in one's home that nothing has yet."""
    for n in range(1, _TRIED):
        found = f"~/{name}{'' if n == 1 else f'-{n}'}.csv"
        try:
            if not files.located(found).exists():
                return found
        except OSError:
            break
    return f"~/{name}.csv"
