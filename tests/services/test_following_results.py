"""What follows from how an action ended: asked, planned by itself, a stage, a loss; one place says so. (T7-T60)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from house import House, do
from house import in_days as days_on

from crm_tui.bootstrap import commands
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail.commands import UndoBatch

TEXT = "visitei e ouvi"


@pytest.fixture
def in_days(house: House) -> Callable[[int], date]:
    """A civil date so many days on."""
    return partial(days_on, house.clock)


def _cmd(command: str, /, **values: Any) -> Any:
    return commands()[command](**values)


def result(house: House, name: str) -> int:
    return int(house.one("SELECT id FROM result WHERE name = ?", name))


def action(house: House, name: str) -> int:
    return int(house.one("SELECT id FROM action_type WHERE name = ?", name))


def set_result(house: House, name: str, **values: Any) -> None:
    do(house.open(), _cmd("edit_result", result=result(house, name), **values))


def last(house: House, columns: str) -> Any:
    """The step that was planned last."""
    return house.rows(f"SELECT {columns} FROM activity WHERE state = 'planned' ORDER BY id DESC LIMIT 1")[0]


def point(house: House, party: int, number: str) -> int:
    """A phone of this person."""
    do(house.open(), _cmd("edit_party", party=party, phone=number))
    return int(house.one("SELECT id FROM contact_point WHERE party_id = ? AND kind <> 'email'", party))


@pytest.fixture
def chain(house: House) -> dict[str, int]:
    """The example of the source: a visit, and what comes of it."""
    crm = house.open()
    card = house.card("bia")
    made = {"card": card, "proposal": house.stage(card, 2)}
    made["campaign"] = do(crm, _cmd("add_campaign", name="Prospecção")).entity_id or 0
    visit, call = action(house, "Visita"), action(house, "Ligação")
    made["visit"] = (
        do(
            crm,
            _cmd(
                "add_campaign_action",
                campaign=made["campaign"],
                action=visit,
                is_default=True,
                medium=house.one("SELECT id FROM contact_medium WHERE name = 'Presencial'"),
            ),
        ).entity_id
        or 0
    )
    made["call"] = (
        do(
            crm,
            _cmd(
                "add_campaign_action", campaign=made["campaign"], action=call, objective="cobrar a proposta"
            ),
        ).entity_id
        or 0
    )
    do(
        crm,
        _cmd(
            "add_campaign_result",
            campaign_action=made["visit"],
            result=result(house, "Positivo"),
            is_default=True,
            next_mode="ask",
            next_action=made["call"],
            leads="stage",
            to_stage=made["proposal"],
        ),
    )
    do(
        crm,
        _cmd(
            "add_campaign_result",
            campaign_action=made["visit"],
            result=result(house, "Negativo"),
            leads="loss",
        ),
    )
    return made


def visited(house: House, chain: dict[str, int], ending: str, **more: Any) -> FileNote:
    return FileNote(
        card=chain["card"],
        body=TEXT,
        campaign=chain["campaign"],
        action=action(house, "Visita"),
        result=result(house, ending),
        **more,
    )


def test_a_positive_visit_asks_for_the_next_step_and_leads_to_the_stage_of_the_proposal(
    house: House, chain: dict[str, int], in_days: Any
) -> None:
    crm = house.open()
    refusal = crm.run(visited(house, chain, "Positivo"))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("next_when",)
    assert "Positivo" in str(refusal.reason.params)
    assert house.one("SELECT count(*) FROM note WHERE body = ?", TEXT) == 0
    done = do(crm, visited(house, chain, "Positivo", next_when=in_days(4)))
    assert house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"]) == chain["proposal"]
    assert last(house, "subject, objective, campaign_id, action_type_id") == (
        "cobrar a proposta",
        "cobrar a proposta",
        chain["campaign"],
        action(house, "Ligação"),
    )
    do(crm, UndoBatch(batch=done.batch))
    assert house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"]) != chain["proposal"]


def test_a_negative_visit_closes_task_and_card_and_wants_the_reason_of_the_loss(
    house: House, chain: dict[str, int], in_days: Any
) -> None:
    crm, before = house.open(), house.dump()
    refusal = crm.run(visited(house, chain, "Negativo"))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("loss_reason",)
    assert crm.why_not(visited(house, chain, "Negativo")).fields == ("loss_reason",)  # type: ignore[union-attr]
    reason = house.any_id("loss_reason")
    later = crm.run(visited(house, chain, "Negativo", loss_reason=reason, next_when=in_days(2)))
    assert isinstance(later, Refusal)
    assert later.fields == ("next_when",)
    done = do(crm, visited(house, chain, "Negativo", loss_reason=reason))
    status = house.rows(
        "SELECT status, loss_reason_id, next_activity_id FROM card WHERE id = ?", chain["card"]
    )
    assert status == [("lost", reason, None)]
    open_steps = "SELECT count(*) FROM activity WHERE card_id = ? AND state = 'planned'"
    assert house.one(open_steps, chain["card"]) == 0
    do(crm, UndoBatch(batch=done.batch))
    assert house.dump() == before


def test_a_reason_that_asks_for_a_note_opens_that_field(house: House, chain: dict[str, int]) -> None:
    crm, reason = house.open(), house.any_id("loss_reason")
    do(crm, _cmd("edit_loss_reason", loss_reason=reason, requires_note=True))
    refusal = crm.run(visited(house, chain, "Negativo", loss_reason=reason))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("loss_note",)
    do(crm, visited(house, chain, "Negativo", loss_reason=reason, loss_note="o sócio não quis"))


def test_a_stage_that_was_chosen_goes_before_the_one_that_the_result_leads_to(
    house: House, chain: dict[str, int], in_days: Any
) -> None:
    here = house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"])
    do(house.open(), visited(house, chain, "Positivo", next_when=in_days(4), stage=here))
    assert house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"]) == here


def test_a_stage_of_another_board_moves_no_card(house: House, chain: dict[str, int], in_days: Any) -> None:
    elsewhere = """
    SELECT s.id FROM stage s JOIN card c ON c.id = ? WHERE s.board_id <> c.board_id AND s.category = 'open'
    """
    rule = house.one("SELECT id FROM campaign_result WHERE leads = 'stage'")
    do(
        house.open(),
        _cmd("edit_campaign_result", campaign_result=rule, to_stage=house.one(elsewhere, chain["card"])),
    )
    before = house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"])
    do(house.open(), visited(house, chain, "Positivo", next_when=in_days(4)))
    assert house.one("SELECT stage_id FROM card WHERE id = ?", chain["card"]) == before


def test_an_automatic_next_step_lands_on_a_working_day_at_the_same_hour(house: House) -> None:
    """The house stands on Wednesday 2026-11-18: ten days on is a Saturday, so it is the Monday after."""
    set_result(house, "Neutro", next_mode="auto", delay_days=10)
    crm, card = house.open("bia"), house.card("bia")
    at = crm.clock().astimezone(crm.viewer.zone)
    do(crm, _cmd("redate", activity=house.step("bia"), when=at + timedelta(hours=5)))
    do(crm, FileNote(card=card, body=TEXT, result=result(house, "Neutro")))
    day = at.date() + timedelta(days=10)
    while day.weekday() > 4:
        day += timedelta(days=1)
    due_on, start_at = last(house, "due_on, start_at")
    assert due_on == day.isoformat()
    start = datetime.fromisoformat(start_at).astimezone(crm.viewer.zone)
    assert (start.hour, start.minute) == ((at + timedelta(hours=5)).hour, at.minute)


def test_what_was_said_goes_before_what_is_automatic(house: House, in_days: Any) -> None:
    set_result(house, "Neutro", next_mode="auto", delay_days=10)
    do(
        house.open("bia"),
        FileNote(card=house.card("bia"), body=TEXT, result=result(house, "Neutro"), next_when=in_days(1)),
    )
    assert last(house, "due_on")[0] == in_days(1).isoformat()


def test_a_detail_is_asked_for_only_where_there_is_one_and_must_be_the_results_own(house: House) -> None:
    crm, card = house.open(), house.card("bia")
    set_result(house, "Positivo", requires_detail=True)
    neutral = do(crm, _cmd("add_result_detail", result=result(house, "Neutro"), name="Sem tempo")).entity_id
    file = FileNote(card=card, body=TEXT, result=result(house, "Positivo"))
    assert crm.why_not(file) is None  # none of its own yet: nothing to ask for
    own = do(crm, _cmd("add_result_detail", result=result(house, "Positivo"), name="Pediu prazo")).entity_id
    for given in (None, neutral):
        refusal = crm.run(file.model_copy(update={"detail": given}))
        assert isinstance(refusal, Refusal)
        assert refusal.fields == ("detail",)
    do(crm, file.model_copy(update={"detail": own}))
    assert house.one("SELECT count(*) FROM activity WHERE result_detail_id = ?", own) == 1


@pytest.mark.parametrize(
    ("field", "table", "command"),
    [
        ("result", "result", "deactivate_result"),
        ("medium", "contact_medium", "deactivate_medium"),
        ("action", "action_type", "deactivate_action"),
        ("campaign", "campaign", "deactivate_campaign"),
        ("detail", "result_detail", "deactivate_result_detail"),
    ],
)
def test_what_went_out_of_use_while_the_parecer_was_open_is_said_in_one_sentence(
    house: House, chain: dict[str, int], in_days: Any, field: str, table: str, command: str
) -> None:
    crm, positive = house.open(), result(house, "Positivo")
    detail = do(crm, _cmd("add_result_detail", result=positive, name="Pediu prazo")).entity_id
    chosen = {
        "result": positive,
        "medium": house.any_id("contact_medium"),
        "action": action(house, "Visita"),
        "campaign": chain["campaign"],
        "detail": detail,
    }
    named = {"medium": "medium", "detail": "result_detail"}.get(field, field)
    do(crm, _cmd(command, **{named: chosen[field]}))
    outcome = crm.run(FileNote(card=chain["card"], body=TEXT, next_when=in_days(3), **chosen))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == (field,)
    assert outcome.reason.params["name"] == house.one(f"SELECT name FROM {table} WHERE id = ?", chosen[field])


def test_an_attendance_of_yesterday_is_registered_from_hour_to_hour(house: House) -> None:
    crm, card = house.open("bia"), house.card("bia")
    now = crm.clock().astimezone(crm.viewer.zone)
    began = (now - timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    file = FileNote(card=card, body=TEXT, result=result(house, "Neutro"), began=began, ended=time(15, 30))
    do(crm, file)
    kept = house.rows(
        """SELECT due_on, start_at, end_at, done_at FROM activity a
        JOIN note n ON n.activity_id = a.id WHERE n.body = ?""",
        TEXT,
    )
    due_on, start, end, done = kept[0]
    assert due_on == began.date().isoformat()
    assert datetime.fromisoformat(start) == began
    assert datetime.fromisoformat(end) == datetime.fromisoformat(done) == began.replace(hour=15, minute=30)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ended": time(15)}, "began"),
        ({"began": date(2199, 1, 1)}, "began"),
        ({"began": datetime(2026, 1, 5, 14).astimezone(), "ended": time(0, 1)}, "ended"),
    ],
)
def test_hours_that_cannot_be_are_refused_by_their_field(
    house: House, said: dict[str, Any], field: str
) -> None:
    refusal = house.open().run(
        FileNote(card=house.card("bia"), body=TEXT, result=result(house, "Neutro"), **said)
    )
    assert isinstance(refusal, Refusal)
    assert refusal.fields == (field,)


@pytest.mark.parametrize(
    "said",
    [
        {"next_until": time(16)},
        {"next_subject": "mostrar a balança"},
        {"next_description": "levar o catálogo"},
        {"next_assignee": 1},
    ],
)
def test_what_is_said_of_a_step_without_a_date_is_not_lost_unseen(house: House, said: dict[str, Any]) -> None:
    note = FileNote(card=house.card("bia"), body=TEXT, result=result(house, "Neutro"), **said)
    refusal = house.open().run(note)
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("next_when",)


def test_a_result_that_plans_gives_what_is_said_of_the_step_its_date(house: House) -> None:
    set_result(house, "Neutro", next_mode="auto", delay_days=2)
    said = {"next_subject": "mostrar a balança", "next_description": "levar o catálogo"}
    do(
        house.open(),
        FileNote(card=house.card("bia"), body=TEXT, result=result(house, "Neutro"), **said),
    )
    assert tuple(last(house, "objective, description")) == tuple(said.values())


def test_the_next_action_alone_asks_for_no_date(house: House) -> None:
    do(
        house.open(),
        FileNote(
            card=house.card("bia"),
            body=TEXT,
            result=result(house, "Neutro"),
            next_action=action(house, "Ligação"),
        ),
    )


def test_the_next_step_takes_what_was_said_of_it(house: House, in_days: Any) -> None:
    crm, card = house.open(), house.card("bia")
    contact = house.party("beto")
    phone = point(house, contact, "11 98888-7777")
    at = datetime.combine(in_days(2), time(14), crm.viewer.zone)
    said = {
        "next_when": at,
        "next_until": time(16),
        "next_contact": contact,
        "next_assignee": house.user("beto"),
        "next_phone": phone,
        "next_subject": "mostrar a balança",
        "next_description": "levar o catálogo",
    }
    do(crm, FileNote(card=card, body=TEXT, result=result(house, "Neutro"), **said))
    kept = last(house, "contact_id, assignee_id, phone_id, objective, subject, description, end_at")
    assert kept[:6] == (
        contact,
        house.user("beto"),
        phone,
        "mostrar a balança",
        "mostrar a balança",
        "levar o catálogo",
    )
    assert datetime.fromisoformat(kept[6]) == at.replace(hour=16)
    other = point(house, house.party("edu"), "11 97777-6666")
    refusal = crm.run(
        FileNote(card=card, body=TEXT, result=result(house, "Neutro"), next_when=at, next_phone=other)
    )
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("next_phone",)


def test_who_may_close_no_card_loses_none_by_a_result(house: House, chain: dict[str, int]) -> None:
    crm, card = house.open("nina"), house.card("nina")
    lost = visited(house, chain, "Negativo", loss_reason=house.any_id("loss_reason"))
    outcome = crm.run(lost.model_copy(update={"card": card}))
    assert isinstance(outcome, Refusal)
    assert (outcome.by, outcome.fields) == (RefusedBy.PERMISSION, ("result",))
    assert house.one("SELECT status FROM card WHERE id = ?", card) == "open"


def test_days_are_counted_from_the_operators_day_not_from_the_worlds(house: House) -> None:
    """At half past eleven at night in São Paulo it is tomorrow already in UTC."""
    set_result(house, "Neutro", next_mode="auto", delay_days=4)
    house.clock.advance(hours=13)
    crm = house.open("bia")
    local = crm.clock().astimezone(crm.viewer.zone)
    assert local.date() < crm.clock().date()
    do(crm, FileNote(card=house.card("bia"), body=TEXT, result=result(house, "Neutro")))
    due_on = date.fromisoformat(last(house, "due_on")[0])
    assert due_on == local.date() + timedelta(days=4)


def test_no_step_is_given_to_who_works_here_no_longer(house: House, in_days: Callable[[int], date]) -> None:
    crm, gone = house.open(), house.user("edu")
    do(crm, _cmd("deactivate_user", user=gone))
    said = {"body": TEXT, "result": result(house, "Neutro"), "next_when": in_days(3), "next_assignee": gone}
    for refusal in (
        crm.run(_cmd("file_note", card=house.card(), **said)),
        crm.run(_cmd("file_note", party=house.party(), **said)),
        crm.run(_cmd("plan_step", party=house.party(), when=in_days(3), assignee=gone)),
    ):
        assert isinstance(refusal, Refusal)
        assert (refusal.fields[-1][-8:], refusal.reason.params) == ("assignee", {"login": "edu"})


def test_the_next_step_on_the_card_of_who_has_left_is_that_of_who_attended(
    house: House, in_days: Callable[[int], date]
) -> None:
    crm = house.open()
    do(crm, _cmd("deactivate_user", user=house.user("edu")))
    said = {"body": TEXT, "result": result(house, "Neutro"), "next_when": in_days(3)}
    do(crm, _cmd("file_note", card=house.card("edu"), **said))
    assert last(house, "assignee_id") == (house.user("ana"),)
