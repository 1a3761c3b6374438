"""What an operator does with the card under the board's cursor, or with the marked ones.

Turns keys into commands and places; cursor and marks come from `walk`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_tui.domain.arrangement import Grouping
from crm_tui.domain.board import BoardCard
from crm_tui.domain.followup import QueueRow
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board import grouping
from crm_tui.screens.board import loaded as reads
from crm_tui.screens.board.walk import Walks
from crm_tui.screens.core import leftover
from crm_tui.services.board import views as boards
from crm_tui.services.followup import views as followups

if TYPE_CHECKING:
    from crm_tui.domain.outcome import Outcome
    from crm_tui.services.core.commands import Command


class Verbs(Walks):
    """The verbs of the board; `BoardScreen` completes it."""

    _acting: Sequence[int] = ()
    """The cards that a form is open about, as it is given them."""

    def chosen(self) -> list[BoardCard]:
        """The marked cards from left to right and top to bottom, else the one under the cursor."""
        if not self.marks:
            return [self.here] if self.here is not None else []
        marked = (c for stage in self.loaded.stages for c in self.loaded.of(stage) if c.id in self.marks)
        shown = {card.id: card for card in marked}
        hidden = sorted(self.marks - set(shown))
        return [*shown.values(), *(self.crm.read(boards.cards, hidden) if hidden else ())]

    # --- moving -------------------------------------------------------------------------------------------

    async def action_board_stage_next(self) -> None:
        await self._step(1)

    async def action_board_stage_prev(self) -> None:
        await self._step(-1)

    async def _step(self, by: int) -> None:
        """Each chosen card one column on; those at the end stay, and it is said."""
        stages = self.loaded.stages
        moves: list[tuple[BoardCard, int]] = []
        for card in self.chosen():
            stage = self._stage_of(card.id)
            at = stages.index(stage) + by if stage is not None else -1
            if 0 <= at < len(stages):
                moves.append((card, stages[at]))
        if moves:
            await self.move_to(moves)
        elif self.chosen():
            group = self.arrangement.group
            self.tell(grouping.unmovable(group) or grouping.at_end(group, by))

    def _stage_of(self, card: int) -> int | None:
        """The column of a card that is shown, or that the filter hides."""
        shown = self.loaded.stage_of(card, self.stage)
        if shown is not None:
            return shown
        place = reads.column_of(self.crm, self.loaded, card)
        return place[0] if place is not None else None

    async def move_to(self, moves: Sequence[tuple[BoardCard, int]]) -> None:
        """Move cards to columns: one by the door, several as one batch; the title says what happened."""
        group = self.arrangement.group
        refused = next(filter(None, (grouping.unmovable(group, target) for _, target in moves)), "")
        if refused:
            self.tell(refused)
            return
        commands = []
        for card, target in moves:
            source = self._stage_of(card.id) or 0
            commands.append(grouping.moving(self.shell, group, card, source, target))
        names = {head.id: head.name for head in self.loaded.heads}
        if len(commands) == 1:
            card, target = moves[0]
            travel = reads.Travel(card.id, self._stage_of(card.id) or 0, target)
            outcome = await self._write_between(travel, commands[0])
            told = grouping.moved(group, names[target], target)
            if isinstance(outcome, Refusal) and any(each.cures for each in outcome.asked):
                wanted = {"card": f"#{card.id}", "stage": f"#{target}", "version": str(card.version)}
                self._acting = [card.id]
                self.go("gate", command="move_card", fixed=wanted, refusal=outcome, done=told)
            elif self.answer(outcome, told):
                self.set_marks(self.marks - {card.id})
            return
        many = await self.shell.write_many([*commands])
        left = leftover.left(many.outcomes, len(moves))
        self.set_marks({moves[at][0].id for at in left})
        said = say_n("{n} card moved", "{n} cards moved", many.done)
        if many.done:
            said = say(N_("{what}   u undoes"), what=said)
        if left:
            said += "  " + say_n("{n} stayed, marked", "{n} stayed, marked", len(left))
        said = f"{said}   {leftover.noted(many.outcomes)}".rstrip()
        if left and not many.done:
            self.answer(left[min(left)])
        else:
            self.tell(said)

    async def _write_between(self, travel: reads.Travel, command: Command) -> Outcome:
        """Run what changes only two columns: no others are read and drawn anew for it, unless others changed
        something in the same moment.

        The card is drawn where it goes at once, saved or not: a hand that sorts cards follows with its eyes. That it
        was saved is said in words, once it is; refused, it stands where it stood, with the reason.
        """
        before, self.looked = self.loaded, 0
        self.travel = travel
        self._show_at(reads.foreseen(before, travel), travel)
        cursor = self.card
        try:
            outcome = await self.write(command)
        finally:
            self.travel = None
            if self.looked == 0 and self.loaded is not before:
                self.card = travel.card if self.card == cursor else self.card
                self._show_at(before, travel)
        if self.looked > 1 or (self.looked and not isinstance(outcome, Done)):
            self.read()
        return outcome

    def _show_at(self, loaded: reads.Loaded, travel: reads.Travel) -> None:
        if loaded is not self.loaded:
            self.loaded = loaded
            self.place_cursor()
            for stage in self.in_sight:
                if stage in (travel.source, travel.target):
                    self.draw_column(stage)

    async def action_board_card_up(self) -> None:
        await self._order(-1)

    async def action_board_card_down(self) -> None:
        await self._order(1)

    async def _order(self, step: int) -> None:
        """One place up or down in its stage; at the end of the column it stays, and it is said."""
        from crm_tui.services.board.commands import OrderCard

        if not self.arrangement.by_hand:
            self.tell(say(N_("J and K work where cards stand by hand, by stage: s changes the order.")))
        elif self.here is not None:
            outcome = await self.write(OrderCard(card=self.here.id, step=step))
            if isinstance(outcome, Refusal) and outcome.by is RefusedBy.RULE:
                self.tell(say(outcome.reason))
            else:
                self.answer(outcome)

    def action_rec_move(self) -> None:
        self._with_cards("move")

    def action_rec_handover(self) -> None:
        self._with_cards("hand_over")

    def action_rec_won(self) -> None:
        self._with_cards("win")

    def action_rec_lost(self) -> None:
        self._with_cards("lose")

    def action_rec_menu(self) -> None:
        self._with_cards("card_menu")

    def action_rec_labels(self) -> None:
        self._with_cards("labels")

    def _with_cards(self, place: str, name: str = "cards") -> None:
        """`name`: what the place calls what it is given."""
        cards = self.chosen()
        if cards:
            self._acting = [c.id for c in cards]
            self.go(place, **{name: [(c.id, c.version, c.party or c.title) for c in cards]})

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A sheet dealt with the chosen cards: their marks go, the title says it."""
        self.read()
        if done:
            self.set_marks({self._acting[at] for at in left if at < len(self._acting)})
        self.tell(what)

    def record_ids(self) -> dict[str, int]:
        return {"card": self.here.id} if self.here is not None else {}

    # --- the record ---------------------------------------------------------------------------------------

    def action_rec_open(self) -> None:
        if self.here is not None:
            self.go("card", card=self.here.id, siblings=[c.id for c in self.loaded.of(self.stage)])

    def action_rec_tasks(self) -> None:
        self._go("card", siblings=[c.id for c in self.loaded.of(self.stage)], tab="tasks")

    def action_rec_edit(self) -> None:
        self._go("edit_card")

    def action_rec_cell(self) -> None:
        """One value of the card under the cursor."""
        from crm_tui.screens.core.cells import of_contact, one_only

        row = self._row()
        if self.marked:
            self.tell(one_only(self.marked))
        elif row is not None:
            self.app.push_screen(of_contact(self, row))

    def action_rec_trail(self) -> None:
        self._go("history")

    def action_rec_copy(self) -> None:
        self._go("copy")

    def action_rec_comment(self) -> None:
        self._go("comment")

    def _go(self, place: str, **args: Any) -> None:
        if self.here is not None:
            self.go(place, card=self.here.id, **args)

    def _row(self) -> QueueRow | None:
        """The card's row of the queue: it knows the person and the planned step."""
        rows: list[QueueRow] = self.crm.read(followups.page, [self.here.id]) if self.here is not None else []
        return rows[0] if rows else None

    def action_rec_note(self) -> None:
        row = self._row()
        if row is not None:
            self.go("note", card=row.card_id, party=row.party_id, activity=row.activity_id)

    def action_rec_schedule(self) -> None:
        row = self._row()
        if row is not None:
            self.go("schedule", card=row.card_id, party=row.party_id)

    def action_rec_redate(self) -> None:
        found: list[QueueRow] = self.crm.read(followups.page, [card.id for card in self.chosen()])
        rows = [row for row in found if row.activity_id is not None]
        if rows:
            self._acting = [row.card_id for row in rows if row.card_id is not None]
            self.go("redate", steps=[(r.activity_id, r.step_version, r.party or r.title) for r in rows])
        elif found:
            self.tell(
                say(N_("There is no planned step here to reschedule: p writes a note with the next one."))
            )

    def action_rec_snooze(self) -> None:
        self._with_cards("snooze", "contacts")

    def action_new_here(self) -> None:
        """The whole form, for this stage; `+` asks the name only."""
        staged = self.stage and self.arrangement.group is Grouping.STAGE
        self.go("new_card", stage=self.stage) if staged else self.go("new_card")
