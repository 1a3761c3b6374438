"""The first rows of a new database: profiles, the first administrator, calendar, boards, registers.

Its own small door, without event or undo: nothing was there before. Names come from `data/starter.*.toml`.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_tui.domain.profiles import PROFILES
from crm_tui.domain.worktime import DayOrigin
from crm_tui.store.backup import stamp_generation
from crm_tui.store.data import data_path
from crm_tui.store.rows import Rows
from crm_tui.store.tables import (
    ActionType,
    Board,
    CalendarException,
    CaseType,
    Channel,
    ContactMedium,
    DuplicateRule,
    Label,
    LossReason,
    MediaSource,
    Meta,
    PartyClass,
    Profile,
    ProfilePermission,
    Result,
    Setting,
    Stage,
    Team,
    Template,
    User,
    WorkCalendar,
    WorkHours,
)

HOLIDAY_YEARS = 3
_CONVERTS = "UPDATE board SET conversion_board_id = ? WHERE id = ?"
"""Boards name each other, so this comes once all are there; a new row's version stays its first."""


@dataclass(frozen=True, slots=True)
class Founder:
    """Who makes the database: the OS login becomes the first administrator."""

    login: str
    name: str
    locale: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Started:
    """Ids of what was made, by name, for whoever goes on (the demonstration)."""

    profiles: dict[str, int]
    team_id: int
    calendar_id: int
    user_id: int


def ingredients(locale: str) -> dict[str, Any]:
    """The starter's names in the founder's language."""
    with data_path(f"starter.{locale}.toml").open("rb") as file:
        return tomllib.load(file)


def national_holidays(years: Iterable[int]) -> list[tuple[date, str]]:
    """Brazil's national holidays, named in Portuguese (the library is loaded only here, and where a command writes
    holidays)."""
    import holidays

    found = holidays.country_holidays("BR", years=list(years), language="pt_BR")
    return sorted((day, str(name)) for day, name in found.items())


def begin(connection: sqlite3.Connection, founder: Founder, now: datetime) -> Started:
    """Write the first rows inside the caller's transaction."""
    rows = Rows(connection)
    told = ingredients(founder.locale)
    stamp_generation(connection)
    rows_of_meta = [("founded_at", now.isoformat()), ("locale", founder.locale)]
    connection.executemany(f"INSERT INTO {Meta} (key, value) VALUES (?, ?)", rows_of_meta)
    rows.insert(Setting, key="timezone", value=json.dumps(founder.timezone))
    calendar_id = _calendar(rows, told["calendar"], founder.timezone, now.year)
    profiles = {"admin": rows.insert(Profile, name=told["profiles"]["admin"], is_admin=True)}
    for key, grants in PROFILES.items():
        profiles[key] = rows.insert(Profile, name=told["profiles"][key])
        rows.insert_many(
            ProfilePermission,
            [{"profile_id": profiles[key], "key": k, "scope": v} for k, v in grants.items()],
        )
    team_id = rows.insert(Team, name=told["profiles"]["sales"], kind="sales")
    user_id = rows.insert(
        User,
        login=founder.login,
        name=founder.name,
        profile_id=profiles["admin"],
        team_id=team_id,
        locale=founder.locale,
        timezone=founder.timezone,
    )
    _boards(rows, told["boards"])
    _registers(rows, told)
    return Started(profiles, team_id, calendar_id, user_id)


def _calendar(rows: Rows, told: dict[str, Any], timezone: str, year: int) -> int:
    calendar_id = rows.insert(
        WorkCalendar,
        name=told["name"],
        timezone=timezone,
        is_default=True,
        holidays_until=year + HOLIDAY_YEARS - 1,
    )
    rows.insert_many(
        WorkHours,
        [
            {"calendar_id": calendar_id, "weekday": day, "start_time": start, "end_time": end}
            for day in told["weekdays"]
            for start, end in told["hours"]
        ],
    )
    rows.insert_many(
        CalendarException,
        [
            {
                "calendar_id": calendar_id,
                "start_on": day,
                "end_on": day,
                "working": False,
                "title": title,
                "origin": DayOrigin.HOLIDAY,
            }
            for day, title in national_holidays(range(year, year + HOLIDAY_YEARS))
        ],
    )
    return calendar_id


def _boards(rows: Rows, boards: list[dict[str, Any]]) -> None:
    ids: dict[str, int] = {}
    for position, told in enumerate(boards, start=1):
        board_id = ids[told["name"]] = rows.insert(
            Board,
            name=told["name"],
            kind=told["kind"],
            number_prefix=told["prefix"],
            position=position,
            one_open_card_per_party=told.get("one_open_card_per_party", False),
        )
        for place, stage in enumerate(told["stages"], start=1):
            rows.insert(Stage, board_id=board_id, position=place, **stage)
    for told in boards:
        if "converts_to" in told:
            rows.connection.execute(_CONVERTS, (ids[told["converts_to"]], ids[told["name"]]))


def _registers(rows: Rows, told: dict[str, Any]) -> None:
    actions: dict[str, int] = {}
    for position, action in enumerate(told["actions"], start=1):
        actions[action["name"]] = rows.insert(
            ActionType,
            name=action["name"],
            kind=action["kind"],
            default_minutes=action.get("minutes"),
            position=position,
        )
    for position, result in enumerate(told["results"], start=1):
        rows.insert(
            Result,
            name=result["name"],
            tone=result["tone"],
            next_action_id=actions.get(result.get("next", "")),
            position=position,
        )
    for position, label in enumerate(told["labels"], start=1):
        rows.insert(Label, name=label["name"], color=label["color"], position=position)
    for position, name in enumerate(told["lists"]["mediums"], start=1):
        rows.insert(ContactMedium, name=name, position=position)
    for position, name in enumerate(told["lists"]["channels"], start=1):
        rows.insert(Channel, name=name, position=position)
    for position, name in enumerate(told["lists"]["party_classes"], start=1):
        rows.insert(PartyClass, name=name, position=position)
    for position, name in enumerate(told["lists"]["media_sources"], start=1):
        rows.insert(MediaSource, name=name, position=position)
    types: dict[str, int] = {}
    boards = dict(rows.connection.execute("SELECT name, id FROM board").fetchall())
    for position, each in enumerate(told["case_types"], start=1):
        board_id = boards[each["board"]] if "board" in each else None
        types[each["name"]] = rows.insert(CaseType, name=each["name"], board_id=board_id, position=position)
    for position, text in enumerate(told["texts"], start=1):
        rows.insert(
            Template,
            code=text["code"],
            name=text["name"],
            body=text["body"].strip(),
            case_type_id=types[text["for"]] if "for" in text else None,
            position=position,
        )
    for position, name in enumerate(told["lists"]["loss_reasons"], start=1):
        rows.insert(LossReason, name=name, position=position)
    for position, rule in enumerate(told["duplicates"], start=1):
        signs = {f"by_{sign}": True for sign in rule["by"]}
        rows.insert(DuplicateRule, name=rule["name"], action=rule["action"], position=position, **signs)
