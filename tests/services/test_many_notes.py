"""Many hands filing pareceres at random: with answers, with results that ask, plan, lead on or lose, and with stages.

Beside what holds of every card: nothing planned on a closed one, and the card where answer, stage or result, in this
order, said that it goes. (B49-B51, T7-T12; decision 0017)
"""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from test_many_hands import ManyHands, maybe, nth, who

from crm_tui.bootstrap import pickers
from crm_tui.domain.campaign import DelayFrom, Leads, NextMode
from crm_tui.domain.fields import chosen_id
from crm_tui.domain.outcome import Done
from crm_tui.services.calendar import views as calendars
from crm_tui.services.campaign import commands as campaigns
from crm_tui.services.core.forms import World, build
from crm_tui.services.followup import register_commands as registers
from crm_tui.services.gate.commands import AddTransition, RemoveTransition
from crm_tui.services.note import views as notes
from crm_tui.services.note.commands import AttachFile, FileNote
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.shapes import shape, table_named

OPEN = ("open", "paused")
Dump = dict[str, list[tuple[Any, ...]]]


def grown(stood: Dump, now: Dump) -> dict[str, list[tuple[Any, ...]]]:
    """What is other than it stood, the ids of new rows as their places among the new ones: they are never the same
    twice."""
    known = {name: {row[0] for row in rows} for name, rows in stood.items()}
    fresh = {name: [row[0] for row in rows if row[0] not in known[name]] for name, rows in now.items()}
    found = {}
    for name, rows in now.items():
        own = columns(name)
        old = set(stood[name])
        found[name] = [
            tuple(
                placed(fresh, name if c == "id" else OF.get(c), value)
                for c, value in zip(own, row, strict=True)
            )
            for row in rows
            if row not in old
        ]
    return found


OF = {"activity_id": "activity", "previous_id": "activity", "note_id": "note"}


def placed(fresh: dict[str, list[int]], table: str | None, value: Any) -> Any:
    """The place of a new row among the new ones."""
    return f"new {fresh[table].index(value)}" if table is not None and value in fresh[table] else value


def columns(name: str) -> list[str]:
    """Of a dumped table."""
    model = table_named(name)
    return ["id", *sorted(shape(model).imaged)]


class Written(NamedTuple):
    """A note as it is to be filed, by the n-th of what there is."""

    card: int
    ways: list[int]
    result: int
    stage: int | None
    when: int | None
    lost: int | None
    of_campaign: bool
    contact: int | None = None
    next_contact: int | None = None
    began: int | None = None
    ended: bool = False
    at: int | None = None
    until: bool = False
    by: str | None = None
    words: str = ""
    files: int = 0
    no_campaign: bool = False
    step: int | None = None


NOTES = st.builds(
    Written,
    card=nth,
    ways=st.lists(nth, max_size=2),
    result=nth,
    stage=st.none() | maybe,
    when=st.none() | st.integers(0, 5),
    lost=st.none() | st.none() | nth,
    of_campaign=st.booleans(),
    contact=st.none() | maybe,
    next_contact=st.none() | maybe,
    began=st.none() | st.integers(-2, 2_000),
    ended=st.booleans(),
    at=st.none() | st.integers(0, 23),
    until=st.booleans(),
    by=st.none() | who,
    words=st.sampled_from(("", "", "sobre o preço")),
    files=st.integers(0, 3),
    no_campaign=st.booleans(),
    step=st.none() | maybe,
)


def _writing() -> Any:
    """A rule of its own each time, so that notes are not one among thirty things that hands do."""

    @rule(login=who, notes=st.lists(NOTES, min_size=2, max_size=6), back=st.booleans())
    def write(self: ManyNotes, login: str, notes: list[Written], back: bool) -> None:
        for note in notes:
            self.note(login if note.card < 10 else "ana", note, back)

    return write


class ManyNotes(ManyHands):
    """The same hands; stages have answers, results have rules, and notes are filed with all of them."""

    decided = led = lost = planned = again = 0
    """How many notes took their card on by an answer, by the result, to its loss, or planned by themselves: a run
    without them proves nothing."""

    @initialize()
    def begin(self) -> None:
        """Each stage of the first board answers to the next one and to the last; a campaign of two results."""
        board = self.house.any_id("board")
        stages = [
            i for (i,) in self.house.rows("SELECT id FROM stage WHERE board_id = ? ORDER BY position", board)
        ]
        for here, to in pairwise(stages):
            self.run("ana", AddTransition(stage=here, label="Adiante", to=to))
            self.run("ana", AddTransition(stage=here, label="Fim", to=stages[-1]))
        campaign = self.run("ana", campaigns.AddCampaign(name="Visitas"))
        assert isinstance(campaign, Done)
        assert campaign.entity_id is not None
        action = self.run(
            "ana",
            campaigns.AddCampaignAction(campaign=campaign.entity_id, action=self.any("action_type", 0)),
        )
        assert isinstance(action, Done)
        assert action.entity_id is not None
        for n, (leads, to) in enumerate(
            ((Leads.STAGE, stages[2]), (Leads.NOWHERE, None), (Leads.LOSS, None))
        ):
            rule_ = campaigns.AddCampaignResult(
                campaign_action=action.entity_id, result=self.any("result", n), leads=leads, to_stage=to
            )
            self.run("ana", rule_)

    @rule(
        result=nth,
        stage=nth,
        mode=st.sampled_from(NextMode),
        days=st.integers(0, 9),
        since=st.sampled_from(DelayFrom),
        leads=st.sampled_from(Leads),
        detail=st.booleans(),
        back=st.booleans(),
    )
    def rule_of_the_campaign(
        self,
        result: int,
        stage: int,
        mode: NextMode,
        days: int,
        since: DelayFrom,
        leads: Leads,
        detail: bool,
        back: bool,
    ) -> None:
        found: dict[str, Any] = {"to_stage": self.any("stage", stage)} if leads is Leads.STAGE else {}
        rule_ = campaigns.AddCampaignResult(
            campaign_action=self.any("campaign_action", 0),
            result=self.any("result", result),
            requires_detail=detail,
            next_mode=mode,
            delay_days=days,
            delay_from=since,
            leads=leads,
            **found,
        )
        self.run("ana", rule_, back=back)

    @rule(result=nth, mode=st.sampled_from(NextMode), days=st.integers(0, 9), back=st.booleans())
    def rule_of_a_result(self, result: int, mode: NextMode, days: int, back: bool) -> None:
        edit = registers.EditResult(result=self.any("result", result), next_mode=mode, delay_days=days)
        self.run("ana", edit, back=back)

    @rule(rule_=nth, back=st.booleans())
    def end_a_rule(self, rule_: int, back: bool) -> None:
        if rule_ > 24 and (there := self.any("campaign_result", rule_)):
            self.run("ana", campaigns.RemoveCampaignResult(campaign_result=there), back=back)

    @rule(answer=nth, back=st.booleans())
    def take_off(self, answer: int, back: bool) -> None:
        if answer > 24 and (there := self.any("stage_transition", answer)):
            self.run("ana", RemoveTransition(transition=there), back=back)

    write_1, write_2, write_3, write_4, write_5, write_6, write_7, write_8 = (_writing() for _ in range(8))

    def note(self, login: str, note: Written, back: bool) -> None:
        card_id = self.card(note.card, "1" if note.card > 26 else "status = 'open' AND deleted_at IS NULL")
        answers = self.way(card_id, note.ways)
        given: dict[str, Any] = {
            "stage": self.stage_near(card_id, note.stage) if note.stage is not None and not answers else None,
            "next_when": (self.now + timedelta(days=note.when)).date() if note.when is not None else None,
            "loss_reason": self.some("loss_reason", note.lost),
            "campaign": self.any("campaign", 0) if note.of_campaign else None,
            "action": self.any("action_type", 0) if note.of_campaign else None,
        }
        filed = FileNote(
            card=card_id,
            body="falei",
            result=self.any("result", note.result),
            answer=answers,
            reason="foi assim",
            loss_note="foi assim",
            **{name: value for name, value in given.items() if value is not None}
            | self.beside(login, card_id, note),
        )
        before = self.house.rows("SELECT stage_id, status FROM card WHERE id = ?", card_id)[0]
        steps, stood = self.steps(card_id), self.house.dump()
        done = self.run(login, filed, back=back)
        if isinstance(done, Done):
            self.hold(filed, card_id, before, steps)
            if back:
                self.filed_again(login, card_id, done.batch, stood)

    def beside(self, login: str, card_id: int, note: Written) -> dict[str, Any]:
        """What is said beside the text: with whom, when, what is next and its files."""
        zone, found = self.crm(login).viewer.zone, dict[str, Any]()
        if note.contact is not None:
            found["contact"] = self.any("party", note.contact) if note.contact < 28 else None
        if note.next_contact is not None:
            found["next_contact"] = self.any("party", note.next_contact)
        if note.no_campaign and not note.of_campaign:
            found["campaign"] = None
        if note.step is not None:
            found["activity"] = self.any("activity", note.step)
        if note.began is not None:
            began = (self.now - timedelta(minutes=note.began)).astimezone(zone).replace(second=0)
            found["began"] = began if note.began % 3 else began.date()
            if note.ended:
                found["ended"] = (began + timedelta(minutes=20)).time()
        if note.files:
            file = AttachFile(card=card_id, filename="a.txt", content=b"a")
            held = self.run(login, file)
            if isinstance(held, Done) and held.entity_id:
                found["next_files" if note.files == 3 else "files"] = (held.entity_id,)
        if note.when is None:
            return found
        if note.at is not None:
            day = self.now.astimezone(zone) + timedelta(days=note.when + 1)
            found["next_when"] = day.replace(hour=note.at, minute=30, second=0)
            if note.until:
                found["next_until"] = time(23, 45)
        if note.by is not None:
            found["next_assignee"] = self.user(note.by)
        more = {"next_subject": note.words, "next_description": note.words}
        return found | {name: words for name, words in more.items() if words}

    def filed_again(self, login: str, card_id: int, batch: str, stood: Dump) -> None:
        """Undone by whoever may, given back as a draft, and filed from it as it is: the same rows but for their ids."""
        after, now = self.house.dump(), self.now
        undone = self.crm("ana").run(UndoBatch(batch=batch))
        assert isinstance(undone, Done), undone
        crm = self.crm(login)
        draft = crm.drafts.find("file_note", f"card:{card_id}")
        assert draft is not None
        about = {"card": f"#{card_id}", "reason": "", **draft.payload}
        if "contact" not in about:
            planned = chosen_id(about.get("activity", ""))
            main = crm.read(notes.contact, card=card_id, activity=planned)
            about["contact"] = f"#{main.value}" if main is not None else ""
        world = World(crm.reading(), pickers(), crm.read(calendars.default))
        command = build(FileNote, about, world)
        assert isinstance(command, FileNote), (command, about)
        self.now = now - timedelta(minutes=1)  # as late as it was filed first
        again = crm.run(command)
        assert isinstance(again, Done), (again, about)
        self.batches.append(again.batch)
        assert grown(stood, self.house.dump()) == grown(stood, after), about
        self.now = now + timedelta(minutes=1)
        type(self).again += 1

    def way(self, card_id: int, ways: list[int]) -> tuple[int, ...]:
        """Answers that follow on each other from where the card stands; now and then one that does not."""
        at, found = self.house.one("SELECT stage_id FROM card WHERE id = ?", card_id), []
        for n in ways:
            there = self.house.rows(
                "SELECT id, to_stage_id FROM stage_transition WHERE from_stage_id = ? ORDER BY id", at
            )
            if not there:
                break
            answer, at = there[n % len(there)]
            found.append(int(answer) if n < 30 else self.any("stage_transition", n))
        return tuple(found)

    def steps(self, card_id: int) -> int:
        return int(
            self.house.one("SELECT count(*) FROM activity WHERE card_id = ? AND state = 'planned'", card_id)
        )

    def hold(self, filed: FileNote, card_id: int, before: tuple[Any, ...], steps: int) -> None:
        """The card is where the first of answer, stage and result said that it goes."""
        kind = type(self)
        stage, status = self.house.rows("SELECT stage_id, status FROM card WHERE id = ?", card_id)[0]
        if filed.answer:
            ends = self.house.one("SELECT to_stage_id FROM stage_transition WHERE id = ?", filed.answer[-1])
            assert stage == ends
            kind.decided += 1
        elif filed.stage is not None:
            assert stage == filed.stage or status == "lost"
        elif stage != before[0]:
            kind.led += 1
        kind.lost += status == "lost" and before[1] in OPEN
        kind.planned += filed.next_when is None and status in OPEN and self.steps(card_id) > steps - 1 > 0

    @invariant()
    def nothing_is_planned_on_what_is_closed_by_a_note(self) -> None:
        assert (
            self.house.rows(
                "SELECT f.batch FROM event f JOIN event e ON e.batch = f.batch AND e.kind IN ('card.won', 'card.lost') "
                "JOIN event p ON p.batch = f.batch AND p.kind = 'activity.planned' WHERE f.kind = 'note.filed'"
            )
            == []
        )


def test_a_note_takes_its_card_where_it_said_whatever_many_hands_do(house_template: Path) -> None:
    """Always the same sequences here; `max_examples` in thousands is a hunt."""
    machine = type("Noted", (ManyNotes,), {"template": house_template})
    played = settings(
        max_examples=20,
        stateful_step_count=35,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=played)
    assert machine.decided > 0
    assert machine.led > 0
    assert machine.lost > 0
    assert machine.again > 0
