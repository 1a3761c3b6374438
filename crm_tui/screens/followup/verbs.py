"""What an operator does with the row under the cursor of Hoje, or with the marked ones.

Turns keys into places and commands; after a verb the cursor stays with the work. (KEYS rules 7 and 10)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_tui.domain.followup import Queue, QueueRow
from crm_tui.i18n import N_, say
from crm_tui.screens.core.place import Place
from crm_tui.services.followup import views
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.screens.followup.told import StageTeller


class QueueVerbs(Place[None]):
    """The verbs of the queue; `TodayScreen` completes it."""

    queue: Queue
    vlist: VList[QueueRow]
    _acting: tuple[Sequence[int], Sequence[int]] = ((), ())
    """The order before the verb, and the keys that it acts on, as the form is given them."""
    stages: StageTeller | None = None
    """The line over the list about stages."""

    def noticed(self) -> None:
        """What is late in its stage stands over the list; how much of it one was told of, in the header."""
        super().noticed()
        self.tell_stages()

    def tell_stages(self) -> None:
        """Once the first frame is out: count anew what is late in its stage."""
        if self.shell.painted:
            from crm_tui.screens.followup.told import StageTeller

            self.stages = self.stages or StageTeller(self, self.vlist, self.on_resize)
            self.stages.tell()

    def load(self, *, cursor: int | None = None) -> None:
        """Read keys and groups; the cursor stays on its row or goes to `cursor`."""
        raise NotImplementedError

    def _chosen(self) -> list[QueueRow]:
        """The marked rows in the list's order, else the one under the cursor."""
        marks = self.vlist.marks
        if not marks:
            return [self.vlist.row] if self.vlist.row is not None else []
        ordered = [k for k in self.queue.keys if k in marks]
        hidden = [k for k in marks if k not in set(ordered)]
        return list(self.crm.read(views.page, [*ordered, *hidden]))

    def record_ids(self) -> dict[str, int]:
        row = self.vlist.row
        known = (
            {} if row is None else {"card": row.card_id, "party": row.party_id, "activity": row.activity_id}
        )
        return {name: value for name, value in known.items() if value is not None}

    def action_rec_open(self) -> None:
        self._open()

    def _open(self, tab: str = "") -> None:
        row = self.vlist.row
        if row is None:
            return
        if row.card_id is not None:
            siblings = [key for key in self.queue.keys if key > 0]
            self.go("card", card=row.card_id, siblings=siblings, tab=tab)
        elif row.party_id is not None:
            self.go("person", party=row.party_id)
        else:
            self.go("appointment", activity=row.activity_id)

    def on_vlist_opened(self) -> None:
        self.action_rec_open()

    def action_rec_edit(self) -> None:
        row = self.vlist.row
        if row is not None and row.card_id is not None:
            self.go("edit_card", card=row.card_id)
        elif row is not None and row.party_id is not None:
            self.go("edit_party", party=row.party_id)
        elif row is not None:
            self.go("edit_appointment", activity=row.activity_id)

    def action_rec_cell(self) -> None:
        """One value of the row under the cursor."""
        from crm_tui.screens.core.cells import of_contact, one_only

        row = self.vlist.row
        if self.marked:
            self.tell(one_only(self.marked))
        elif row is not None:
            self.app.push_screen(of_contact(self, row))

    def action_rec_note(self) -> None:
        row = self.vlist.row
        if row is not None and not self._nobody(row):
            self._about_to([row])
            self.go("note", card=row.card_id, party=row.party_id, activity=row.activity_id)

    def action_rec_comment(self) -> None:
        row = self.vlist.row
        if row is not None and not self._nobody(row):
            self.go("comment", card=row.card_id, party=row.party_id)

    def _nobody(self, row: QueueRow) -> bool:
        """Whether there is nobody to write of: an appointment of the house alone. Then it says so."""
        if row.card_id is not None or row.party_id is not None:
            return False
        self.tell(say(N_("This appointment has no card and no person: enter opens it, “e” gives it one.")))
        return True

    def action_rec_schedule(self) -> None:
        row = self.vlist.row
        if row is not None:
            self.go("schedule", card=row.card_id, party=row.party_id, name=row.party or row.title)

    def action_rec_redate(self) -> None:
        rows = [row for row in self._chosen() if row.activity_id is not None and not row.closed]
        if rows:
            self._about_to(rows)
            self.go("redate", steps=[(r.activity_id, r.step_version, r.party or r.title) for r in rows])
        else:
            self.tell(
                say(N_("There is no planned step here to reschedule: p writes a note with the next one."))
            )

    def action_rec_snooze(self) -> None:
        rows = [row for row in self._chosen() if not row.closed]
        if rows:
            self._about_to(rows)
            self.go("snooze", contacts=[(row.key, _version(row), row.party or row.title) for row in rows])
        else:
            self.tell(say(N_("A closed card waits for nobody: there is nothing to put off.")))

    def action_rec_skip(self) -> None:
        """Pass it over for today, and say why; `A` and `]` do so without a reason."""
        row = self.vlist.row
        if row is not None and not row.closed:
            self._about_to([row])
            self.go("skip", key=row.key, name=row.party or row.title)

    def action_rec_handover(self) -> None:
        self._with_cards("hand_over")

    def action_rec_move(self) -> None:
        self._with_cards("move")

    def action_rec_won(self) -> None:
        self._with_cards("win")

    def action_rec_lost(self) -> None:
        self._with_cards("lose")

    def action_rec_menu(self) -> None:
        self._with_cards("card_menu", closed=True)

    def action_rec_labels(self) -> None:
        self._with_cards("labels", closed=True)

    def action_rec_tasks(self) -> None:
        self._open("tasks")

    def _with_cards(self, place: str, *, closed: bool = False) -> None:
        """`closed`: the closed ones, too."""
        rows = [row for row in self._chosen() if row.card_id is not None and (closed or not row.closed)]
        if rows:
            self._about_to(rows)
            self.go(place, cards=[(r.card_id, r.version, r.party or r.title) for r in rows])

    def action_rec_trail(self) -> None:
        row = self.vlist.row
        if row is not None and row.card_id is not None:
            self.go("history", card=row.card_id)
        elif row is not None:
            self.go("history", party=row.party_id)

    def action_rec_copy(self) -> None:
        row = self.vlist.row
        if row is not None:
            self.go("copy", card=row.card_id, party=row.party_id)

    def action_new_here(self) -> None:
        self.go("new_card")

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A verb dealt with the chosen rows: their marks go, the cursor takes the next row, the title says it."""
        order, chosen = self._acting
        stay = {chosen[at] for at in left if at < len(chosen)}
        acted = set(chosen) - stay
        self.vlist.set_marks(stay)
        heir = None
        stays, self.stays = self.stays, False
        if done and self.vlist.key in acted and not stays:
            there = set(self.queue.keys)
            after = order[max(order.index(k) for k in acted if k in order) + 1 :] if acted else order
            heir = next((key for key in after if key in there and key not in acted), None)
        self.load(cursor=heir)
        self.tell(what)

    def _about_to(self, rows: Sequence[QueueRow]) -> None:
        """Remember the order before a verb: the cursor stays with the work, not with the row. (KEYS rule 10)"""
        self._acting = (self.queue.keys, [row.key for row in rows])


def _version(row: QueueRow) -> int | None:
    """Of the card, or of the step that has none."""
    return row.version if row.key > 0 else row.step_version
