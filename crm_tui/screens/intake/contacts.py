"""Importing contacts: what the preview shows of each, and the day on which they are followed up. (M96)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from crm_tui.connectors.contacts import open_contacts
from crm_tui.connectors.deals import is_deals
from crm_tui.connectors.layouts import PLAIN
from crm_tui.domain import form_read, when
from crm_tui.domain.foreign import Foreign
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import ContactKind, Postal
from crm_tui.domain.text import one_line
from crm_tui.i18n import C_, N_, Text, language, say, say_n
from crm_tui.screens.core import import_kind
from crm_tui.screens.core.import_kind import ROOMY, Becomes, ImportKind, Read, Step
from crm_tui.screens.core.importing import ImportScreen
from crm_tui.screens.core.inputs import echo
from crm_tui.screens.core.path_line import CONTACTS
from crm_tui.screens.intake.mapped import Mapped, unread
from crm_tui.services.intake import registers, views
from crm_tui.services.intake.contact import Own, Owner, Point
from crm_tui.services.intake.plan import Judged, Planned, Preview, Verdict
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.when_field import WhenField

if TYPE_CHECKING:
    from textual.widget import Widget

    from crm_tui.domain.form import Question
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm
    from crm_tui.ui.look import Look

NAME: Final = 22
REACH: Final = 16
"""A telephone; an address is cut to it under `WIDE` cells."""
REACH_WIDE: Final = 30
WIDE: Final = 100
ANSWER: Final = 40
"""Signs of an answer to a field of one's own."""


def contacts(shell: Shell, path: str | Path | None = None) -> ImportScreen[Planned]:
    """The screen; `path` is a file that is known already."""
    return ImportScreen(Contacts(), path)


class Contacts(Mapped, ImportKind[Planned]):
    """People, from a sheet: name, how to reach them, what an update adds or what is wrong."""

    MAP = MapKind.PEOPLE
    TITLE = N_("Import contacts")
    EXAMPLE = N_("~/Downloads/contacts.csv")
    ENDINGS = CONTACTS
    BECOMES: ClassVar = {
        Verdict.NEW: import_kind.fresh(C_("verdict", "new"), always=True),
        Verdict.UPDATE: Becomes(
            "leads",
            "internal",
            C_("verdict", "adds"),
            lambda n, s: say_n("{shown} adds", "{shown} add", n, shown=s),
            True,
        ),
        Verdict.DUPLICATE: import_kind.known(C_("verdict", "known"), always=True),
        Verdict.ERROR: import_kind.wrong(C_("verdict", "error"), always=True),
    }
    CONTEXT = "verdict"
    ERROR = Verdict.ERROR
    WORD = 11

    def __init__(self) -> None:
        self.follow_up: date | None = None

    def offer(self, width: int) -> str:
        known, more = (
            say(N_("Contacts of any program: CSV, Excel, JSON or vCard")),
            say(N_("seen before it is saved")),
        )
        return f"{known}; {more}." if width >= ROOMY else known

    def read_by(self, crm: Crm, path: Path, maps: Sequence[ImportMap]) -> Read[Planned] | Text:
        """See `Mapped`."""
        found = open_contacts(path, crm.store.path, maps, asked=self.asked(crm))
        if isinstance(found, Refusal):
            if is_deals(path, crm.store.path, crm.read(registers.maps)):
                return Text("These are cards, not people: choose Import cards… in the palette.")
            return unread(found)
        preview: Preview = crm.read(views.preview, found.records())
        layout = found.layout
        return Read(path, preview.rows, say(N_("a sheet")) if layout == PLAIN else layout, found, found.shown)

    def asked(self, crm: Crm) -> Sequence[Question]:
        """See `Mapped`."""
        found: Sequence[Question] = crm.read(views.asked_of_people)
        return found

    # --- a row --------------------------------------------------------------------------------------------

    def line(self, row: Planned) -> int:
        return row.contact.line

    def verdict(self, row: Planned) -> Verdict:
        return row.judged.verdict

    def heads(self, width: int) -> list[tuple[str, int]]:
        reach = [(say(N_("Reach")), _reach(width))] if width >= ROOMY else []
        return [(say(N_("Name")), NAME), *reach, (say(N_("what comes, or why not")), 0)]

    def columns(self, look: Look, row: Planned, width: int, *, cursor: bool) -> list[Run]:
        """Name, then how to reach it; an update, a doubt or an error needs the room for its what or why."""
        verdict, name = row.judged.verdict, clean(row.contact.name)
        runs: list[Run] = []
        if name:
            tone = "muted" if verdict is Verdict.DUPLICATE else "bright"
            runs += [Run(look.pad(name, NAME), tone, cursor), Run("  ")]
        if verdict not in (Verdict.UPDATE, Verdict.ERROR) and width >= ROOMY and not doubtful(row):
            runs += [Run(look.pad(clean(reached(row)), _reach(width)), "muted"), Run("  ")]
        return runs

    def told(self, row: Planned) -> tuple[str, str]:
        error = row.judged.verdict is Verdict.ERROR
        return clean(told(row)), "overdue" if error else "today" if doubtful(row) else "text"

    # --- the day of the follow-up ---------------------------------------------------------------------------

    def fields(self, screen: CrmScreen[Any]) -> list[tuple[str, Widget]]:
        self.when = WhenField(lambda words: echo(screen, words, day=True), beside=True)
        return [(say(N_("Follow-up")), self.when)]

    def settle(self, screen: CrmScreen[Any]) -> Text | None:
        self.follow_up = None
        words = self.when.raw.strip()
        if not words:
            return None
        now = screen.now.astimezone(screen.zone).replace(tzinfo=None)
        found = when.read(words, now, screen.shell.calendar, language(), zone=screen.zone)
        if isinstance(found, when.WhenRefusal):
            return Text("{sentence}", {"sentence": when.sentence(found, words, now, language())})
        self.follow_up = found.date() if isinstance(found, datetime) else found
        return None

    # --- what is written ------------------------------------------------------------------------------------

    def steps(self, file: Read[Planned]) -> list[Step]:
        return [Step(row.contact.line, row.judged.verdict) for row in file.rows if row.wanted]

    def commands(self, file: Read[Planned], steps: Sequence[Step]) -> Sequence[Command]:
        """See `ImportKind.commands`; each is made when it is come to."""
        from crm_tui.services.intake.commands import take_ins

        wanted = [row for row in file.rows if row.wanted]
        return take_ins(wanted, source=file.path.name, follow_up=self.follow_up)

    def taken(self, done: Mapping[str, int]) -> list[str]:
        new, updated = done.get(Verdict.NEW, 0), done.get(Verdict.UPDATE, 0)
        parts = [say_n("{n} new", "{n} new", new)] if new or not updated else []
        return [*parts, say_n("{n} completed", "{n} completed", updated)] if updated else parts


def _reach(width: int) -> int:
    return REACH_WIDE if width >= WIDE else REACH


def reached(row: Planned) -> str:
    """The first phone, else the first e-mail of the row."""
    points = sorted(row.contact.points, key=lambda p: p.kind == ContactKind.EMAIL)
    return _shown(points[0]) if points else ""


def _shown(point: Point) -> str:
    return point.value if point.kind == ContactKind.EMAIL else formats.phone(point.normalized)


def doubtful(row: Planned) -> bool:
    """Whether somebody new comes with a number or address that is none."""
    return row.judged.verdict is Verdict.NEW and bool(row.contact.doubts)


def told(row: Planned) -> str:
    """What an update adds, what differs or is doubtful, or why the row cannot be taken in."""
    judged: Judged = row.judged
    if judged.verdict is Verdict.UPDATE:
        added = [judged.name, *map(_shown, judged.points), judged.company, judged.role]
        added += [_document(judged.document), _document(judged.company_document)]
        added += [*_where(judged.address), _owner(judged.owner), *_fields(judged.own), judged.notes]
        if judged.foreign is not None and not judged.name:
            added.append(_id(judged.foreign))
        words = ", ".join(part for part in added if part)
        return f"{words}  {say(judged.why)}" if judged.why is not None else words
    if judged.why is not None:
        return say(judged.why)
    if doubtful(row):
        return "  ".join(say(doubt) for doubt in row.contact.doubts)
    one = row.contact
    shown = (one.company, one.role, _document(one.document or one.company_document), *_where(one.address))
    shown = (*shown, _owner(one.owner), *_fields(one.own))
    return ", ".join(part for part in shown if part)


def _id(known: Foreign) -> str:
    return say(N_("{program} id {id}"), program=known.source, id=known.id)


def _fields(own: Sequence[Own]) -> list[str]:
    """`Porte: Médio`."""
    return [f"{each.question.label}: {_answer(each)}" for each in own]


def _answer(own: Own) -> str:
    words = one_line(say(form_read.told(own.question, own.value, formats.money)))
    return words if len(words) <= ANSWER else f"{words[: ANSWER - 1]}…"


def _owner(owner: Owner | None) -> str:
    return f"@{owner.login}" if owner is not None else ""


def _document(kept: str) -> str:
    return formats.document(kept) if kept else ""


def _where(address: Postal | None) -> list[str]:
    """Street, city and state, and the postcode."""
    if address is None:
        return []
    code = formats.postcode(address.postcode) if address.postcode else ""
    return [part for part in (address.street, address.city, address.state, code) if part]
