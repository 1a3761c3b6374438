"""Many hands on boards whose stages ask for something, at random: no card passes a gate unmet, whichever way it goes.

What a gate asks for is looked up here anew, row by row, and not by the query that the program asks. (E30-E40)
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from test_many_hands import ManyHands, maybe, nth, who

from crm_tui.domain.board import is_closed
from crm_tui.domain.gate import FIELDS, GateKind, Moment
from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.domain.taxid import tax_id
from crm_tui.services.board import commands as c
from crm_tui.services.core.commands import Command
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.gate.commands import AddGate, RemoveGate, SetGate
from crm_tui.services.label.commands import AddTask, TickTask
from crm_tui.services.note.commands import AttachFile, FileNote, RemoveFile
from crm_tui.services.party.commands import EditParty
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

ASKED_OF = (GateKind.DEAL_VALUE, GateKind.ATTACHMENT, GateKind.CHECKLIST, GateKind.APPOINTMENT)
ALSO = (GateKind.PRIMARY_CONTACT, GateKind.VALID_DOCUMENT, GateKind.FIELD)
EXEMPT = (UndoBatch, RedoBatch, c.ArchiveStage, c.ReopenCard)
"""What goes back to where a card stood, and what is done to the stage and not to the card."""


class Standing(NamedTuple):
    """Where a card stands, on which board, and whether it is open."""

    stage: int
    board: int
    status: str


class ManyGates(ManyHands):
    """The same hands; stages ask, cards are filled and emptied, and each step is held against what was asked."""

    passed = 0
    """How many gates were met on the way: a run in which none was proves nothing."""

    def standings(self) -> dict[int, Standing]:
        found = self.house.rows("SELECT id, stage_id, board_id, status FROM card WHERE deleted_at IS NULL")
        return {card: Standing(*rest) for card, *rest in found}

    def run(self, login: str, command: Command, *, back: bool = False) -> Outcome:
        before = self.standings()
        outcome = super().run(login, command, back=back)
        if isinstance(outcome, Done) and not isinstance(command, EXEMPT):
            self.hold(command, before)
        return outcome

    def hold(self, command: Command, before: dict[int, Standing]) -> None:
        """Every card that went somewhere had what was asked for on that way."""
        for card, now in self.standings().items():
            was = before.get(card)
            if was == now:
                continue
            leaves = self.left_for_good(command, was, now)
            enters = now.stage if was is None or was.stage != now.stage else None
            for gate in self.gates(leaves, enters):
                assert self.met(card, *gate), (command, card, was, now, gate)
                type(self).passed += 1

    def left_for_good(self, command: Command, was: Standing | None, now: Standing) -> int | None:
        """The stage that a card has left going on: not back, and not by being lost."""
        if was is None or isinstance(command, c.LoseCard):
            return None
        if is_closed(now.status) and not is_closed(was.status):
            return was.stage
        if was.board != now.board:
            return was.stage
        places = dict(self.house.rows("SELECT id, position FROM stage"))
        on = (places[now.stage], now.stage) > (places[was.stage], was.stage)
        return was.stage if on and was.stage != now.stage else None

    def gates(self, leaves: int | None, enters: int | None) -> list[tuple[str, str | None]]:
        rows = self.house.rows(
            "SELECT s.id, s.board_id, s.position, g.moment, g.kind, g.field FROM stage_gate g "
            "JOIN stage s ON s.id = g.stage_id WHERE g.enabled = 1 AND s.archived_at IS NULL"
        )
        origin = self.house.rows("SELECT board_id, position, id FROM stage WHERE id = ?", leaves or 0)
        return [
            (kind, field)
            for stage, board, position, moment, kind, field in rows
            if (moment == Moment.ENTER and stage == enters)
            or (
                moment == Moment.LEAVE
                and origin
                and board == origin[0][0]
                and (position, stage) <= (origin[0][1], origin[0][2])
            )
        ]

    def met(self, card: int, kind: str, field: str | None) -> bool:
        """Whether a card has it, asked of the tables one by one."""
        rows = self.house.rows
        row = rows(
            "SELECT party_id, contact_id, value_one_off, value_recurring, channel_id, media_id, interest_level, "
            "expected_close_on, description FROM card WHERE id = ?",
            card,
        )[0]
        party, contact, once, monthly, *rest = row
        match kind:
            case GateKind.DEAL_VALUE:
                return bool(once + monthly > 0)
            case GateKind.ATTACHMENT:
                files = (
                    "SELECT 1 FROM attachment WHERE entity = 'card' AND entity_id = ? AND deleted_at IS NULL"
                )
                return bool(rows(files, card))
            case GateKind.CHECKLIST:
                return not rows("SELECT 1 FROM checklist_item WHERE card_id = ? AND done_at IS NULL", card)
            case GateKind.APPOINTMENT:
                ahead = "SELECT start_at FROM activity WHERE card_id = ? AND state = 'planned' AND deleted_at IS NULL"
                at = f"{self.now - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
                return any(start is not None and start >= at for (start,) in rows(ahead, card))
            case GateKind.PRIMARY_CONTACT:
                kind_of = rows("SELECT kind FROM party WHERE id = ? AND deleted_at IS NULL", party or 0)
                return contact is not None or bool(kind_of and kind_of[0][0] == "person")
            case GateKind.VALID_DOCUMENT:
                told = rows("SELECT document FROM party WHERE id = ? AND deleted_at IS NULL", party or 0)
                return bool(told and told[0][0] and tax_id(told[0][0]))
        points = rows("SELECT kind FROM contact_point WHERE party_id = ?", party or 0)
        known = {
            "party": party is not None,
            "channel": rest[0] is not None,
            "media": rest[1] is not None,
            "interest_level": rest[2] is not None,
            "expected_close_on": rest[3] is not None,
            "description": bool(rest[4]),
            "value_recurring": monthly > 0,
            "phone": any(k in ("phone", "mobile", "whatsapp") for (k,) in points),
            "email": ("email",) in points,
        }
        return known[field or ""]

    # --- stages ask

    @initialize(kinds=st.lists(st.sampled_from(ASKED_OF), min_size=3, max_size=6))
    def begin(self, kinds: list[GateKind]) -> None:
        """The first stages of the boards ask for something from the start."""
        firsts = self.house.rows(
            "SELECT id FROM stage WHERE category = 'open' ORDER BY position, board_id LIMIT ?", len(kinds)
        )
        for (stage,), kind in zip(firsts, kinds, strict=True):
            self.run("ana", AddGate(stage=stage, kind=kind))

    @rule(
        card=nth,
        stage=nth,
        kind=st.sampled_from(ASKED_OF) | st.sampled_from(ALSO),
        field=st.sampled_from(sorted(FIELDS)),
        moment=st.sampled_from((Moment.LEAVE, Moment.LEAVE, Moment.ENTER)),
        back=st.booleans(),
    )
    def ask_for(self, card: int, stage: int, kind: GateKind, field: str, moment: Moment, back: bool) -> None:
        stage_id = self.stage_near(self.card(card), stage)
        self.run("ana", AddGate(stage=stage_id, kind=kind, field=field, moment=moment), back=back)

    @rule(login=who, gate=nth, on=st.booleans(), away=st.booleans(), back=st.booleans())
    def switch(self, login: str, gate: int, on: bool, away: bool, back: bool) -> None:
        if gate_id := self.any("stage_gate", gate):
            self.run(login, RemoveGate(gate=gate_id) if away else SetGate(gate=gate_id, on=on), back=back)

    # --- cards are filled, and emptied again

    @rule(login=who, card=nth, value=st.sampled_from((0, 0, 5_00)), month=st.sampled_from((0, 1_00)))
    def worth(self, login: str, card: int, value: int, month: int) -> None:
        self.run(login, c.EditCard(card=self.card(card), value_one_off=value, value_recurring=month))

    @rule(login=who, card=nth, off=st.booleans(), back=st.booleans())
    def file(self, login: str, card: int, off: bool, back: bool) -> None:
        there = self.any("attachment", card)
        if off and there:
            self.run(login, RemoveFile(attachment=there), back=back)
        else:
            self.run(login, AttachFile(card=self.card(card), filename="a.txt", content=b"a"), back=back)

    @rule(login=who, card=nth, task=maybe, back=st.booleans())
    def tasks(self, login: str, card: int, task: int | None, back: bool) -> None:
        there = self.some("checklist_item", task)
        if there:
            self.run(login, TickTask(task=there, done=bool(card % 4)), back=back)
        else:
            self.run(login, AddTask(card=self.card(card), text="medir"), back=back)

    @rule(login=who, card=nth, hours=st.integers(-2, 3), back=st.booleans())
    def appoint(self, login: str, card: int, hours: int, back: bool) -> None:
        when = self.now + timedelta(hours=hours)
        self.run(login, PlanStep(card=self.card(card), when=when, subject="visita"), back=back)

    @rule(login=who, party=nth, document=st.sampled_from(("", "529.982.247-25")), back=st.booleans())
    def identify(self, login: str, party: int, document: str, back: bool) -> None:
        self.run(login, EditParty(party=self.any("party", party), document=document), back=back)

    # --- and go on

    @rule(login=who, card=nth, stage=nth, hour=st.booleans(), back=st.booleans())
    def attend(self, login: str, card: int, stage: int, hour: bool, back: bool) -> None:
        card_id = self.card(card)
        known: dict[str, Any] = {"next_when": self.now + timedelta(hours=2)} if hour else {}
        note = FileNote(
            card=card_id,
            body="falei",
            result=self.any("result", 0),
            stage=self.stage_near(card_id, stage),
            **known,
        )
        self.run(login, note, back=back)

    @rule(login=who, card=nth, stage=nth)
    def cure(self, login: str, card: int, stage: int) -> None:
        """What is missing is filled as the sheet fills it: together with the move, or not at all."""
        card_id = self.card(card)
        move = c.MoveCard(card=card_id, stage=self.stage_near(card_id, stage))
        crm = self.crm(login)
        refused = crm.run(move) if crm.why_not(move) is not None else None
        if not isinstance(refused, Refusal) or not refused.asked:
            return
        wanted = {each.gate.kind for each in refused.asked if not each.met}
        cures: list[Command] = []
        if GateKind.DEAL_VALUE in wanted:
            cures.append(c.EditCard(card=card_id, value_one_off=7_00))
        if GateKind.ATTACHMENT in wanted:
            cures.append(AttachFile(card=card_id, filename="b.txt", content=b"b"))
        if GateKind.APPOINTMENT in wanted:
            cures.append(PlanStep(card=card_id, when=self.now + timedelta(hours=1), subject="hora"))
        cures += [TickTask(task=task) for (task,) in self.open_tasks(card_id) if GateKind.CHECKLIST in wanted]
        before, rows = self.standings(), self.house.dump()
        _, outcome = crm.run_together([*cures, move])
        if isinstance(outcome, Done):
            self.batches.append(outcome.batch)
            self.hold(move, before)
        else:
            assert self.house.dump() == rows, "together or not at all"

    def open_tasks(self, card: int) -> list[tuple[Any, ...]]:
        return self.house.rows("SELECT id FROM checklist_item WHERE card_id = ? AND done_at IS NULL", card)


def test_no_card_passes_a_gate_unmet_whatever_many_hands_do(house_template: Path) -> None:
    """Always the same sequences here; `max_examples` in thousands is a hunt."""
    machine = type("Gated", (ManyGates,), {"template": house_template})
    played = settings(
        max_examples=12,
        stateful_step_count=35,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=played)
    assert machine.passed > 0
