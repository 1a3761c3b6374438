"""Filing a parecer: the command that its fields mean, and what becomes of a refusal or of a move by somebody else.

It never decides what may be filed: the command's rules do, and what is missing opens in the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from crm_tui.domain.board import CardDetail
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.parking import Parking
from crm_tui.screens.note.answers import Answers
from crm_tui.screens.note.cures import Cures
from crm_tui.screens.note.desk import Desk
from crm_tui.screens.note.fields import SPECS
from crm_tui.screens.note.following import Following
from crm_tui.screens.note.walk import Walk
from crm_tui.services.board import views as boards
from crm_tui.services.core import records


class Filing:
    """What `ctrl+s` does. `renew` reads the card anew where it has changed, `left` is told once the note is filed."""

    def __init__(
        self,
        desk: Desk,
        parking: Parking,
        *,
        answers: Answers,
        cures: Cures,
        following: Following,
        walk: Walk,
        renew: Callable[[], None],
        left: Callable[[bool], None],
    ) -> None:
        self._desk, self._parking, self._walk = desk, parking, walk
        self._answers, self._cures, self._following = answers, cures, following
        self._renew, self._left = renew, left

    def start(self, *, then_next: bool) -> None:
        """File it; keys wait for the answer. `then_next`: the next contact of the queue follows."""
        self._desk.screen.locked_while(self._file(then_next))

    def _raw(self) -> dict[str, str]:
        """The texts of the command: one transaction of the text, the result, the step that is done, the next one and
        the stage."""
        desk = self._desk
        inputs.settle(desk.inputs.values())
        typed = {name: text for name, text in desk.raw().items() if text.strip() and name not in self._cures}
        raw = self._answers.as_filed(typed)
        if self._following.stays(raw):
            raw.pop("stage", None)
        for part in desk.parts:
            raw |= part.filed()
        if desk.card is not None:
            raw |= {"card": f"#{desk.card.id}", "version": str(desk.seen or desk.card.version)}
        elif desk.party_id is not None:
            raw["party"] = f"#{desk.party_id}"
        if desk.activity_id is not None:
            raw["activity"] = f"#{desk.activity_id}"
        return raw

    async def _file(self, then_next: bool) -> None:
        command = self._desk.screen.read_as("file_note", self._raw())
        if isinstance(command, Refusal):
            await self.refuse(command)
            return
        await self._parking.save()
        outcome = await self._cures.file(command)
        match outcome:
            case Done():
                await self._parking.filed()
                self._left(then_next)
            case Refusal():
                await self.refuse(outcome)
            case Conflict():
                self._ask(outcome, then_next)

    def _ask(self, conflict: Conflict, then_next: bool) -> None:
        """Somebody moved the card since the stage was chosen: show both, and file with what is chosen."""
        from crm_tui.screens.core.clash import clashes
        from crm_tui.screens.core.questions import ConflictScreen

        screen = self._desk.screen
        shown = clashes(conflict, SPECS, partial(inputs.known, screen), screen.zone)
        screen.app.push_screen(
            ConflictScreen(conflict.who, shown), callback=partial(self._resolved, conflict, then_next)
        )

    def _resolved(self, conflict: Conflict, then_next: bool, chosen: Mapping[str, str] | None) -> None:
        """None leaves all as it is: the next filing asks again."""
        desk = self._desk
        if chosen is None:
            desk.screen.run_worker(self.refuse(Refusal(_moved_by(conflict.who), fields=("stage",))))
            return
        self._renew()
        desk.seen = conflict.version
        if chosen.get("stage") == "theirs" and desk.card is not None:
            desk.put("stage", desk.standing, desk.card.stage)
            desk.seen = None
        self.start(then_next=then_next)

    async def refuse(self, refusal: Refusal) -> None:
        """Say it, mark the fields that would cure it, open those that are not there yet, and go to the first."""
        desk = self._desk
        refusal = self._answers.refused(refusal)
        if (
            "activity" in refusal.fields
        ):  # it is planned no more: what is filed next is about what is planned now
            desk.activity_id = None
            self._renew()
        await self._following.ask_for(*refusal.fields)
        if any(each.cures for each in refusal.asked):
            refusal = replace(refusal, fields=tuple(await self._cures.ask_for(refusal.asked)))
        for name, widget in desk.inputs.items():
            inputs.mark_wrong(widget, name in refusal.fields)
        desk.sentence.show(say(refusal.reason), "overdue")
        target = next((desk.inputs[n] for n in refusal.fields if n in desk.inputs), None)
        if target is not None:
            self._walk.enter(target)

    def words(self) -> str:
        """What was filed, and what one would not see: that an open card has no next step now, or whose it is."""
        desk, who = self._desk, self._desk.who()
        plain = say(N_("note filed: {who}"), who=who)
        if desk.card_id is None:
            return plain
        card: CardDetail | None = desk.crm.read(boards.detail, desk.card_id)
        if card is None or card.closed:
            return plain
        step = desk.crm.read(records.activity, card.next_activity_id) if card.next_activity_id else None
        if step is None:
            return say(N_("filed without a next step: {who}"), who=who)
        if step.assignee != desk.crm.viewer.login:
            return say(N_("filed, the next step is {login}'s: {who}"), login=step.assignee, who=who)
        return plain


def _moved_by(who: str) -> Text:
    return Text(
        "{who} moved this card meanwhile: look at the stage, then file again; your text is kept.",
        {"who": who or "—"},
    )
