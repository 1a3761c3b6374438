"""What is done with a person, in the search and on the person's own screen: the same keys, the same targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_tui.domain.followup import QueueRow
from crm_tui.i18n import N_, say
from crm_tui.screens.party.facts import open_card
from crm_tui.services.followup import views as followups

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

VERBS = frozenset(
    ("rec.note", "rec.edit", "rec.comment", "rec.schedule", "rec.trail", "rec.copy", "rec.free_days")
)
"""What a screen with this mixin offers."""
DATED = frozenset(("rec.redate", "rec.snooze"))
"""What the person's own screen offers besides: about the card under the cursor."""


class PersonVerbs:
    """Mixin of screens. Give `person`: the id of whom the keys are about."""

    if TYPE_CHECKING:
        crm: Crm

        def go(self, place: str, **args: Any) -> None: ...
        def tell(self, sentence: str) -> None: ...

    def person(self) -> int | None:
        """Whom the keys are about; None: nobody."""
        raise NotImplementedError

    def record_ids(self) -> dict[str, int]:
        """The person alone: whether a note goes to a card of theirs is asked when it opens."""
        party = self.person()
        return {} if party is None else {"party": party}

    def card_meant(self, party: int) -> int | None:
        """The card that a note or a step belongs to: the open one that is due first. (JOBS 4)"""
        card = open_card(self.crm, party)
        return card.id if card is not None else None

    def _with_person(self, place: str, **args: Any) -> None:
        party = self.person()
        if party is None:
            self.tell(say(N_("There is nobody under the cursor.")))
        else:
            self.go(place, party=party, **args)

    def action_rec_note(self) -> None:
        """On the open card first, else on the person."""
        party = self.person()
        self._with_person("note", card=None if party is None else self.card_meant(party))

    def action_rec_edit(self) -> None:
        self._with_person("edit_party")

    def action_rec_comment(self) -> None:
        self._with_person("comment", card=None)

    def action_rec_schedule(self) -> None:
        party = self.person()
        self._with_person("schedule", card=None if party is None else self.card_meant(party))

    def _contact(self) -> QueueRow | None:
        """The row of the queue that is the person's contact; says so where there is none."""
        party = self.person()
        card = self.card_meant(party) if party is not None else None
        rows: list[QueueRow] = self.crm.read(followups.page, [card]) if card is not None else []
        if not rows:
            self.tell(say(N_("There is no open card here: n opens one.")))
        return rows[0] if rows else None

    def action_rec_redate(self) -> None:
        """Another date for the next step of the open card."""
        row = self._contact()
        if row is not None and row.activity_id is not None:
            self.go("redate", steps=[(row.activity_id, row.step_version, row.party or row.title)])
        elif row is not None:
            self.tell(
                say(N_("There is no planned step here to reschedule: p writes a note with the next one."))
            )

    def action_rec_snooze(self) -> None:
        """Put the open card off."""
        row = self._contact()
        if row is not None:
            self.go("snooze", contacts=[(row.key, row.version, row.party or row.title)])

    def action_rec_trail(self) -> None:
        self._with_person("history")

    def action_rec_copy(self) -> None:
        self._with_person("copy", card=None)
