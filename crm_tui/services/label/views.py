"""What may be read of labels, and of the labels, members and tasks of cards."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.hue import HUE_NAMES, Hue, hue_number
from crm_tui.domain.label import Choice, LabelRow, Member, Task, Worn
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, wall
from crm_tui.store.queries import access
from crm_tui.store.queries import label as queries
from crm_tui.store.values import as_instant


def _asked(reading: Reading, ids: Collection[int]) -> dict[str, Any]:
    """Each card once: one that stands in two columns of a board by label had its labels and tasks counted twice."""
    return {"ids": json.dumps([*dict.fromkeys(ids)]), **reach(reading.viewer, "card.read")}


@view("card.read")
def labels(reading: Reading) -> list[LabelRow]:
    """Every label, those for all boards first, then board by board; those out of use behind each."""
    rows = reading.connection.execute(queries.LABELS, wall(reading.viewer)).fetchall()
    return [LabelRow._make((*row[:5], bool(row[5]), row[6])) for row in rows]


@view("card.read")
def worn(reading: Reading, ids: Collection[int]) -> dict[int, tuple[Worn, ...]]:
    """The labels of each of these cards in the labels' order; a card without any is not among them."""
    found: dict[int, list[tuple[tuple[int, ...], Worn]]] = {}
    rows = reading.connection.execute(queries.WORN, _asked(reading, ids))
    for card, label, name, color, active, of_board, position in rows:
        place = (of_board, position, label)
        found.setdefault(card, []).append((place, Worn(label, name, hue_number(color), bool(active))))
    return {card: tuple(label for _, label in sorted(each)) for card, each in found.items()}


@view("card.read")
def tallies(reading: Reading, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each of these cards how many tasks are done and how many there are; one without tasks is not there."""
    found: dict[int, tuple[int, int]] = {}
    for card, ticked in reading.connection.execute(queries.TICKED, _asked(reading, ids)):
        done, count = found.get(card, (0, 0))
        found[card] = (done + ticked, count + 1)
    return found


@view("card.read")
def members(reading: Reading, ids: Collection[int]) -> dict[int, tuple[Member, ...]]:
    """Who takes part in each of these cards, by login; the owners are not among them."""
    found: dict[int, list[Member]] = {}
    for card, *member in reading.connection.execute(queries.MEMBERS, _asked(reading, ids)):
        found.setdefault(card, []).append(Member(*member))
    return {card: tuple(sorted(each, key=lambda m: m.login)) for card, each in found.items()}


@view("card.read")
def tasks(reading: Reading, card_id: int) -> list[Task]:
    """The checklist of a card, in its order."""
    params = {"card_id": card_id, **reach(reading.viewer, "card.read")}
    rows = reading.connection.execute(queries.TASKS, params).fetchall()
    return [Task(i, text, as_instant(at), by, version) for i, text, at, by, version in rows]


@view("card.read")
def task(reading: Reading, task_id: int) -> tuple[Task, str] | None:
    """A task and its card's number; None if there is none that the viewer may see."""
    params = {"id": task_id, **reach(reading.viewer, "card.read")}
    row = reading.connection.execute(queries.TASK, params).fetchone()
    return None if row is None else (Task._make((*row[:2], as_instant(row[2]), *row[3:5])), row[5])


# --- what a picker over cards offers


@view("card.read")
def label_choices(reading: Reading, ids: Sequence[int]) -> list[Choice]:
    """The labels that these cards may have, and those out of use that one of them still has; where the cards
    are of several boards, each with its board's name."""
    boards = _boards(reading, ids)
    on: dict[int, int] = {}
    for each in worn(reading, ids).values():
        for label in each:
            on[label.id] = on.get(label.id, 0) + 1
    return [
        Choice(
            label.id,
            label.name,
            label.hue,
            (label.board or "") if len(boards) > 1 else "",
            on.get(label.id, 0),
            label.active,
        )
        for label in labels(reading)
        if label.id in on or (label.active and label.board_id in {None, *boards})
    ]


@view("card.read")
def board_of(reading: Reading, ids: Sequence[int]) -> int | None:
    """The board that all these cards are of; None if they are of several."""
    boards = _boards(reading, ids)
    return boards.pop() if len(boards) == 1 else None


def _boards(reading: Reading, ids: Sequence[int]) -> set[int]:
    return {board for (board,) in reading.connection.execute(queries.BOARDS, _asked(reading, ids))}


@view("user.read")
def member_choices(reading: Reading, ids: Sequence[int]) -> list[Choice]:
    """The operators who may take part in these cards, and those who do."""
    on: dict[int, int] = {}
    for each in members(reading, ids).values():
        for member in each:
            on[member.id] = on.get(member.id, 0) + 1
    return [
        Choice(user_id, name, 0, login, on.get(user_id, 0), bool(active))
        for user_id, login, name, active in _users(reading)
        if active or user_id in on
    ]


def _users(reading: Reading) -> list[tuple[int, str, str, int]]:
    rows = reading.connection.execute(access.USERS, {"active": 0}).fetchall()
    return [(row[0], row[1], row[2], row[10]) for row in rows]


# --- pickers and the register


def _option(label: LabelRow) -> Option:
    return Option(label.id, label.name, label.board or Text(N_("all boards")), f"label:{label.id}")


def _of_board(rows: Sequence[LabelRow], board_id: int | None) -> list[LabelRow]:
    return [row for row in rows if board_id is None or row.board_id in (None, board_id)]


@view("card.read")
def pick_label(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of labels in use, of one board and of all or of every board."""
    found = _of_board([row for row in labels(reading) if row.active], board_id)
    return matching([_option(row) for row in found], text.removeprefix("#"))


@view("card.read")
def pick_every_label(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of all labels, those out of use too: what is taken off a card."""
    found = _of_board(labels(reading), board_id)
    return matching([_option(row) for row in found], text.removeprefix("#"))


@view("user.read")
def pick_every_user(reading: Reading, text: str) -> list[Option]:
    """The picker of operators, those without access too: who takes part in a card no more."""
    return matching([Option(i, name, login, login) for i, login, name, _ in _users(reading)], text)


@view("card.read")
def pick_task(reading: Reading, text: str) -> list[Option]:
    """The picker of tasks: one that the viewer may see, by its REF (`task:12`)."""
    word, _, number = text.strip().partition(":")
    named = row_id(number) if word.lower() == "task" else None
    found = task(reading, named) if named is not None else None
    return [] if found is None else [Option(found[0].id, found[0].text, found[1], f"task:{found[0].id}")]


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The labels as settings list them."""
    return [
        RegisterRow(
            label.id,
            label.version,
            label.name,
            (
                label.board or Text(N_("all boards")),
                label.name,
                Text(HUE_NAMES[Hue(label.color)]),
                "" if label.active else Text(N_("out of use")),
            ),
            {"name": label.name, "color": label.color},
            {"board": label.board or ""},
            {"board": f"#{label.board_id}" if label.board_id is not None else ""},
            label.active,
        )
        for label in labels(reading)
    ]


REGISTERS = (
    Register(
        "labels",
        "label",
        N_("Labels"),
        N_("Words with a colour that cards are marked with by E; one out of use stays on its cards."),
        (N_("Board"), N_("Label"), N_("Colour"), N_("Use")),
        register,
        create="add_label",
        edit="edit_label",
        off="retire_label",
        on="restore_label",
        move="move_label",
        section=Section.CATALOGUE,
        place=1,
    ),
)
PICKERS: Mapping[str, Any] = {
    "labels": pick_label,
    "every_label": pick_every_label,
    "every_user": pick_every_user,
    "tasks": pick_task,
}
