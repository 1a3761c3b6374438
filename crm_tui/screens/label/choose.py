"""`E`: the labels of one card or of many in a sheet under the header; the members of cards likewise. (K25, K26)

A search that narrows as one types; Enter puts one on or takes it off and empties the line; nothing is saved before
`ctrl+s`, and then it is one batch with one undo. What a name means is the command's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from crm_tui.domain.label import NAME_LIMIT, Choice, least_used
from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import C_, N_, say, say_in, say_n
from crm_tui.screens.core import barred, leftover
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.formrows import Message
from crm_tui.screens.core.saving import Locks
from crm_tui.screens.core.searchline import SearchLine
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.label.rows import ChoicePainter, Preview, Shown
from crm_tui.services.label import views
from crm_tui.widgets.looks import clean
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command

Chosen = tuple[int, int, str]
"""A card that a verb acts on: its id, the version that was seen, and what it is called."""

NEW = 0
"""The key of the row that offers to make what was typed; records have keys from 1."""
ROWS, ROWS_LEAST = 12, 4


class ChooseScreen(SheetScreen[None], Locks[None]):
    """See the module. `COMMAND` takes a card (in `FIELD`) and what is added and removed."""

    COMMAND: ClassVar[str]
    FIELD: ClassVar[str] = "card"
    TOP = True
    FOOTER = "choose"
    SCOPES = ("app", "picker", "choose")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("pick.accept", "pick.cancel", "choose.save"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    ChooseScreen VList { height: 8; background: $panel; }
    """

    def __init__(self, cards: Sequence[Chosen], heading: str, placeholder: str) -> None:
        super().__init__()
        self.cards = cards
        self.heading = heading
        self.choices: list[Choice] = []
        self.wanted: dict[int, bool] = {}
        self.made: dict[int, str] = {}
        """Names of labels that are to be made with the save, by their (negative) keys."""
        self.search = SearchLine(placeholder=placeholder, bar=False)
        self.list: VList[Shown] = VList(self._fetch, ChoicePainter(len(cards)), live=True)
        self.list.GROUND = "raised"
        self.preview = Preview()
        self.message = Message()
        self._shown: list[Shown] = []
        self._gone = False
        """What stood under the cursor went, and no key was pressed since."""

    # --- what is offered ----------------------------------------------------------------------------------

    def read_choices(self) -> list[Choice]:
        """What the cards may have, and what they have."""
        raise NotImplementedError

    def may_make(self, name: str) -> bool:
        """Whether the operator may make one of this name with the save."""
        return False

    def make(self, name: str) -> Command:
        """The command that makes one."""
        raise NotImplementedError

    # --- what is shown ------------------------------------------------------------------------------------

    def content(self) -> ComposeResult:
        names = self.cards[0][2] if len(self.cards) == 1 else say_n("{n} card", "{n} cards", len(self.cards))
        yield SheetTitle(self.heading, names)
        yield self.search
        yield self.list
        yield self.preview
        yield self.message

    def on_mount(self) -> None:
        self.choices = self.read_choices()
        most = min(ROWS, self.app.size.height - 9)
        self.list.styles.height = max(ROWS_LEAST, min(most, len(self.choices) + 1))
        self.search.line.focus()
        self._narrow("")

    def changed(self) -> None:
        """Somebody changed the base meanwhile: the choices anew, what was chosen stays.

        Where the one under the cursor went, the next Enter was meant for it: it is taken for none, and it is said.
        """
        before = self.list.row
        self.choices = self.read_choices()
        self._narrow(self.search.line.raw.strip())
        if before is not None and before.choice.id > NEW and before.choice.id not in self.list.keys:
            self._gone = True
            name = clean(before.choice.name)
            self.message.say(
                say(N_("{name} is gone from the list: enter takes the next one."), name=name), "today"
            )

    def _fetch(self, start: int, count: int) -> Sequence[Shown]:
        return self._shown[start : start + count]

    def _narrow(self, words: str, cursor: int | None = None) -> None:
        """Those whose name holds every word from a word's start; and the offer to make what was typed."""
        pieces = fold(words.removeprefix("#")).split()
        made = [
            Choice(key, name, 0, say_in("label", C_("label", "new")), 0) for key, name in self.made.items()
        ]
        every = [*self.choices, *made]
        self._shown = [Shown(c, self.wanted.get(c.id)) for c in every if _matches(c, pieces)]
        name = one_line(words).removeprefix("#").strip()
        known = any(fold(choice.name) == fold(name) for choice in every)
        if name and not known and len(name) <= NAME_LIMIT and self.may_make(name):
            self._shown.append(Shown(Choice(NEW, name, 0, "", 0), None))
        ids = [shown.choice.id for shown in self._shown]
        first = ids[0] if ids and pieces else None
        self.list.show(ids, cursor=cursor if cursor in ids else first)
        nothing = say(N_("Nothing is called so.")) if pieces else say(N_("There is nothing to choose yet."))
        self.list.below(*([] if ids else [ChoicePainter.line(nothing)]))
        self._foresee()

    def _foresee(self) -> None:
        """What the save will do, to how many cards."""
        every = {choice.id: choice.name for choice in self.choices} | self.made
        names = {i: every[i] for i in self.wanted if i in every}
        self.preview.show(
            say_n("{n} card", "{n} cards", len(self.cards)),
            [name for i, name in names.items() if self.wanted[i]],
            [name for i, name in names.items() if not self.wanted[i]],
        )

    # --- keys ---------------------------------------------------------------------------------------------

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        self._gone = False
        self.message.say("")
        self._narrow(event.words)

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        if event.key in ("up", "down"):
            self._gone = False
            self.list.action_nav_up() if event.key == "up" else self.list.action_nav_down()
        else:
            self._narrow(event.words, self.list.key)
            self.action_pick_accept()

    def on_search_line_closed(self) -> None:
        self.action_pick_cancel()

    def on_vlist_opened(self) -> None:
        self.action_pick_accept()

    def action_pick_accept(self) -> None:
        """Put the one under the cursor on, or take it off; the line is empty for the next."""
        shown, gone, self._gone = self.list.row, self._gone, False
        if shown is None or gone:
            return
        key = shown.choice.id
        if key == NEW:
            key = -1 - len(self.made)
            self.made[key] = shown.choice.name
            self.wanted[key] = True
        else:
            self._turn(shown)
        self.search.line.set_raw("")
        self.message.say("")
        self._narrow("", key)

    def _turn(self, shown: Shown) -> None:
        """All → none → as it was; none → all → as it was; some → all → none → as it was."""
        choice, now = shown.choice, self.wanted.get(shown.choice.id)
        has = choice.on == len(self.cards)
        if now is None:
            self.wanted[choice.id] = not has
        elif now and choice.on and not has:
            self.wanted[choice.id] = False
        else:
            del self.wanted[choice.id]
            self.made.pop(choice.id, None)

    def action_pick_cancel(self) -> None:
        """One Esc, one step: what was typed, then the sheet."""
        if self.search.line.raw:
            self.search.line.set_raw("")
            self._narrow("", self.list.key)
        else:
            self.dismiss(None)

    # --- saving -------------------------------------------------------------------------------------------

    def tell(self, sentence: str) -> None:
        self.message.say(sentence)

    def action_choose_save(self) -> None:
        """Everything chosen, on all cards, as one batch."""
        if self.wanted:
            self.locked_while(self._save())
        else:
            self.tell(say(N_("Nothing is chosen yet: enter puts one on or takes it off.")))

    async def _save(self) -> None:
        from crm_tui.services.core.commands import New

        made = [key for key in self.made if key in self.wanted]
        ids = {key: New(at) for at, key in enumerate(made)}
        known = {choice.id for choice in self.choices}
        add = tuple(ids.get(i, i) for i, on in self.wanted.items() if on)
        remove = tuple(i for i, on in self.wanted.items() if not on and i in known)
        kind: Any = self.shell.command(self.COMMAND)
        changes = [kind(**{self.FIELD: card}, add=add, remove=remove) for card, _, _ in self.cards]
        many = await self.shell.write_many([*(self.make(self.made[key]) for key in made), *changes])
        self._answer(many.outcomes[: len(made)], many.outcomes[len(made) :])

    def _answer(self, made: Sequence[Outcome], changed: Sequence[Outcome]) -> None:
        left = (
            leftover.left(changed, len(self.cards)) if changed else leftover.left(made[-1:], len(self.cards))
        )
        done = len(self.cards) - len(left)
        if not done:
            self._refused([*made, *left.values()], left)
            return
        touched = any(isinstance(outcome, Done) and outcome.events for outcome in (*made, *changed))
        told = (
            say(N_("{what}   u undoes"), what=self.said(done)) if touched else say(N_("Nothing was changed"))
        )
        if left:
            told += "   " + say_n("{n} refused", "{n} refused", len(left))
            told += f": {leftover.sentence(left, [name for _, _, name in self.cards])}"
        below = self.under()
        self.dismiss(None)
        if below is not None:
            below.stays = True
            self.app.call_later(below.acted, done, told, sorted(left))

    def _refused(self, outcomes: Sequence[Outcome], left: Mapping[int, Outcome]) -> None:
        """Nothing was done: say why, and what can no longer be chosen is chosen no more."""
        first = next((outcome for outcome in outcomes if isinstance(outcome, Refusal)), None)
        if first is not None and (len(self.cards) == 1 or first not in left.values()):
            self.message.say(say(first.reason), "overdue")
        else:
            self.message.say(leftover.sentence(left, [name for _, _, name in self.cards]), "overdue")
        self.choices = self.read_choices()
        there = {choice.id for choice in self.choices} | self.made.keys()
        self.wanted = {i: on for i, on in self.wanted.items() if i in there}
        self._narrow("", self.list.key)

    def said(self, done: int) -> str:
        """What was done to so many cards."""
        raise NotImplementedError


def _matches(choice: Choice, pieces: Sequence[str]) -> bool:
    words = fold(f"{choice.name} {choice.word}").split()
    return all(any(word.startswith(piece) for word in words) for piece in pieces)


class LabelsScreen(ChooseScreen):
    """The labels of cards; whoever may make one makes it here by its name."""

    COMMAND = "set_labels"

    def __init__(self, *, cards: Sequence[Chosen], **_: Any) -> None:
        super().__init__(cards, say(N_("Labels")), say(N_("a label's name")))
        self.board: int | None = None

    def hindrance(self, shell: Shell) -> Refusal | None:
        return _barred(shell, self.COMMAND, self.cards)

    def read_choices(self) -> list[Choice]:
        ids = [card for card, _, _ in self.cards]
        self.board = self.crm.read(views.board_of, ids)
        found: list[Choice] = self.crm.read(views.label_choices, ids)
        return found

    def may_make(self, name: str) -> bool:
        return barred.refusal(self.shell, "add_label", {}) is None

    def make(self, name: str) -> Command:
        """One of the cards' board, or of all boards if they are of several; its hue the one used least."""
        kind: Any = self.shell.command("add_label")
        colors = [label.color for label in self.crm.read(views.labels)]
        made: Command = kind(name=name, color=least_used(colors), board=self.board)
        return made

    def said(self, done: int) -> str:
        return say_n("labels of {n} card set", "labels of {n} cards set", done)


class MembersScreen(ChooseScreen):
    """Who takes part in cards beside their owners."""

    COMMAND = "set_members"

    def __init__(self, *, cards: Sequence[Chosen], **_: Any) -> None:
        super().__init__(cards, say(N_("Members")), say(N_("an operator's name or login")))

    def hindrance(self, shell: Shell) -> Refusal | None:
        return _barred(shell, self.COMMAND, self.cards)

    def read_choices(self) -> list[Choice]:
        found: list[Choice] = self.crm.read(views.member_choices, [card for card, _, _ in self.cards])
        return found

    def said(self, done: int) -> str:
        return say_n("members of {n} card set", "members of {n} cards set", done)


def _barred(shell: Shell, command: str, cards: Sequence[Chosen]) -> Refusal | None:
    """Of one card it is known beforehand; of many, those that refuse are named when it is saved."""
    return barred.refusal(shell, command, {"card": cards[0][0]}) if len(cards) == 1 else None
