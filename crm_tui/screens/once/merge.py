"""Two records of one person side by side, field by field, with what comes along; ctrl+s makes one of them. (X9)"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.form_read import told
from crm_tui.domain.merging import FIELDS, JOINED, LABELS, proposed
from crm_tui.domain.once import Belongings, Side, Sides
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.domain.party import LIFECYCLE_NAMES
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.once import views
from crm_tui.ui import formats
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Line, Pane
from crm_tui.widgets.sheet import Kind

_LABEL = 14
_AROUND, _BESIDE = 5, 6
"""Rows of heads, of what comes along, and of what is told; and those that the sheet leaves to others."""


def merge(shell: Any, party: int, other: int) -> MergeScreen | None:
    """The sheet; None if one of the two is gone, or not for the viewer to see."""
    found: Sides | None = shell.crm.read(views.sides, party, other)
    return MergeScreen(found) if found is not None else None


class MergeScreen(SheetScreen[None], Locks[None]):
    """See the module. ← keeps the first one's value, → takes the other's, space keeps both texts."""

    KIND = Kind.MISSING
    FOOTER = "merge"
    SCOPES = ("app", "merge")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("mg.left", "mg.right", "mg.both", "mg.apply", "mg.leave"))
    BINDINGS: ClassVar[list[Any]] = [*keys(SCOPES, OFFERS), ("up", "step(-1)", ""), ("down", "step(1)", "")]

    def __init__(self, sides: Sides) -> None:
        super().__init__()
        self.at = 0
        self.told = ""
        self.pane = Pane(ground="raised", gap=0, focusable=True)
        self._take_up(sides)

    def _take_up(self, sides: Sides) -> None:
        self.sides = sides
        columns = (sides.party._asdict(), sides.other._asdict())
        take = proposed(*columns)
        self.fields = [
            name
            for name in FIELDS
            if _shown(sides.party, name) != _shown(sides.other, name) or name == "name"
        ]
        self.own = {each.name: each for each in sides.own}
        self.fields += self.own
        take |= {each.name for each in sides.own if each.mine is None}
        self.keep = {name: "other" if name in take else "mine" for name in self.fields}
        self.at = min(self.at, len(self.fields) - 1)

    def content(self) -> ComposeResult:
        one, two = self.sides.party, self.sides.other
        yield SheetTitle(say(N_("Merge people")), f"{two.code} → {one.code}")
        self.pane.styles.height = min(self.app.size.height - _BESIDE, len(self.fields) + _AROUND)
        yield self.pane

    def on_mount(self) -> None:
        self._draw()
        self.pane.focus()

    def _draw(self) -> None:
        look, one, two = self.shell.look, self.sides.party, self.sides.other
        width = self.pane.size.width or self.app.size.width - 2
        room = max(10, (width - _LABEL - 8) // 2)
        heads = f"{'':{_LABEL + 3}}{look.pad(one.code, room + 2)}{two.code}"
        rows = [Line((Run(heads, "muted"),), most=1)]
        first, last = self._window()
        for n, name in list(enumerate(self.fields))[first:last]:
            keep = self.keep[name]
            runs = [
                Run(
                    f" {look.pad(look.cut(self._label(name), _LABEL), _LABEL)}",
                    "bright" if n == self.at else "muted",
                    n == self.at,
                )
            ]
            for side in ("mine", "other"):
                chosen = keep in (side, "both")
                text = " ".join(clean(self._told(side, name)).split()) or "—"
                runs.append(Run(f"{look.glyph('mark') if chosen else ' '} ", "accent"))
                runs.append(Run(look.pad(look.cut(text, room), room), "bright" if chosen else "muted"))
            rows.append(Line(tuple(runs), most=1))
        rows.append(
            Line((Run(f" {say(N_('Comes along: {what}'), what=_along(self.sides.moves))}", "muted"),), most=2)
        )
        if self.told:
            rows.append(Line((Run(f" {self.told}", "overdue"),), most=3))
        self.pane.set_blocks([rows], keep=True)

    def _window(self) -> tuple[int, int]:
        """Which fields have room beneath the heads, the one under the cursor among them."""
        room = max(3, self.app.size.height - _BESIDE - _AROUND)
        first = max(0, min(self.at - room // 2, len(self.fields) - room))
        return first, first + room

    def _label(self, name: str) -> str:
        return clean(self.own[name].question.label) if name in self.own else say(LABELS[name])

    def _told(self, side: str, name: str) -> str:
        """The value of a field on one of the two sides."""
        if name not in self.own:
            return _shown(self.sides.party if side == "mine" else self.sides.other, name)
        own = self.own[name]
        said = told(own.question, own.mine if side == "mine" else own.other, formats.money)
        return said if isinstance(said, str) else say(said)

    def action_step(self, by: int) -> None:
        self.at = max(0, min(len(self.fields) - 1, self.at + by))
        self._draw()

    def _choose(self, side: str) -> None:
        name = self.fields[self.at]
        if side == "both" and name not in JOINED:
            self.told = say(N_("Both are kept of texts alone: choose one."))
        else:
            self.keep[name], self.told = side, ""
        self._draw()

    def action_mg_left(self) -> None:
        self._choose("mine")

    def action_mg_right(self) -> None:
        self._choose("other")

    def action_mg_both(self) -> None:
        self._choose("both")

    def action_mg_leave(self) -> None:
        self.dismiss(None)

    def action_mg_apply(self) -> None:
        self.locked_while(self._save())

    async def _save(self) -> None:
        one, two = self.sides.party, self.sides.other
        command: Any = self.shell.command("merge_parties")
        outcome = await self.write(
            command(
                party=one.id,
                merged=two.id,
                take=" ".join(name for name, side in self.keep.items() if side == "other"),
                both=" ".join(name for name, side in self.keep.items() if side == "both"),
                version=one.version,
                merged_version=two.version,
            )
        )
        match outcome:
            case Done():
                below = self.under()
                self.dismiss(None)
                if below is not None:
                    told = say(N_("{code} is {name} now"), code=two.code, name=clean(one.name))
                    self.app.call_later(below.acted, 1, say(N_("{what}   u undoes"), what=told))
            case Refusal():
                self.told = say(in_words(outcome.reason, self.now, self.zone))
                self._draw()
            case Conflict():
                self._look_again(outcome)

    def _look_again(self, conflict: Conflict) -> None:
        """Somebody changed one of them meanwhile: what stands there now is shown, and nothing was merged."""
        found: Sides | None = self.crm.read(views.sides, self.sides.party.id, self.sides.other.id)
        if found is not None:
            self._take_up(found)
        who = conflict.who or say(N_("somebody"))
        self.told = say(N_("{who} changed one of them meanwhile: look at both again."), who=who)
        self._draw()


def _shown(side: Side, name: str) -> str:
    match name:
        case "document":
            return formats.document(side.document) if side.document else ""
        case "lifecycle":
            return say_in("exported", LIFECYCLE_NAMES[side.lifecycle])
    return str(getattr(side, name) or "")


def _along(moves: Belongings) -> str:
    told = [
        say_n("{n} card", "{n} cards", moves.cards) if moves.cards else "",
        say_n("{n} step", "{n} steps", moves.steps) if moves.steps else "",
        say_n("{n} note", "{n} notes", moves.notes) if moves.notes else "",
        say_n("{n} phone or e-mail", "{n} phones and e-mails", moves.points) if moves.points else "",
        say_n("{n} relation", "{n} relations", moves.relations) if moves.relations else "",
        say_n("{n} file", "{n} files", moves.files) if moves.files else "",
    ]
    return ", ".join(filter(None, told)) or say(N_("nothing"))
