"""What settings list by which an action is told: kinds of action, results with their details, mediums. (B4)"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_tui.domain.activity import ACTION_KIND_NAMES, TONE_NAMES, ActionKind, Tone
from crm_tui.domain.campaign import next_told
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, sight
from crm_tui.store.queries import followup as queries
from crm_tui.store.queries import party as people


def _rows(reading: Reading, sql: str) -> list[tuple[Any, ...]]:
    return reading.connection.execute(sql).fetchall()


def _use(active: Any) -> Cell:
    return "" if active else Text(N_("out of use"))


def _picked(row_id: int | None) -> str:
    return "" if row_id is None else f"#{row_id}"


@view("card.read")
def action_register(reading: Reading) -> list[RegisterRow]:
    """The kinds of action as settings list them, those out of use in their places."""
    return [
        RegisterRow(
            i,
            version,
            name,
            (
                name,
                Text(ACTION_KIND_NAMES[ActionKind(kind)]),
                Text(N_("{n} min"), {"n": minutes}) if minutes else "",
                _use(active),
            ),
            {"name": name, "kind": kind, "minutes": str(minutes or "")},
            beside={"kind": kind},
            active=bool(active),
        )
        for i, name, kind, minutes, active, version in _rows(reading, queries.EVERY_ACTION)
    ]


@view("card.read")
def result_register(reading: Reading) -> list[RegisterRow]:
    """The results as settings list them, with what follows from each."""
    return [_result(row) for row in _rows(reading, queries.EVERY_RESULT)]


def _result(row: Sequence[Any]) -> RegisterRow:
    i, name, tone, next_id, next_name, mode, days, asks, active, version, details = row
    return RegisterRow(
        i,
        version,
        name,
        (
            name,
            Text(TONE_NAMES[Tone(tone)]),
            next_name or "",
            next_told(mode, days) or "",
            text_n("{n} detail", "{n} details", details) if details else "",
            _use(active),
        ),
        {
            "name": name,
            "tone": tone,
            "next_action": _picked(next_id),
            "next_mode": mode,
            "delay_days": str(days),
            "requires_detail": "1" if asks else "0",
        },
        {"next_action": next_name or ""},
        {"tone": tone},
        bool(active),
        belongs={"result": i},
    )


@view("card.read")
def detail_register(reading: Reading) -> list[RegisterRow]:
    """The details of all results as settings list them."""
    return [
        RegisterRow(
            i,
            version,
            name,
            (name, result, _use(active)),
            {"name": name},
            beside={"result": f"#{result_id}"},
            labels={"result": result},
            active=bool(active),
            belongs={"result": result_id},
        )
        for i, result_id, result, name, active, _, version in _rows(reading, queries.EVERY_DETAIL)
    ]


@view("card.read")
def medium_register(reading: Reading) -> list[RegisterRow]:
    """The mediums as settings list them."""
    return [
        RegisterRow(i, version, name, (name, _use(active)), {"name": name}, active=bool(active))
        for i, name, active, version in _rows(reading, queries.EVERY_MEDIUM)
    ]


# --- pickers


@view("card.read")
def pick_every_action(reading: Reading, text: str) -> list[Option]:
    """The picker of all kinds of action, those out of use among them."""
    rows = _rows(reading, queries.EVERY_ACTION)
    return matching([Option(row[0], row[1], "", f"action:{row[0]}") for row in rows], text)


@view("card.read")
def pick_every_result(reading: Reading, text: str) -> list[Option]:
    """The picker of all results."""
    rows = _rows(reading, queries.EVERY_RESULT)
    return matching([Option(row[0], row[1], "", f"result:{row[0]}") for row in rows], text)


@view("card.read")
def pick_every_medium(reading: Reading, text: str) -> list[Option]:
    """The picker of all mediums."""
    rows = _rows(reading, queries.EVERY_MEDIUM)
    return matching([Option(row[0], row[1], "", f"medium:{row[0]}") for row in rows], text)


def _details(reading: Reading, text: str, result_id: int | None, *, all_of_them: bool) -> list[Option]:
    rows = _rows(reading, queries.EVERY_DETAIL)
    found = [
        Option(i, name, "" if result_id else result, f"result_detail:{i}")
        for i, of, result, name, active, used, _ in rows
        if (all_of_them or (active and used)) and result_id in (None, of)
    ]
    return matching(found, text)


@view("card.read")
def pick_detail(reading: Reading, text: str, result_id: int | None = None) -> list[Option]:
    """The picker of details in use; with `result_id` those of that result alone."""
    return _details(reading, text, result_id, all_of_them=False)


@view("card.read")
def pick_every_detail(reading: Reading, text: str) -> list[Option]:
    """The picker of all details."""
    return _details(reading, text, None, all_of_them=True)


@view("party.read")
def pick_phone(reading: Reading, text: str, parties: Sequence[int] = ()) -> list[Option]:
    """The picker of phones: of these people, or those that are this number. (T57)"""
    params = {"parties": json.dumps([*parties]), **sight(reading.viewer)}
    run = reading.connection.execute
    if parties:
        return matching([_phone(*row) for row in run(people.PHONES, params).fetchall()], text)
    digits = "".join(filter(str.isdigit, text))
    if not digits:
        return []
    rows = run(people.PHONES_LIKE, {"digits": digits, **sight(reading.viewer)}).fetchall()
    return [_phone(*row) for row in rows]


def _phone(point: int, value: str, who: str, barred: int) -> Option:
    """One phone; of one that is not to be used that is said beside it. (M1, M102)"""
    return Option(point, value, Text("do not use · {name}", {"name": who}) if barred else who, value)


REGISTERS = (
    Register(
        "actions",
        "action",
        N_("Actions"),
        N_(
            "What is done with customers, and how long it usually takes; J and K order them, x takes one out of use."
        ),
        (N_("Action"), N_("Kind"), N_("Takes"), N_("Use")),
        action_register,
        create="add_action",
        edit="edit_action",
        off="deactivate_action",
        on="reactivate_action",
        move="move_action",
        section=Section.FOLLOW_UP,
        place=3,
    ),
    Register(
        "results",
        "result",
        N_("Results"),
        N_(
            "How actions end, and what follows: the next step is asked for, or planned by itself so many days later. "
            "o leads to the details of a result; a campaign may say otherwise for its actions."
        ),
        (N_("Result"), N_("Tone"), N_("Next step"), N_("What follows"), N_("Details"), N_("Use")),
        result_register,
        create="add_result",
        edit="edit_result",
        off="deactivate_result",
        on="reactivate_result",
        move="move_result",
        related=((N_("_Details"), "result_details", "result"),),
        section=Section.FOLLOW_UP,
        place=4,
    ),
    Register(
        "result_details",
        "result_detail",
        N_("Details"),
        N_("What justifies a result; one that asks for its detail is filed with one of these."),
        (N_("Detail"), N_("Result"), N_("Use")),
        detail_register,
        create="add_result_detail",
        edit="edit_result_detail",
        off="deactivate_result_detail",
        on="reactivate_result_detail",
        move="move_result_detail",
        section=Section.FOLLOW_UP,
        place=5,
    ),
    Register(
        "mediums",
        "medium",
        N_("Mediums"),
        N_("By what means contacts are made; J and K order them, x takes one out of use."),
        (N_("Medium"), N_("Use")),
        medium_register,
        create="add_medium",
        edit="edit_medium",
        off="deactivate_medium",
        on="reactivate_medium",
        move="move_medium",
        section=Section.FOLLOW_UP,
        place=6,
    ),
)
PICKERS = {
    "every_action": pick_every_action,
    "every_result": pick_every_result,
    "every_medium": pick_every_medium,
    "details": pick_detail,
    "every_detail": pick_every_detail,
    "phones": pick_phone,
}
