"""Pareceres a concluir: every parked form of the operator, with its text as it stood. (B45-B47, JOBS 8)

This is the screen that one opens after a fright: it promises that nothing is lost, and shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.widget import Widget

from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.previewed import Previewed
from crm_tui.screens.core.questions import ConfirmScreen
from crm_tui.screens.note.pairs import Half, Pair, PairList
from crm_tui.screens.note.waiting import NOTE, Waiting, gather, label, sentence_of_gone, typed
from crm_tui.ui import formats
from crm_tui.ui.sentences import sentence
from crm_tui.widgets.bars import Title
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Line, lay, wrap

if TYPE_CHECKING:
    from crm_tui.services.core.drafts import DraftRow

WHEN, WHO, INDENT = 15, 23, 3
PREVIEW, SENTENCE = 44, 74
"""Cells of the preview at the right, and of a sentence, however wide the screen."""


class DraftsScreen(Previewed):
    """See the module."""

    FOOTER = "drafts"
    SCOPES = ("app", "place", "drafts")
    OFFERS: ClassVar[frozenset[str]] = (
        PLACE_OFFERS
        | {"dr.resume", "dr.open", "dr.drop", "dr.close"}
        | {"nav.up", "nav.down", "nav.first", "nav.last", "nav.page_up", "nav.page_down"}
    ) - {"place.back"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    DraftsScreen #preview { height: 9; }
    DraftsScreen.-low #preview { height: 6; }
    DraftsScreen.-wide #preview { width: 44; height: 100%; }
    """

    def __init__(self, draft: int | None = None, **_: Any) -> None:
        """`draft` is one that was to be taken up and cannot be: the cursor stands on it, and it is said why."""
        super().__init__()
        self._unfit = draft
        self.waiting: dict[int, Waiting] = {}
        self.list = PairList(id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def listed(self) -> Iterable[Widget]:
        return self.title_bar, self.list

    def on_mount(self) -> None:
        self.read()
        self.list.focus()
        if self._unfit in self.waiting:
            self.list.move(list(self.waiting).index(self._unfit))
            self.show_preview()
            self._say_gone()

    def read(self) -> None:
        self.waiting = {draft.id: gather(self.shell, draft) for draft in self.crm.drafts.list()}
        self.list.show([self._pair(found) for found in self.waiting.values()], self._below())
        self.show_title()
        self.show_preview()

    def head(self) -> Title:
        count = len(self.waiting)
        words = say_n("{n} draft", "{n} drafts", count)
        mine = say(N_("of {login}, the newest first"), login=self.crm.viewer.login)
        return Title(say(N_("Notes to conclude")), mine, extra=(Run(words, "text"),))

    def _pair(self, found: Waiting) -> Pair:
        draft, look = found.draft, self.shell.look
        stamp = look.pad(formats.stamp_near(draft.saved_at, self.now, self.zone), WHEN)
        who = look.pad(clean(found.who), WHO - 1)
        upper = Half(
            (
                Run(f" {look.glyph('draft')} ", "accent"),
                Run(stamp),
                Run(f"{who} ", "bright", True),
                Run(found.number, "muted", whole=True),
            ),
            (Run(_length(draft), "muted"),),
        )
        words = " ".join(draft.text.split())
        indent = Run(" " * (INDENT + WHEN if self.app.size.width >= 76 else INDENT))
        return Pair(draft.id, upper, Half((indent, Run(words)), (self._state(found),)))

    def _state(self, found: Waiting) -> Run:
        """What matters most about it: gone, closed, what it lacks, or that it can be saved as it is."""
        look = self.shell.look
        if found.gone:
            return Run(sentence_of_gone(), "overdue")
        if found.closed:
            actor = found.meanwhile.actor if found.meanwhile is not None else None
            words = say(N_("closed by {who}"), who=actor) if actor else say(N_("closed meanwhile"))
            return Run(f"{look.glyph('closed')} {words}", "closed")
        if found.missing:
            names = ", ".join(found.missing)
            return Run(
                say_n("missing: {names}", "missing: {names}", len(found.missing), names=names), "today"
            )
        return Run(say(N_("ready to save")), "open")

    def _below(self) -> list[list[Run]]:
        if not self.waiting:
            when = say(N_("A note that you leave with esc or f6 stands here until you file it."))
            return [
                [],
                [Run("   "), Run(say(N_("Nothing waits to be concluded.")), "bright", True)],
                *self._wrapped(Run(when, "muted")),
            ]
        promise = N_(
            "Only you see your drafts. Nothing here is lost: not when the line falls, nor when somebody closes,"
            " moves or deletes the card."
        )
        return self._wrapped(Run(say(promise), "muted"))

    def _wrapped(self, run: Run) -> list[list[Run]]:
        """The sentence in rows of the list, three cells of margin before and after."""
        width = self.app.size.width - (PREVIEW if self.has_class("-wide") else 0)
        return [[Run("   "), *row] for row in wrap([run], min(width - 6, SENTENCE))]

    # --- the preview ----------------------------------------------------------------------------------------

    def _moved(self, by: int) -> None:
        self.list.move(by)
        self.cursor_moved()

    def show_preview(self) -> None:
        """The text of the draft under the cursor, with the text cursor where it stood."""
        found = self._chosen()
        if found is None:
            self.preview.set_blocks([])
            return
        head, text, row = self._head(found), *self._text(found.draft)
        self.preview.set_blocks([[*head, *text]])
        look, width, height = self.shell.look, self.preview.size.width, self.preview.size.height
        if width > 2:
            end = sum(len(lay(look, line, width)) for line in (*head, *text[: row + 1]))
            self.preview.scroll_rows(max(0, end - height))

    def _head(self, found: Waiting) -> list[Line]:
        draft = found.draft
        chosen = [label(self.shell, draft, name) for name in ("action", "medium", "result")]
        head = (Run(found.who, "bright", True), Run(f"  {', '.join(filter(None, chosen))}", "text"))
        lines = [Line(head, right=(Run(found.number, "muted"),), most=1)]
        if found.meanwhile is not None:
            lines.append(self._meanwhile(found))
        step = self._step(found)
        if draft.command != NOTE:
            lines += [
                Line((Run(f"{name}  ", "muted"), Run(value))) for name, value in typed(self.shell, draft)
            ]
        return [*lines, *([step] if step is not None else [])]

    def _meanwhile(self, found: Waiting) -> Line:
        entry = found.meanwhile
        assert entry is not None
        stamp = formats.stamp_near(entry.at, self.now, self.zone)
        told = sentence(entry.kind, entry.params, self.now, self.zone, ascii=self.shell.look.ascii)
        words = say(
            N_("Meanwhile {who}, {when}: {what}. Your text stays."), who=entry.actor, when=stamp, what=told
        )
        return Line((Run(words, "today"),), most=2)

    def _step(self, found: Waiting) -> Line | None:
        """The next step as far as it was chosen, and the stage that it leads to."""
        draft = found.draft
        parts = [label(self.shell, draft, name) for name in ("next_action", "next_when")]
        words = ", ".join(filter(None, parts))
        stage = label(self.shell, draft, "stage")
        runs = [Run(f"{say(N_('Next step'))}  ", "muted"), Run(words)] if words else []
        if stage and found.card is not None and stage != found.card.stage:
            leads = self.shell.look.glyph("leads")
            runs += [Run(f"   {say(N_('stage'))} ", "muted"), Run(f"{found.card.stage} {leads} {stage}")]
        return Line(tuple(runs), most=1) if runs else None

    @staticmethod
    def _text(draft: DraftRow) -> tuple[list[Line], int]:
        """The text with its cursor, and the number of the line in which that stands."""
        text = draft.payload.get("body", draft.text if draft.command == NOTE else None)
        if text is None:  # a form of fields alone, which stand above
            return [], 0
        rows = text.split("\n")
        at = draft.at or (len(rows) - 1, len(rows[-1]))
        row, column = min(at[0], len(rows) - 1), at[1]
        lines = []
        for n, words in enumerate(rows):
            if n != row:
                lines.append(Line((Run(words),)))
                continue
            under = words[column : column + 1] or " "
            runs = (
                Run(words[:column]),
                Run(under, "on_accent", ground="accent"),
                Run(words[column + 1 :]),
            )
            lines.append(Line(runs))
        return lines, row

    # --- keys ---------------------------------------------------------------------------------------------

    def _chosen(self) -> Waiting | None:
        return self.waiting.get(self.list.key) if self.list.key is not None else None

    def action_nav_up(self) -> None:
        self._moved(-1)

    def action_nav_down(self) -> None:
        self._moved(1)

    def action_nav_first(self) -> None:
        self._moved(-len(self.waiting))

    def action_nav_last(self) -> None:
        self._moved(len(self.waiting))

    def action_nav_page_up(self) -> None:
        self._moved(-self.list.page)

    def action_nav_page_down(self) -> None:
        self._moved(self.list.page)

    def action_dr_resume(self) -> None:
        """`enter`: the form as it stood; one whose record is gone can only be read and copied."""
        found = self._chosen()
        if found is None:
            return
        if found.gone:
            self._say_gone()
        else:
            self.go("draft", draft=found.draft)

    def _say_gone(self) -> None:
        self.tell(say(N_("Its record is gone: read its text here, or discard it.")))

    def action_dr_open(self) -> None:
        found = self._chosen()
        if found is not None and found.card is not None:
            self.go("card", card=found.card.id)
        elif found is not None and found.party is not None:
            self.go("person", party=found.party.id)
        else:
            self.tell(say(N_("This draft is about no record yet.")))

    def action_dr_drop(self) -> None:
        """Asked first, because it cannot be undone."""
        found = self._chosen()
        if found is None:
            return
        question = say(N_("Discard this draft? It cannot be undone."))
        sheet = ConfirmScreen(question, f"{found.who}, {_length(found.draft)}")
        self.app.push_screen(sheet, partial(self._dropped, found.draft.id))

    async def _dropped(self, draft: int, sure: bool | None) -> None:
        from crm_tui.services.core.drafts import StoreRefused

        if not sure:
            return
        try:
            await self.shell.park(partial(self.crm.drafts.drop, draft))
        except StoreRefused as refused:
            self.tell(say(refused.reason))
            return
        self.read()
        self.show_header()
        self.tell(say(N_("Draft discarded")))

    def action_dr_close(self) -> None:
        self.action_app_back()


def _length(draft: DraftRow) -> str:
    """How much was written."""
    return say_n("{n} letter", "{n} letters", len(draft.text)) if draft.text else say(N_("no text yet"))
