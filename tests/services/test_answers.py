"""The answers to a stage's question, filed with a parecer: where they lead, who takes over, what holds. (B49-B51)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.board import CardKind, StageCategory
from crm_tui.domain.cadence import OwnerRule
from crm_tui.domain.gate import GateKind
from crm_tui.domain.outcome import Conflict, Outcome, Refusal, RefusedBy
from crm_tui.services.board.commands import (
    ArchiveStage,
    EditCard,
    HandOver,
    LoseCard,
    MoveCard,
    NewCard,
    WinCard,
)
from crm_tui.services.board.setup_commands import AddBoard, AddStage, EditStage
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.gate import views
from crm_tui.services.gate.commands import (
    AddGate,
    AddTransition,
    EditTransition,
    RemoveTransition,
)
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.ui.sentences import sentence


@dataclass
class Flow:
    """The sale of the source: contact made? successful? sold or not? (B51)"""

    house: House
    board: int
    stages: dict[str, int]
    answers: dict[str, int]
    card: int

    def file(self, *labels: str, **more: Any) -> Outcome:
        fields = {"card": self.card, "body": "falei", "result": self.house.any_id("result"), **more}
        return self.house.open().run(
            FileNote(answer=tuple(self.answers[label] for label in labels), **fields)
        )

    @property
    def at(self) -> str:
        return str(
            self.house.one(
                "SELECT s.name FROM card c JOIN stage s ON s.id = c.stage_id WHERE c.id = ?", self.card
            )
        )

    @property
    def visits(self) -> list[str]:
        return [
            name
            for (name,) in self.house.rows(
                "SELECT s.name FROM stage_visit v JOIN stage s ON s.id = v.stage_id WHERE v.card_id = ? ORDER BY v.id",
                self.card,
            )
        ]


STAGES = (
    ("Contato", StageCategory.OPEN, "Contato feito?"),
    ("Conversa", StageCategory.OPEN, "Deu certo?"),
    ("Fechamento", StageCategory.OPEN, "Vendido ou não?"),
    ("Ganha", StageCategory.WON, ""),
    ("Perdida", StageCategory.LOST, ""),
)
ANSWERS = (
    ("Contato", "Sim", "Conversa", False),
    ("Conversa", "Com sucesso", "Fechamento", False),
    ("Conversa", "Ligar de novo", "Contato", True),
    ("Fechamento", "Vendido", "Ganha", False),
    ("Fechamento", "Não vendido", "Perdida", False),
)


@pytest.fixture
def flow(house: House) -> Flow:
    crm = house.open()
    board = do(crm, AddBoard(name="Venda", kind=CardKind.OPPORTUNITY, number_prefix="VE")).entity_id or 0
    for stage in crm.read(views.gate_register):  # nothing asks for anything yet
        assert stage.belongs["board"] != board
    stages: dict[str, int] = {}
    for name, category, question in STAGES:
        made = do(crm, AddStage(board=board, name=name, category=category, question=question))
        stages[name] = made.entity_id or 0
    answers = {
        label: do(
            crm, AddTransition(stage=stages[at], label=label, to=stages[to], requires_reason=why)
        ).entity_id
        or 0
        for at, label, to, why in ANSWERS
    }
    card = do(crm, NewCard(subject="Padaria", stage=stages["Contato"])).entity_id or 0
    return Flow(house, board, stages, answers, card)


def refused(outcome: Outcome, field: str = "answer") -> str:
    assert isinstance(outcome, Refusal), outcome
    assert field in outcome.fields, outcome
    return outcome.reason.msgid


def told(flow: Flow) -> list[str]:
    crm = flow.house.open()
    batch = crm.read(trails.of_card, flow.card)[0].batch
    return [
        sentence(e.kind, e.params, crm.clock(), crm.viewer.zone)
        for e in reversed(crm.read(trails.of_card, flow.card))
        if e.batch == batch
    ]


def test_an_answer_moves_the_card_and_the_trail_says_what_was_decided(flow: Flow) -> None:
    assert not isinstance(flow.file("Sim"), Refusal | Conflict)
    assert flow.at == "Conversa"
    assert "Decision: Contato feito? → Sim" in told(flow)
    assert "Contato → Conversa" in told(flow)


def test_the_sale_of_the_source_is_answered_to_its_end_in_one_note_and_one_undo(flow: Flow) -> None:
    """Contacts made? successful? sold or not? (B51)"""
    before = flow.house.dump()
    done = flow.file("Sim", "Com sucesso", "Vendido")
    assert not isinstance(done, Refusal | Conflict), done
    assert flow.at == "Ganha"
    assert flow.visits == ["Contato", "Conversa", "Fechamento", "Ganha"]
    assert flow.house.one("SELECT status FROM card WHERE id = ?", flow.card) == "won"
    assert "Decision: Contato feito? → Sim · Deu certo? → Com sucesso · Vendido ou não? → Vendido" in told(
        flow
    )
    do(flow.house.open(), UndoBatch(batch=done.batch))
    assert flow.at == "Contato"
    assert flow.house.one("SELECT count(*) FROM stage_visit WHERE card_id = ?", flow.card) == 1
    assert flow.house.dump() == before


def test_what_is_not_sold_is_lost_with_its_reason_or_not_at_all(flow: Flow) -> None:
    outcome = flow.file("Sim", "Com sucesso", "Não vendido")
    assert refused(outcome, "loss_reason") == "Say why it was lost."
    assert flow.at == "Contato"
    reason = flow.house.one("SELECT id FROM loss_reason WHERE requires_note = 0 AND active = 1")
    assert not isinstance(
        flow.file("Sim", "Com sucesso", "Não vendido", loss_reason=reason), Refusal | Conflict
    )
    assert (flow.at, flow.house.one("SELECT status FROM card WHERE id = ?", flow.card)) == ("Perdida", "lost")
    assert flow.house.one("SELECT loss_reason_id FROM card WHERE id = ?", flow.card) == reason


@pytest.mark.parametrize(("ended", "label"), [("Perdida", "Vendido"), ("Ganha", "Não vendido")])
def test_a_card_that_has_ended_is_ended_by_no_answer(flow: Flow, ended: str, label: str) -> None:
    """A board without a stage for it leaves the card where it stood, whose question can still be read."""
    crm, reason = flow.house.open(), flow.house.one("SELECT id FROM loss_reason WHERE requires_note = 0")
    do(crm, MoveCard(card=flow.card, stage=flow.stages["Fechamento"]))
    do(crm, ArchiveStage(stage=flow.stages[ended]))
    do(crm, LoseCard(card=flow.card, reason=reason) if ended == "Perdida" else WinCard(card=flow.card))
    assert flow.at == "Fechamento"
    before = flow.house.dump()
    outcome = flow.file(label, loss_reason=reason if ended == "Ganha" else None)
    assert isinstance(outcome, Refusal)
    assert "reopen it first" in outcome.reason.msgid
    assert flow.house.dump() == before


def test_a_way_that_closes_the_card_takes_no_next_step(flow: Flow) -> None:
    from samples import SOON

    outcome = flow.file("Sim", "Com sucesso", "Vendido", next_when=SOON)
    assert refused(outcome, "next_when").startswith("“{label}” closes the card")
    refused(flow.file("Sim", loss_reason=flow.house.any_id("loss_reason")), "loss_reason")


def test_who_may_not_take_a_card_further_files_no_answer_that_does(flow: Flow) -> None:
    """nina moves her own cards, and closes none."""
    nina, hers = flow.house.user("nina"), flow.card
    do(flow.house.open(), HandOver(card=hers, to=nina))
    do(flow.house.open(), MoveCard(card=hers, stage=flow.stages["Fechamento"]))
    result, crm = flow.house.any_id("result"), flow.house.open("nina")
    sold = FileNote(card=hers, body="comprou", result=result, answer=(flow.answers["Vendido"],))
    outcome = crm.run(sold)
    assert isinstance(outcome, Refusal)
    assert (outcome.by, outcome.fields) == (RefusedBy.PERMISSION, ("answer",))
    assert crm.why_not(sold) == outcome
    do(crm, FileNote(card=hers, body="comprou", result=result))
    assert flow.at == "Fechamento"


def test_an_answer_that_asks_why_is_not_filed_without_the_reason(flow: Flow) -> None:
    do(flow.house.open(), MoveCard(card=flow.card, stage=flow.stages["Conversa"]))
    assert refused(flow.file("Ligar de novo"), "reason") == "“{label}” asks why: write the reason."
    flow.file("Ligar de novo", reason="estava de férias")
    assert flow.at == "Contato"
    entry = next(e for e in flow.house.open().read(trails.of_card, flow.card) if e.kind == "card.decided")
    assert entry.reason == "estava de férias"


def test_the_team_of_the_answer_takes_over_and_one_of_it_answers_in_the_stage(flow: Flow) -> None:
    crm = flow.house.open()
    team = flow.house.one("""SELECT team_id FROM "user" WHERE login = 'bia'""")
    do(crm, EditTransition(transition=flow.answers["Sim"], team=team))
    flow.file("Sim")
    row = flow.house.rows("SELECT team_id, stage_owner_id FROM card WHERE id = ?", flow.card)[0]
    members = [i for (i,) in flow.house.rows('SELECT id FROM "user" WHERE team_id = ? AND active = 1', team)]
    assert row[0] == team
    assert row[1] in members
    assert any(line.startswith("Goes to ") for line in told(flow))


def test_a_stage_with_a_rule_of_its_own_keeps_who_answers(flow: Flow) -> None:
    crm = flow.house.open()
    team, edu = (
        flow.house.one("""SELECT team_id FROM "user" WHERE login = 'bia'"""),
        flow.house.user("edu"),
    )
    do(crm, EditStage(stage=flow.stages["Conversa"], owner_rule=OwnerRule.USER, default_user=edu))
    do(crm, EditTransition(transition=flow.answers["Sim"], team=team))
    flow.file("Sim")
    assert flow.house.rows("SELECT team_id, stage_owner_id FROM card WHERE id = ?", flow.card) == [
        (team, edu)
    ]


def test_the_gates_of_every_passed_stage_are_asked_at_once(flow: Flow) -> None:
    crm = flow.house.open()
    do(crm, AddGate(stage=flow.stages["Contato"], kind=GateKind.DEAL_VALUE))
    do(crm, AddGate(stage=flow.stages["Conversa"], kind=GateKind.FIELD, field="description"))
    outcome = flow.file("Sim", "Com sucesso")
    assert isinstance(outcome, Refusal)
    assert [each.gate.kind for each in outcome.asked] == [GateKind.DEAL_VALUE, GateKind.FIELD]
    way = (flow.stages["Conversa"], flow.stages["Fechamento"])
    asked = crm.read(views.asked, flow.card, *way)
    assert [each.gate.kind for each in asked] == [GateKind.DEAL_VALUE, GateKind.FIELD]
    do(crm, EditCard(card=flow.card, value_one_off=100, description="x"))
    flow.file("Sim", "Com sucesso")
    assert flow.at == "Fechamento"


@pytest.mark.parametrize("how", ["answers", "by itself"])
def test_an_appointment_that_a_stage_asks_for_lets_the_card_be_won(flow: Flow, how: str) -> None:
    """Winning cancels what is planned; that it was made is what the stage had asked."""
    crm, stage = flow.house.open(), flow.stages["Fechamento"]
    do(crm, MoveCard(card=flow.card, stage=stage))
    do(crm, AddGate(stage=stage, kind=GateKind.APPOINTMENT))
    result = flow.house.any_id("result")
    sold = FileNote(card=flow.card, body="comprou", result=result, answer=(flow.answers["Vendido"],))
    won = sold if how == "answers" else WinCard(card=flow.card)
    assert isinstance(crm.run(won), Refusal)
    at = flow.house.clock()
    for hours in (-2, 30):  # the note registers the first, winning cancels the other
        do(crm, PlanStep(card=flow.card, when=at + timedelta(hours=hours)))
    before = flow.house.dump()
    done = do(crm, won)
    assert flow.at == "Ganha"
    do(crm, UndoBatch(batch=done.batch))
    assert flow.house.dump() == before


def test_answers_that_are_no_way_say_why_and_nothing_is_filed(flow: Flow) -> None:
    before = flow.house.dump()
    assert "is no answer: look" in refused(flow.file("Com sucesso"))
    assert "is no answer of {stage}" in refused(flow.file("Sim", "Vendido"))
    assert "leads back to" in refused(flow.file("Sim", "Ligar de novo", reason="x"))
    assert "leads to {to}: leave" in refused(flow.file("Sim", stage=flow.stages["Fechamento"]))
    assert flow.house.dump() == before


def test_an_answer_that_went_or_changed_meanwhile_is_one_sentence(flow: Flow) -> None:
    crm = flow.house.open()
    version = flow.house.one("SELECT version FROM stage_transition WHERE id = ?", flow.answers["Sim"])
    do(crm, EditTransition(transition=flow.answers["Sim"], label="Falou"))
    assert "was changed meanwhile" in refused(flow.file("Sim", answer_seen=str(version)))
    do(crm, RemoveTransition(transition=flow.answers["Sim"]))
    assert "taken off its stage" in refused(flow.file("Sim"))


def test_an_answer_to_a_stage_that_was_removed_is_not_offered_and_not_taken(flow: Flow) -> None:
    crm = flow.house.open()
    do(crm, ArchiveStage(stage=flow.stages["Conversa"]))
    assert crm.read(views.decision, flow.stages["Contato"]) is None
    assert "which was removed" in refused(flow.file("Sim"))


def test_a_card_that_somebody_moved_meanwhile_is_a_conflict(flow: Flow) -> None:
    crm = flow.house.open()
    version = flow.house.one("SELECT version FROM card WHERE id = ?", flow.card)
    do(crm, MoveCard(card=flow.card, stage=flow.stages["Fechamento"]))
    assert isinstance(flow.file("Sim", version=version), Conflict)
    assert flow.at == "Fechamento"


def test_a_stage_that_wants_its_answer_holds_the_note_until_it_has_one_or_another_stage(flow: Flow) -> None:
    crm = flow.house.open()
    do(crm, EditStage(stage=flow.stages["Contato"], question_required=True))
    assert refused(flow.file()) == "{stage} asks “{question}”: choose the answer, or another stage."
    assert not isinstance(flow.file(stage=flow.stages["Fechamento"]), Refusal | Conflict)
    do(crm, MoveCard(card=flow.card, stage=flow.stages["Contato"]))
    assert not isinstance(flow.file("Sim"), Refusal | Conflict)
    assert not isinstance(flow.file(), Refusal | Conflict), "where it is not wanted it may stay open"


def test_what_no_way_allows_is_told_beforehand_as_at_the_door(flow: Flow) -> None:
    crm, result = flow.house.open(), flow.house.any_id("result")
    for labels in (("Sim", "Vendido"), ("Sim", "Com sucesso", "Não vendido"), ("Sim",)):
        answers = tuple(flow.answers[label] for label in labels)
        command = FileNote(card=flow.card, body="falei", result=result, answer=answers)
        why, outcome = crm.why_not(command), crm.run(command)
        assert why == (outcome if isinstance(outcome, Refusal) else None)
