"""Importing cards from the file of another tool: what the preview shows of each. (M96)"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from crm_tui.connectors.deals import open_deals
from crm_tui.connectors.layouts import PLAIN
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import C_, N_, Text, say, say_n
from crm_tui.screens.core import import_kind
from crm_tui.screens.core.import_kind import ROOMY, Becomes, ImportKind, Read, Step
from crm_tui.screens.core.importing import ImportScreen
from crm_tui.screens.intake.mapped import Mapped, unread
from crm_tui.services.board import card_intake
from crm_tui.services.board.card_intake import CardVerdict, PlannedCard
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run, clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.crm import Crm
    from crm_tui.ui.look import Look

TITLE: Final = 20
PERSON: Final = 16
"""Under `ROOMY` cells there is none."""


def cards(shell: Shell, path: str | Path | None = None) -> ImportScreen[PlannedCard]:
    """The screen; `path` is a file that is known already."""
    return ImportScreen(Cards(), path)


class Cards(Mapped, ImportKind[PlannedCard]):
    """Cards: what, for whom, and where it comes to stand or what is wrong."""

    MAP = MapKind.CARDS
    TITLE = N_("Import cards")
    EXAMPLE = N_("~/Downloads/deals.csv")
    ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl")
    BECOMES: ClassVar = {
        CardVerdict.NEW: import_kind.fresh(C_("verdict", "new"), always=True),
        CardVerdict.UPDATE: Becomes(
            "leads",
            "internal",
            C_("verdict", "changes"),
            lambda n, s: say_n("{shown} changes", "{shown} change", n, shown=s),
        ),
        CardVerdict.DUPLICATE: import_kind.known(C_("verdict", "known"), always=True),
        CardVerdict.ERROR: import_kind.wrong(C_("verdict", "error"), always=True),
    }
    CONTEXT = "verdict"
    ERROR = CardVerdict.ERROR
    WORD = 11

    def offer(self, width: int) -> str:
        known, more = say(N_("Deals of HubSpot, Pipedrive or a sheet")), say(N_("seen before it is saved"))
        return f"{known}; {more}." if width >= ROOMY else known

    def read_by(self, crm: Crm, path: Path, maps: Sequence[ImportMap]) -> Read[PlannedCard] | Text:
        """See `Mapped`."""
        found = open_deals(path, crm.store.path, maps)
        if isinstance(found, Refusal):
            return unread(found)
        rows: list[PlannedCard] = crm.read(card_intake.card_preview, list(found.records()), path.name)
        return Read(
            path, rows, say(N_("a sheet")) if found.layout == PLAIN else found.layout, found, found.shown
        )

    def line(self, row: PlannedCard) -> int:
        return row.row.line

    def verdict(self, row: PlannedCard) -> CardVerdict:
        return row.verdict

    def heads(self, width: int) -> list[tuple[str, int]]:
        person = [(say(N_("Person")), PERSON)] if width >= ROOMY else []
        return [(say(N_("Card")), TITLE), *person, (say(N_("what comes, or why not")), 0)]

    def columns(self, look: Look, row: PlannedCard, width: int, *, cursor: bool) -> list[Run]:
        title = clean(row.row.title)
        tone = "muted" if row.verdict is CardVerdict.DUPLICATE else "bright"
        runs = [Run(look.pad(title, TITLE), tone, cursor), Run("  ")]
        if width >= ROOMY and row.verdict is not CardVerdict.ERROR:
            runs += [Run(look.pad(clean(row.row.person or row.row.company), PERSON), "muted"), Run("  ")]
        return runs

    def told(self, row: PlannedCard) -> tuple[str, str]:
        if row.why is not None:
            return clean(say(row.why)), "overdue" if row.verdict is CardVerdict.ERROR else "text"
        if row.verdict is CardVerdict.UPDATE:
            comes = ", ".join(filter(None, map(row_says(row), row.changed)))
        else:
            value = formats.money(row.row.value) if row.row.value else ""
            comes = ", ".join(filter(None, (row.place, value)))
        ended = _without_stage(row)
        if ended:
            return clean(". ".join(filter(None, (comes, ended, *map(say, row.doubts))))), "today"
        if row.doubts:
            return clean(". ".join(filter(None, (comes, " ".join(map(say, row.doubts)))))), "today"
        return clean(comes), "text"

    def steps(self, file: Read[PlannedCard]) -> list[Step]:
        return [Step(row.row.line, row.verdict, row.command) for row in file.rows if row.command is not None]

    def taken(self, done: Mapping[str, int]) -> list[str]:
        new, changed = done.get(CardVerdict.NEW, 0), done.get(CardVerdict.UPDATE, 0)
        parts = [say_n("{n} new", "{n} new", new)] if new or not changed else []
        return [*parts, say_n("{n} changed", "{n} changed", changed)] if changed else parts


def _without_stage(row: PlannedCard) -> str:
    """That a card is closed where no stage stands for it; empty where one does, or nothing closes it now."""
    command = row.command
    if command is None or command.stage is not None:
        return ""
    if row.verdict is CardVerdict.UPDATE and row.changed and "status" not in row.changed:
        return ""
    if command.won:
        return say(N_("won: this board has no stage for it"))
    return say(N_("lost: this board has no stage for it")) if command.lost else ""


def row_says(row: PlannedCard) -> Callable[[str], str]:
    """What the file says now of a field that changes."""
    one = row.row
    return {
        "title": one.title,
        "value": formats.money(one.value),
        "expected": formats.day_full(one.expected) if one.expected is not None else "",
        "stage": one.stage,
        "status": one.stage or say(N_("closed")),
    }.__getitem__
