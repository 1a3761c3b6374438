"""The forms of a card as a list to answer from, and what was answered, read again. (E41, KEYS.md §7)"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.form import AnswerSet, FormAsked, FormOfCard, PersonFields, Question, Value
from crm_tui.domain.form import asked as asked_of
from crm_tui.domain.form_read import told
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.services.form import views
from crm_tui.ui import form_words, formats
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Block, Line, Pane, wrap
from crm_tui.widgets.sheet import TEXT_CELLS

if TYPE_CHECKING:
    from textual.screen import Screen

    from crm_tui.screens.core.shell import Shell

SPARE = 7
"""Rows of the screen that answers leave in sight."""


def forms(shell: Shell, cards: Sequence[tuple[int, int, str]], **_: Any) -> Screen[Any] | None:
    """The forms of a card; a single one is opened at once."""
    card, _version, name = cards[0]
    found: list[FormOfCard] = [form for form in shell.crm.read(views.of_card, card) if form.active]
    below: Any = shell.screen
    if not found:
        below.tell(say(N_("There is no form to answer: Settings is where forms are made.")))
        return None
    if len(found) == 1:
        below.go("answer", card=card, form=found[0].id)
        return None
    now, zone = shell.crm.clock(), shell.crm.viewer.zone
    items = [
        Item(
            clean(form.name),
            form_words.form_told(form, now, zone),
            partial(below.go, "answer", card=card, form=form.id),
            key=str(n) if n < 10 else " ",
        )
        for n, form in enumerate(found, start=1)
    ]
    return MenuScreen(say(N_("Forms")), items, name)


def fields(shell: Shell, party: int, **_: Any) -> Screen[Any] | None:
    """The forms of fields of one's own of a person; a single one is opened at once."""
    below: Any = shell.screen
    found: list[PersonFields] = shell.crm.read(views.of_person, party)
    if not found:
        below.tell(say(N_("There are no fields of your own yet: Settings, Forms is where they are made.")))
        return None
    if len(found) == 1:
        below.go("answer", party=party, form=found[0].form_id)
        return None
    items = [
        Item(
            clean(each.form),
            say_n("{n} field", "{n} fields", len(each.fields)),
            partial(below.go, "answer", party=party, form=each.form_id),
            key=str(n) if n < 10 else " ",
        )
        for n, each in enumerate(found, start=1)
    ]
    return MenuScreen(say(N_("Further fields")), items, "")


def answers(
    shell: Shell, card: int, form: int, why: str = "", note: str = "", **_: Any
) -> AnswersScreen | None:
    """Every time that a form was answered about a card, the newest first; before that, what it asks. `why` says that
    it can only be read, `note` what else there is to know."""
    found: list[AnswerSet] = shell.crm.read(views.answers, card, form)
    asked: FormAsked | None = shell.crm.read(views.asked, card, form)
    if not found and asked is None:
        return None
    return AnswersScreen(card, form, found, asked, why, note)


class AnswersScreen(SheetScreen[None]):
    """See `answers`; enter answers once more."""

    FOOTER = "menu"
    SCOPES = ("app", "menu")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("menu.up", "menu.down", "menu.run", "menu.close"))
    BINDINGS = keys(SCOPES, OFFERS)

    def __init__(
        self, card: int, form: int, sets: Sequence[AnswerSet], asked: FormAsked | None, why: str, note: str
    ) -> None:
        super().__init__()
        self.card, self.form, self.sets, self.asked = card, form, sets, asked
        self.why, self.note = why, note
        self.pane = Pane(ground="raised", gap=1, focusable=True)

    @property
    def offered(self) -> frozenset[str]:
        return self.OFFERS - {"menu.run"} if self.why else self.OFFERS

    def content(self) -> ComposeResult:
        name = self.sets[0].form if self.sets else self.asked.name if self.asked is not None else ""
        yield SheetTitle(clean(name), self.sets[0].card if self.sets else "")
        yield self.pane

    def on_mount(self) -> None:
        blocks = [self._block(each) for each in self.sets] or [self._unanswered()]
        if self.why or self.note:
            blocks.insert(0, [Line((Run(self.why or self.note, "today" if self.why else "muted"),))])
        width = min(self.app.size.width - 2, TEXT_CELLS)
        rows = sum(len(wrap([*line.left], width)) for block in blocks for line in block) + len(blocks) - 1
        self.pane.styles.height = max(1, min(rows, self.app.size.height - SPARE))
        self.pane.set_blocks(blocks)
        self.pane.focus()

    def _unanswered(self) -> Block:
        """What is asked, where nothing was answered yet."""
        asked = asked_of(self.asked.questions, {}) if self.asked is not None else []
        lines = [Line((Run(say(N_("not answered yet")), "bright", True),))]
        return [*lines, *(self._line(question, None) for question in asked)]

    def _block(self, found: AnswerSet) -> Block:
        when = formats.stamp(found.at, self.now, self.zone)
        who = found.by or self.shell.look.glyph("dash")
        revision = say(N_("revision {n}"), n=found.revision)
        head = Line((Run(f"{when}  {who}", "bright", True), Run(f"  {revision}", "muted")))
        return [head, *(self._line(q, found.values.get(q.key)) for q in found.questions)]

    def _line(self, question: Question, value: Value | None) -> Line:
        words = told(question, value, formats.money) if value is not None else self.shell.look.glyph("dash")
        shown = words if isinstance(words, str) else say(words)
        return Line((Run(f"{clean(question.label)}  ", "muted"), Run(shown)), hang=2)

    def action_menu_up(self) -> None:
        self.pane.action_pane_up()

    def action_menu_down(self) -> None:
        self.pane.action_pane_down()

    def action_menu_run(self) -> None:
        if not self.why:
            self.dismiss(None)
            self.go("answer", card=self.card, form=self.form)

    def action_menu_close(self) -> None:
        self.dismiss(None)
