"""Several operators do whatever comes to hand, in any order: what must hold of the board holds after each of it.

Random sequences of commands by a manager, sellers of two teams, support, a reader and the administrator, on cards,
stages, labels, members and boards, with undo and redo between. One failing sequence is made as short as it goes.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from house import House
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from crm_tui.domain.access import BoardRight
from crm_tui.domain.arrangement import Arrangement, By, Grouping
from crm_tui.domain.board import CardStatus, ReopenMode, StageCategory, is_listed
from crm_tui.domain.board_setup import may_stand
from crm_tui.domain.outcome import Done, Outcome
from crm_tui.services.board import columns, views
from crm_tui.services.board import commands as c
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup.commands import CancelStep, PlanStep
from crm_tui.services.label.commands import AddLabel, RestoreLabel, RetireLabel, SetLabels, SetMembers
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

HANDS = ("ana", "carla", "bia", "beto", "edu", "davi", "rui")
"""The administrator, a manager, two sellers of her team, one of another, support, and one who only reads."""
OPEN = (CardStatus.OPEN, CardStatus.PAUSED)

who = st.sampled_from((*("ana",) * 8, *HANDS))
"""Mostly she who may do everything, so that most is done and not refused."""
nth = st.integers(0, 3) | st.integers(0, 30)
maybe = st.none() | nth


class ManyHands(RuleBasedStateMachine):
    """`template` is the closed file that each sequence begins with."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "house.db"
        shutil.copy(self.template, path)
        self.now = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
        self.house = House(path, lambda: self.now)
        self.crms: dict[str, Crm] = {}
        self.batches: list[str] = []
        self.looks = 0

    def teardown(self) -> None:
        self.house.close()
        self.folder.cleanup()

    # --- what is named: the n-th of what there is, whoever may see it

    def crm(self, login: str) -> Crm:
        if login not in self.crms:
            self.crms[login] = self.house.open(login)
        crm = self.crms[login]
        crm.refresh_viewer()  # as the feed does after a change of others
        return crm

    def any(self, table: str, n: int | None) -> int:
        ids = [i for (i,) in self.house.rows(f'SELECT id FROM "{table}" ORDER BY id')]
        return int(ids[(n or 0) % len(ids)]) if ids else 0

    def card(self, n: int, which: str = "1") -> int:
        """The n-th card, those that were touched last first: again and again the same ones."""
        ids = [
            i
            for (i,) in self.house.rows(f"SELECT id FROM card WHERE {which} ORDER BY last_touch_at DESC, id")
        ]
        return int(ids[n % len(ids)]) if ids else 0

    def stage_near(self, card_id: int, n: int) -> int:
        """A stage of the card's board; seldom one of another."""
        own = self.house.rows(
            "SELECT s.id FROM stage s JOIN card c ON c.board_id = s.board_id WHERE c.id = ? ORDER BY s.id",
            card_id,
        )
        return int(own[n % len(own)][0]) if n < 28 else self.any("stage", n)

    def some(self, table: str, n: int | None) -> int | None:
        return None if n is None else self.any(table, n)

    def user(self, login: str) -> int:
        return self.house.user(login)

    def run(self, login: str, command: Command, *, back: bool = False) -> Outcome:
        """Run it; what is refused changed nothing and was foreseen as far as it can be, what is done stands in the
        trail; and `back` takes it back, does it again, and finds both as they were."""
        crm, before = self.crm(login), self.house.dump()
        foreseen = crm.why_not(command)
        outcome = crm.run(command)
        after = self.house.dump()
        if not isinstance(outcome, Done):
            assert after == before, f"{command!r} was refused and changed something"
            return outcome
        assert foreseen is None, f"{command!r} was done, though it was said before: {foreseen}"
        assert (after != before) <= bool(outcome.events), f"{command!r} is in no trail"
        self.now += timedelta(minutes=1)
        if not outcome.events:
            return outcome
        self.batches.append(outcome.batch)
        if back and not isinstance(command, (UndoBatch, RedoBatch)):
            self.there_and_back(outcome.batch, before, after)
        return outcome

    def there_and_back(self, batch: str, before: Any, after: Any) -> None:
        crm = self.crm("ana")
        undone = crm.run(UndoBatch(batch=batch))
        assert isinstance(undone, Done), undone
        assert self.house.dump() == before
        again = crm.run(RedoBatch(batch=undone.batch))
        assert isinstance(again, Done), again
        assert self.house.dump() == after

    # --- cards

    @rule(login=who, stage=maybe, party=maybe, owner=st.none() | who, template=maybe, back=st.booleans())
    def add(
        self,
        login: str,
        stage: int | None,
        party: int | None,
        owner: str | None,
        template: int | None,
        back: bool,
    ) -> None:
        self.run(
            login,
            c.NewCard(
                subject="novo",
                stage=self.some("stage", stage),
                party=self.some("party", party),
                owner=self.user(owner) if owner else None,
                template=self.some("card_template", template) or None,
                value_one_off=10_00,
            ),
            back=back,
        )

    @rule(login=who, card=nth, stage=nth, back=st.booleans())
    def move(self, login: str, card: int, stage: int, back: bool) -> None:
        card_id = self.card(card)
        self.run(login, c.MoveCard(card=card_id, stage=self.stage_near(card_id, stage)), back=back)

    @rule(login=who, card=nth, step=st.integers(-3, 3), back=st.booleans())
    def order(self, login: str, card: int, step: int, back: bool) -> None:
        self.run(login, c.OrderCard(card=self.card(card), step=step), back=back)

    @rule(login=who, card=nth, party=maybe, value=st.integers(0, 99), back=st.booleans())
    def edit(self, login: str, card: int, party: int | None, value: int, back: bool) -> None:
        known: dict[str, Any] = {"value_one_off": value}
        if party is not None:
            known["party"] = self.any("party", party)
        self.run(login, c.EditCard(card=self.card(card), **known), back=back)

    @rule(login=who, card=nth, to=who, back=st.booleans())
    def hand_over(self, login: str, card: int, to: str, back: bool) -> None:
        self.run(login, c.HandOver(card=self.card(card), to=self.user(to)), back=back)

    @rule(login=who, card=nth, how=st.sampled_from(("win", "lose", "delete", "copy")), back=st.booleans())
    def end(self, login: str, card: int, how: str, back: bool) -> None:
        card_id = self.card(card)
        asked: dict[str, Command] = {
            "win": c.WinCard(card=card_id),
            "lose": c.LoseCard(card=card_id, reason=self.any("loss_reason", 0), note="caro"),
            "delete": c.DeleteCard(card=card_id),
            "copy": c.CopyCard(card=card_id),
        }
        self.run(login, asked[how], back=back)

    @rule(login=who, card=nth, mode=st.sampled_from(ReopenMode), back=st.booleans())
    def reopen(self, login: str, card: int, mode: ReopenMode, back: bool) -> None:
        card_id = self.card(card, "status NOT IN ('open','paused')") or self.card(card)
        self.run(login, c.ReopenCard(card=card_id, mode=mode, reason="voltou"), back=back)

    @rule(login=who, card=nth, to=who, back=st.booleans())
    def win_and_plan(self, login: str, card: int, to: str, back: bool) -> None:
        won = c.WinCard(card=self.card(card), next_when=self.now.date(), next_assignee=self.user(to))
        self.run(login, won, back=back)

    @rule(login=who, card=nth, back=st.booleans())
    def put_away(self, login: str, card: int, back: bool) -> None:
        self.run(login, c.ArchiveCard(card=self.card(card)), back=back)

    @rule(login=who, card=nth, back=st.booleans())
    def take_out(self, login: str, card: int, back: bool) -> None:
        away = self.card(card, "archived_at IS NOT NULL")
        self.run(login, c.UnarchiveCard(card=away), back=back)

    @rule(login=who, card=nth, board=nth, stage=maybe, back=st.booleans())
    def send(self, login: str, card: int, board: int, stage: int | None, back: bool) -> None:
        to = self.any("board", board)
        stages = [i for (i,) in self.house.rows("SELECT id FROM stage WHERE board_id = ? ORDER BY id", to)]
        stage_id = stages[stage % len(stages)] if stage is not None and stages else None
        self.run(login, c.MoveToBoard(card=self.card(card), board=to, stage=stage_id), back=back)

    @rule(login=who, card=nth, board=maybe, party=maybe, service=st.booleans(), back=st.booleans())
    def convert(
        self, login: str, card: int, board: int | None, party: int | None, service: bool, back: bool
    ) -> None:
        kind = c.ConvertToService if service else c.ConvertToCustomer
        known = {} if board is None else {"board": self.any("board", board)}
        self.run(
            login,
            kind(card=self.card(card), party=self.some("party", party), **known),
            back=back,
        )

    @rule(login=who, card=nth, add=maybe, remove=maybe, back=st.booleans())
    def label(self, login: str, card: int, add: int | None, remove: int | None, back: bool) -> None:
        put = (self.any("label", add),) if add is not None else ()
        off = (self.any("label", remove),) if remove is not None else ()
        self.run(login, SetLabels(card=self.card(card), add=put, remove=off), back=back)

    @rule(login=who, card=nth, add=who, back=st.booleans())
    def member(self, login: str, card: int, add: str, back: bool) -> None:
        self.run(login, SetMembers(card=self.card(card), add=(self.user(add),)), back=back)

    @rule(login=who, card=nth, day=st.integers(0, 9), back=st.booleans())
    def plan(self, login: str, card: int, day: int, back: bool) -> None:
        when = self.now.date().replace(day=19 + day)
        self.run(login, PlanStep(card=self.card(card), when=when, subject="ligar"), back=back)

    @rule(login=who, step=nth, back=st.booleans())
    def cancel(self, login: str, step: int, back: bool) -> None:
        self.run(login, CancelStep(activity=self.any("activity", step)), back=back)

    # --- what they stand on

    @rule(login=who, card=nth, stage=nth, category=st.sampled_from(StageCategory), back=st.booleans())
    def recategorise(self, login: str, card: int, stage: int, category: StageCategory, back: bool) -> None:
        stage_id = self.stage_near(self.card(card), stage)
        self.run(login, c.EditStage(stage=stage_id, category=category), back=back)

    @rule(login=who, card=nth, stage=nth, to=maybe, back=st.booleans())
    def remove_stage(self, login: str, card: int, stage: int, to: int | None, back: bool) -> None:
        card_id = self.card(card)
        cards_to = None if to is None else self.stage_near(card_id, to)
        self.run(login, c.ArchiveStage(stage=self.stage_near(card_id, stage), cards_to=cards_to), back=back)

    @rule(login=who, board=nth, category=st.sampled_from(StageCategory), back=st.booleans())
    def add_stage(self, login: str, board: int, category: StageCategory, back: bool) -> None:
        self.run(
            login, c.AddStage(board=self.any("board", board), name="Outra", category=category), back=back
        )

    @rule(login=who, board=nth, archive=st.booleans(), back=st.booleans())
    def archive_board(self, login: str, board: int, archive: bool, back: bool) -> None:
        kind = c.ArchiveBoard if archive else c.UnarchiveBoard
        self.run(login, kind(board=self.any("board", board)), back=back)

    @rule(login=who, board=nth, restricted=st.booleans(), back=st.booleans())
    def restrict(self, login: str, board: int, restricted: bool, back: bool) -> None:
        self.run(login, c.EditBoard(board=self.any("board", board), restricted=restricted), back=back)

    @rule(login=who, board=nth, user=who, may=st.sampled_from(BoardRight), back=st.booleans())
    def let_in(self, login: str, board: int, user: str, may: BoardRight, back: bool) -> None:
        self.run(
            login, c.SetBoardMember(board=self.any("board", board), user=self.user(user), may=may), back=back
        )

    @rule(login=who, board=maybe, back=st.booleans())
    def add_label(self, login: str, board: int | None, back: bool) -> None:
        n = self.house.one("SELECT count(*) FROM label")
        self.run(login, AddLabel(name=f"etiqueta {n}", board=self.some("board", board)), back=back)

    @rule(login=who, label=nth, retire=st.booleans(), back=st.booleans())
    def retire_label(self, login: str, label: int, retire: bool, back: bool) -> None:
        if self.any("label", label):
            kind = RetireLabel if retire else RestoreLabel
            self.run(login, kind(label=self.any("label", label)), back=back)

    @rule(login=who, card=nth, back=st.booleans())
    def make_base_card(self, login: str, card: int, back: bool) -> None:
        n = self.house.one("SELECT count(*) FROM card_template")
        self.run(login, c.TemplateFromCard(card=self.card(card), name=f"base {n}"), back=back)

    # --- and back

    @rule(batch=nth)
    def take_back(self, batch: int) -> None:
        """One's own, another's, an undo: the administrator may."""
        if self.batches:
            self.run("ana", UndoBatch(batch=self.batches[-1 - batch % len(self.batches)]))

    @rule(login=who, again=st.booleans())
    def take_back_ones_own(self, login: str, again: bool) -> None:
        self.run(login, RedoBatch() if again else UndoBatch())

    # --- what holds

    @invariant()
    def no_two_cards_have_one_place(self) -> None:
        listed = "status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL"
        twice = self.house.rows(
            f"SELECT stage_id, rank, group_concat(number) FROM card WHERE {listed} GROUP BY 1, 2 HAVING count(*) > 1"
        )
        assert twice == []

    @invariant()
    def every_card_stands_where_it_may(self) -> None:
        wrong = []
        for number, status, archived, kind, category, removed, gone, own, same in self.house.rows(
            "SELECT c.number, c.status, c.archived_at, c.kind, s.category, s.archived_at, b.archived_at, b.kind, "
            "s.board_id = c.board_id FROM card c JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id "
            "WHERE c.deleted_at IS NULL"
        ):
            fits = may_stand(CardStatus(status), StageCategory(category)) and same and kind == own
            lost = is_listed(status, archived, None) and gone
            if not fits or removed or lost:
                wrong.append((number, status, archived, kind, category, removed, gone, own, same))
        assert wrong == []

    @invariant()
    def what_a_card_says_of_its_end_is_so(self) -> None:
        """A closing day only of what is closed, or is only adjusted; a reason only of what is lost."""
        assert (
            self.house.rows(
                "SELECT number, status, closed_on, reopen_mode, loss_reason_id FROM card WHERE deleted_at IS NULL AND ("
                "(status IN ('open','paused') AND closed_on IS NOT NULL AND reopen_mode IS NOT 'adjustment') "
                "OR (status NOT IN ('open','paused') AND closed_on IS NULL) "
                "OR (status <> 'lost' AND (loss_reason_id IS NOT NULL OR loss_note IS NOT NULL)))"
            )
            == []
        )

    @invariant()
    def what_stands_alone_is_shown_by_no_card_of_its_doer(self) -> None:
        alone = "(c.id IS NULL OR c.owner_id IS NOT a.assignee_id OR c.status NOT IN ('open','paused'))"
        assert (
            self.house.rows(
                f"SELECT a.id, c.number, c.status, a.stands_alone FROM activity a LEFT JOIN card c ON c.id = a.card_id "
                f"WHERE a.state = 'planned' AND a.deleted_at IS NULL AND c.owner_id IS NOT NULL "
                f"AND a.stands_alone <> {alone}"
            )
            == []
        )

    @invariant()
    def every_card_wears_what_it_may(self) -> None:
        assert (
            self.house.rows(
                "SELECT c.number, l.name FROM card_label k JOIN card c ON c.id = k.card_id "
                "JOIN label l ON l.id = k.label_id WHERE l.board_id IS NOT NULL AND l.board_id <> c.board_id"
            )
            == []
        )

    @invariant()
    def every_card_is_on_one_visit_where_it_stands(self) -> None:
        assert (
            self.house.rows(
                "SELECT c.number, c.stage_id, (SELECT group_concat(v.stage_id) FROM stage_visit v "
                "WHERE v.card_id = c.id AND v.left_at IS NULL) AS there FROM card c "
                "WHERE c.deleted_at IS NULL AND there IS NOT c.stage_id || ''"
            )
            == []
        )

    @invariant()
    def what_is_counted_is_there(self) -> None:
        assert self.house.rows(
            "SELECT stage_id, owner_id, status, n, total FROM stage_stat WHERE n <> 0 ORDER BY 1, 2, 3"
        ) == self.house.rows(
            "SELECT stage_id, coalesce(owner_id, 0), status, count(*), sum(value_one_off + value_recurring) FROM card "
            "WHERE archived_at IS NULL AND deleted_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        earliest = """SELECT a.id FROM activity a WHERE a.card_id = c.id AND a.state = 'planned'
          AND a.deleted_at IS NULL ORDER BY a.due_on, a.start_at IS NULL, a.start_at, a.id LIMIT 1"""
        assert self.house.rows(f"SELECT number FROM card c WHERE next_activity_id IS NOT ({earliest})") == []

    @invariant()
    def each_sees_their_own_board_whole_and_no_more(self) -> None:
        """Each operator in turn: heads, columns and every arrangement tell of the same cards."""
        self.looks += 1
        login = HANDS[self.looks % len(HANDS)]
        crm, shown = self.crm(login), set[int]()
        for board in crm.read(views.boards):
            heads = crm.read(views.heads, board.id, closing=True)
            standing = [card.id for head in heads for card in crm.read(views.column, head.id, None, 500)]
            assert sum(head.count for head in heads) == len(standing) == len(set(standing)), (login, board)
            for group in Grouping:
                found = crm.read(columns.arranged, board.id, Arrangement(By.NAME, group=group))
                listed = {i for column in found.columns for i in column.ids}
                assert (listed, found.count) == (set(standing), len(standing)), (login, board, group)
            shown |= set(standing)
        assert shown == self._seen(crm), login

    def _seen(self, crm: Crm) -> set[int]:
        """The listed cards that this operator may see, by the rule and not by the query."""
        return {
            card
            for card, owner, board in self.house.rows(
                "SELECT id, owner_id, board_id FROM card WHERE status IN ('open','paused') AND archived_at IS NULL "
                "AND deleted_at IS NULL"
            )
            if crm.viewer.may("card.read", owner) and crm.viewer.sees(board)
        }


def test_whatever_many_hands_do_the_board_holds(house_template: Path) -> None:
    """Always the same sequences here; `max_examples` in thousands is a hunt."""
    machine = type("Played", (ManyHands,), {"template": house_template})
    played = settings(
        max_examples=10,
        stateful_step_count=25,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=played)
