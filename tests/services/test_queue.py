"""The queue of the day: its order, counts and cents against a plain computation, and which contact is next."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from house import NOBODY, House, do

from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.filter_tree import plain_words
from crm_tui.domain.followup import Group, NextCard, Order, Queue, Sorting, WhyNext
from crm_tui.domain.text import digits, fold, words_of
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import HandOver, NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.followup import listing, views
from crm_tui.services.followup.commands import CancelStep, EditStep, PlanStep, Redate
from crm_tui.services.note.commands import FileNote
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, Card, User
from crm_tui.store.values import instant

ZONE = ZoneInfo("America/Sao_Paulo")
ORDER = list(DueState)


def _fill(house: House, owners: Sequence[str], n: int, seed: int = 3) -> None:
    """Random cards in every state, some closed, paused, archived or deleted."""
    chance, now, crm = random.Random(seed), house.clock(), house.open()
    ids = {o: house.user(o) if o != NOBODY else None for o in owners}
    rows = []
    for i in range(n):
        day = now.astimezone(ZONE).date() + timedelta(days=chance.randint(-4, 4))
        start = None
        if chance.random() < 0.4:
            start = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(
                minutes=15 * chance.randrange(96)
            )
        dated = chance.random() < 0.85
        status = chance.choice(("open", "open", "open", "open", "paused", "won", "lost"))
        rows.append(
            {
                "number": f"X-{seed}-{i}",
                "kind": "lead",
                "board_id": 1,
                "stage_id": house.any_id("stage"),
                "status": status,
                "title": f"assunto {chance.choice(('PDV', 'São João', 'tef'))} {i}",
                "owner_id": ids[chance.choice(list(owners))],
                "value_one_off": chance.randrange(10_000),
                "value_recurring": chance.randrange(100),
                "opened_at": now,
                "last_touch_at": now,
                "next_due_on": day if dated else None,
                "next_start_at": start if dated else None,
                "next_internal_on": day - timedelta(days=chance.randint(0, 6))
                if dated and i % 3 == 0
                else None,
                "closed_on": day if status in ("won", "lost") else None,
                "archived_at": now if chance.random() < 0.05 else None,
                "deleted_at": now if chance.random() < 0.05 else None,
            }
        )
    with crm.store.writing() as connection:
        Rows(connection).insert_many(Card, rows)


def _expected(house: House, owners: Sequence[int | None] | None, *, closed: bool) -> Queue:
    """The same list, computed without an index or an arm."""
    now = house.clock()
    found: list[tuple[Any, ...]] = []
    for row in house.rows(
        "SELECT id, status, next_due_on, next_start_at, next_internal_on, closed_on, "
        "value_one_off + value_recurring, owner_id FROM card WHERE archived_at IS NULL AND deleted_at IS NULL"
    ):
        card_id, status, due, start, internal, closed_on, cents, owner = row
        if owners is not None and owner not in owners:
            continue
        is_closed = status not in ("open", "paused")
        facts = DueFacts(
            is_closed,
            due and date.fromisoformat(due),
            start and datetime.fromisoformat(start),
            internal and date.fromisoformat(internal),
        )
        state = due_state(facts, now, ZONE)
        if state is DueState.CLOSED and not closed:
            continue
        timed_first = (start is None) if state is DueState.TODAY else False
        place: tuple[Any, ...] = (timed_first, due or "", start or "", card_id)
        if state is DueState.CLOSED:
            place = (-date.fromisoformat(closed_on).toordinal(), -card_id)
        found.append((ORDER.index(state), place, card_id, state, cents))
    found.sort()
    groups: dict[DueState, list[int]] = {}
    for *_, state, cents in found:
        tally = groups.setdefault(state, [0, 0])
        tally[0] += 1
        tally[1] += cents
    return Queue(array("q", [f[2] for f in found]), tuple(Group(s, *t) for s, t in groups.items()))


def _queue(crm: Crm, **kwargs: Any) -> Queue:
    found: Queue = crm.read(views.queue, **kwargs)
    return found


def _ids(house: House, *logins: str) -> list[int | None]:
    return [house.user(login) if login != NOBODY else None for login in logins]


@pytest.mark.parametrize("closed", [False, True])
def test_order_groups_and_cents_are_what_a_plain_computation_gives(house: House, closed: bool) -> None:
    _fill(house, ["ana", "bia", "beto", "edu", NOBODY], 250)
    assert _queue(house.open(), closed=closed) == _expected(house, _ids(house, "ana"), closed=closed)
    assert _queue(house.open(), owner_id=0, closed=closed) == _expected(house, None, closed=closed)
    team = _ids(house, "bia", "ana", "beto", "carla", NOBODY)
    assert _queue(house.open("bia"), owner_id=0, closed=closed) == _expected(house, team, closed=closed)
    beto = _expected(house, _ids(house, "beto"), closed=closed)
    assert _queue(house.open("bia"), owner_id=house.user("beto"), closed=closed) == beto
    assert set(map(str, {g.state for g in beto.groups})) >= {"overdue", "today", "internal", "open", "none"}


def test_more_owners_than_arms_give_the_same_list(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(house, ["bia", "beto", "edu", NOBODY], 120)
    do(house.open(), PlanStep(card=house.card("edu"), when=date(2026, 11, 20), assignee=house.user("beto")))
    bia = house.open("bia")
    arms = _queue(bia, owner_id=0, closed=True)
    assert any(key < 0 for key in arms.keys)
    monkeypatch.setattr(listing, "ARMS_AT_MOST", 2)
    assert _queue(bia, owner_id=0, closed=True) == arms


def test_each_row_is_in_the_group_of_its_own_state(house: House) -> None:
    _fill(house, ["ana"], 120)
    crm, found = house.open(), _queue(house.open(), closed=True)
    rows = crm.read(views.page, found.keys)
    assert [r.key for r in rows] == list(found.keys)
    states = [r.state(house.clock(), ZONE) for r in rows]
    assert states == [g.state for g in found.groups for _ in range(g.count)]
    assert found.cents == sum(r.value_cents for r in rows)


@pytest.mark.parametrize("words", ["sao joao", "PDV", "assunto tef", "X-3-11", "311", "visita", "nada disso"])
def test_words_narrow_without_accents_in_any_order(house: House, words: str) -> None:
    _fill(house, ["ana"], 80)
    crm = house.open()
    rows = {r.key: r for r in crm.read(views.page, _queue(crm, closed=True).keys)}
    found = _queue(crm, closed=True, found=plain_words(words))

    def holds(key: int) -> bool:
        row = rows[key]
        text = words_of(f"{row.title} {row.number} {row.party} {row.subject if key < 0 else ''}")
        codes = "".join(words_of(row.number or ""))
        return all(
            any(word.startswith(each) for word in text) or (digits(each) == each and each in codes)
            for each in words_of(words)
        )

    assert list(found.keys) == [k for k in rows if holds(k)]
    assert sum(g.count for g in found.groups) == len(found.keys)
    assert found.cents == sum(rows[k].value_cents for k in found.keys)


def test_a_step_stands_alone_only_where_no_card_of_ones_own_shows_it(house: House) -> None:
    """A step on a colleague's card or on a person is a row of its own; handed over with the card it is not."""
    ana, card = house.open(), house.card("edu")
    do(ana, CancelStep(activity=house.step("edu")))
    step = do(ana, PlanStep(card=card, when=date(2026, 11, 20), assignee=house.user("bia"))).entity_id
    visit = do(
        ana, PlanStep(party=house.party(), when=date(2026, 11, 19), assignee=house.user("bia"))
    ).entity_id
    assert step is not None
    assert visit is not None
    bia = house.open("bia")
    assert {-step, -visit} <= set(_queue(bia).keys)
    assert -step not in _queue(house.open("edu")).keys
    assert card in _queue(house.open("edu")).keys
    shown = {r.key: (r.card_id, r.subject, r.number is None) for r in bia.read(views.page, [-step, -visit])}
    assert shown == {-step: (card, "cartao-secreto-edu", False), -visit: (None, shown[-visit][1], True)}
    do(ana, HandOver(card=card, to=house.user("bia")))
    assert -step not in _queue(bia).keys
    assert card in _queue(bia).keys


def test_counters_count_the_viewers_own_and_stop_at_a_thousand(house: House) -> None:
    _fill(house, ["ana", "bia"], 120)
    crm = house.open()
    groups = {g.state: g.count for g in _queue(crm).groups}
    assert crm.read(views.counters) == (groups[DueState.OVERDUE], groups[DueState.TODAY])
    with crm.store.writing() as connection:
        Rows(connection).insert_many(
            Activity,
            [
                {
                    "action_type_id": 1,
                    "subject": str(i),
                    "assignee_id": 1,
                    "due_on": date(2026, 11, 1),
                    "stands_alone": True,
                }
                for i in range(1_200)
            ],
        )
    assert crm.read(views.counters)[0] == 1_000


def test_a_timed_step_is_due_on_its_assignees_day(house: House) -> None:
    """23:30 in São Paulo is the next day in Lisbon; the list of each is right by the clock of who looks."""
    with house.open().store.writing() as connection:
        Rows(connection).update(User, house.user("bia"), timezone="Europe/Lisbon")
    late, ana = datetime(2026, 11, 26, 23, 30, tzinfo=ZONE), house.open()

    def due(step: int | None) -> str:
        return str(house.one("SELECT due_on FROM activity WHERE id = ?", step))

    mine = do(ana, PlanStep(party=house.party(), when=late)).entity_id
    hers = do(ana, PlanStep(party=house.party(), when=late, assignee=house.user("bia"))).entity_id
    assert mine is not None
    assert hers is not None
    assert (due(mine), due(hers)) == ("2026-11-26", "2026-11-27")
    do(ana, Redate(activity=hers, when=late + timedelta(days=1)))
    do(ana, EditStep(activity=mine, assignee=house.user("bia")))
    assert (due(mine), due(hers)) == ("2026-11-27", "2026-11-28")
    card = _card(house, "tarde", late)
    do(ana, HandOver(card=card, to=house.user("bia")))
    assert house.one("SELECT next_due_on FROM card WHERE id = ?", card) == "2026-11-27"


# --- which contact is next


def _next(crm: Crm, skip: frozenset[int] = frozenset()) -> NextCard | None:
    found: NextCard | None = crm.read(views.next_card, skip)
    return found


def _card(house: House, subject: str, when: date | datetime | None = None, owner: str = "ana") -> int:
    found = do(house.open(), NewCard(subject=subject, when=when, owner=house.user(owner))).entity_id
    assert found is not None
    return found


def test_the_next_contact_in_order_with_its_reason(house: House) -> None:
    now, today = house.clock(), date(2026, 11, 19)
    in_a_while = _card(house, "às 11h", now + timedelta(minutes=78))
    in_ten = _card(house, "em dez minutos", now + timedelta(minutes=10))
    past_hour = _card(house, "às 9h", now - timedelta(minutes=102))
    yesterday = _card(house, "ontem", today - timedelta(days=1))
    last_week = _card(house, "semana passada", today - timedelta(days=7))
    plain = _card(house, "hoje", today)
    without = _card(house, "sem passo")
    newer = _card(house, "lead sem dono, novo")
    older = _card(house, "lead sem dono, velho", today + timedelta(days=1))
    stale = house.card()
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        rows.update(Card, newer, owner_id=None)
        rows.update(Card, older, owner_id=None, opened_at=now - timedelta(days=9))
        rows.update(Card, house.card(NOBODY), owner_id=house.user("edu"))
        rows.update(Card, stale, last_touch_at=now - timedelta(days=400))
        connection.execute("UPDATE stage SET stale_days = 5")
    crm, skip, found = house.open(), set(), []
    while (step := _next(crm, frozenset(skip))) is not None:
        found.append((step.key, step.why))
        skip.add(step.key)
    assert found == [
        (past_hour, WhyNext.TIME_NOW_DUE),
        (in_ten, WhyNext.TIME_NOW_DUE),
        (last_week, WhyNext.OVERDUE),
        (yesterday, WhyNext.OVERDUE),
        (in_a_while, WhyNext.TODAY),
        (plain, WhyNext.TODAY),
        (older, WhyNext.UNTAKEN_LEAD),
        (newer, WhyNext.UNTAKEN_LEAD),
        (without, WhyNext.NO_NEXT_STEP),
        (stale, WhyNext.STALE),
    ]


def test_snoozed_paused_and_other_peoples_cards_are_left_out(house: House) -> None:
    late = date(2026, 11, 1)
    snoozed, paused, awake = (_card(house, s, late) for s in ("adiado", "pausado", "acordado"))
    _card(house, "da bia", late, owner="bia")
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        rows.update(Card, snoozed, snoozed_until=house.clock() + timedelta(hours=1))
        rows.update(Card, paused, status="paused")
        rows.update(Card, awake, snoozed_until=house.clock() - timedelta(hours=1))
    assert _next(house.open()) == NextCard(awake, WhyNext.OVERDUE)


def test_an_unowned_lead_is_offered_only_to_who_may_attend_it(house: House) -> None:
    nina, bia = house.open("nina"), house.open("bia")
    with house.open().store.writing() as connection:
        connection.execute("UPDATE card SET owner_id = NULL WHERE id = ?", (house.card("edu"),))
    assert _next(nina) is None
    assert _next(house.open()) == NextCard(house.card("edu"), WhyNext.UNTAKEN_LEAD)
    assert _next(bia) is None, "she sees it, and may do nothing with it"


def test_a_step_of_mine_alone_is_offered_by_its_own_key(house: House) -> None:
    step = do(
        house.open(), PlanStep(party=house.party(), when=date(2026, 11, 18), assignee=house.user("nina"))
    ).entity_id
    assert step is not None
    assert _next(house.open("nina")) == NextCard(-step, WhyNext.OVERDUE)
    note = FileNote(party=house.party(), activity=step, body="fui", result=house.any_id("result"))
    do(house.open("nina"), note)
    assert _next(house.open("nina"), frozenset({house.card("nina")})) is None


# --- as many questions for a thousand rows as for ten


@pytest.mark.parametrize("closed", [False, True])
def test_the_number_of_queries_does_not_grow(house: House, closed: bool) -> None:

    def questions(crm: Crm) -> dict[str, int]:
        asked: list[str] = []
        connection = crm.store.reader()
        connection.set_trace_callback(asked.append)
        counted = {}
        queue = _queue(crm, owner_id=0, closed=closed)
        for name, view, args in (
            ("queue", views.queue, ()),
            ("page", views.page, (queue.keys[:100],)),
            ("counters", views.counters, ()),
            ("next", views.next_card, ()),
            ("column", boards.column, (house.any_id("stage"),)),
            ("heads", boards.heads, (1,)),
            ("cards", boards.cards, (list(queue.keys[:100]),)),
            ("detail", boards.detail, (house.card("bia"),)),
            ("find", boards.find, ("assunto",)),
            ("search", parties.search, ("pessoa",)),
            ("timeline", trails.everything, ()),
            ("card", trails.of_card, (house.card("bia"),)),
        ):
            asked.clear()
            crm.read(view, *args)
            counted[name] = sum(not text.startswith("--") for text in asked)  # those are the index's own
        connection.set_trace_callback(None)
        return counted

    crm = house.open("bia")
    _fill(house, ["bia", "beto"], 10)
    questions(crm)  # the search index reads its own settings at its first use
    few = questions(crm)
    _fill(house, ["bia", "beto"], 1_000, seed=4)
    assert questions(crm) == few
    assert max(few.values()) <= 14
    assert few["page"] == few["column"] == few["cards"] == 1


def test_what_is_bound_is_fixed_length_text(house: House) -> None:
    """Text order is time order only if every instant is as long as every other."""
    crm = house.open()
    params = views.moment(crm.reading())
    assert {len(params[k]) for k in ("now", "day_start", "day_end")} == {len(instant(house.clock()))}


@pytest.mark.parametrize("order", [Order.OWNER, Order.BOARD, Order.NUMBER])
def test_sorted_by_what_a_step_lacks_it_stands_last_either_way(house: House, order: Order) -> None:
    _fill(house, ["ana", "beto"], 60)
    crm = house.open()
    step = {"action_type_id": 1, "subject": "só", "assignee_id": 1, "due_on": date(2026, 11, 20)}
    with crm.store.writing() as connection:
        Rows(connection).insert_many(Activity, [step | {"stands_alone": True}])
    places = {"": "", **dict(crm.store.reader().execute("SELECT name, position FROM board"))}
    for reverse in (False, True):
        queue = crm.read(views.queue, owner_id=0, closed=True, sorting=Sorting(order, reverse))
        rows = list(crm.read(views.page, queue.keys))
        values = {
            Order.OWNER: [row.owner for row in rows],
            Order.BOARD: [None if row.board is None else places[row.board] for row in rows],
            Order.NUMBER: [row.number for row in rows],
        }[order]
        there = [value for value in values if value is not None]
        assert there == sorted(there, reverse=reverse)
        assert values == there + [None] * (len(values) - len(there))
        assert len(values) > len(there) or order is Order.OWNER
        assert len(set(there)) > 1 or order is Order.BOARD


@pytest.mark.parametrize("order", [o for o in Order if o not in (Order.OWNER, Order.BOARD, Order.NUMBER)])
def test_sorted_by_a_column_and_the_other_way_round(house: House, order: Order) -> None:
    _fill(house, ["ana", "beto"], 60)
    crm = house.open()
    plain = crm.read(views.queue, owner_id=0, closed=True)
    usual = crm.read(views.queue, owner_id=0, closed=True, sorting=Sorting(order))
    turned = crm.read(views.queue, owner_id=0, closed=True, sorting=Sorting(order, reverse=True))
    assert sorted(usual.keys) == sorted(turned.keys) == sorted(plain.keys)
    assert usual.groups == turned.groups == plain.groups
    rows = list(crm.read(views.page, usual.keys))
    values = {
        Order.WHEN: [plain.keys.index(row.key) for row in rows],
        Order.WHO: [fold(row.party or row.title) for row in rows],
        Order.WHAT: [fold(row.subject or row.title) for row in rows],
        Order.STAGE: [house.one("SELECT position FROM stage WHERE name = ?", row.stage) for row in rows],
        Order.VALUE: [-row.value_cents for row in rows],
    }[order]
    assert values == sorted(values)
    assert len(set(values)) > 1 or order is Order.STAGE
    same = {row.key: value for row, value in zip(rows, values, strict=True)}
    assert [same[key] for key in turned.keys] == values[::-1]


def test_a_card_that_is_undone_while_the_list_is_sorted_does_not_hinder_it(house: House) -> None:
    crm, elsewhere = house.open(), house.open()
    kept, gone = (do(crm, NewCard(subject=subject)).entity_id for subject in ("fica", "vai"))
    reader = crm.store.reader()

    def meanwhile(sql: str) -> None:
        if "ORDER BY" not in sql and "coalesce(a.subject, c.title)" in sql and "c.id, coalesce(p.name" in sql:
            reader.set_trace_callback(None)
            do(elsewhere, UndoBatch())

    reader.set_trace_callback(meanwhile)
    keys = crm.read(views.queue, sorting=Sorting(Order.WHO)).keys
    assert elsewhere.read(boards.detail, gone) is None, "it was not undone meanwhile"
    assert kept in keys
    assert gone not in keys


def test_the_same_column_again_turns_the_order_round() -> None:
    once = Sorting().by(Order.VALUE)
    assert (once, once.by(Order.VALUE)) == (Sorting(Order.VALUE), Sorting(Order.VALUE, reverse=True))
    assert once.by(Order.VALUE).by(Order.VALUE) == once
    assert once.by(Order.WHO) == Sorting(Order.WHO)
