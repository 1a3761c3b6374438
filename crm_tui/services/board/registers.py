"""What settings list of boards: the boards themselves, their stages, their members and their base cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_tui.domain.access import RIGHT_NAMES, BoardRight
from crm_tui.domain.board import CATEGORY_NAMES, KIND_NAMES, CardKind, StageCategory
from crm_tui.domain.board_setup import BoardSettings, MemberRow, StageSettings, TemplateRow
from crm_tui.domain.hue import HUE_NAMES, Hue, hue_number
from crm_tui.domain.label import Choice
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.domain.template import load, typed_comments, typed_tasks
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.board.views import templates
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import wall
from crm_tui.store.queries import access
from crm_tui.store.queries import board as queries


def _hue(color: str | None) -> Cell:
    return Text(HUE_NAMES[Hue(color)]) if color else ""


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _picked(row_id: int | None) -> str:
    return "" if row_id is None else f"#{row_id}"


@view("card.read")
def board_register(reading: Reading) -> list[RegisterRow]:
    """The boards as settings list them, those out of use last."""
    rows = reading.connection.execute(queries.SETTINGS, wall(reading.viewer)).fetchall()
    return [_board(BoardSettings._make(row)) for row in rows]


def _board(board: BoardSettings) -> RegisterRow:
    who: Cell = Text(N_("archived")) if board.archived else ""
    if board.restricted and not board.archived:
        who = Text(N_("only members"))
    return RegisterRow(
        board.id,
        board.version,
        board.name,
        (
            board.name,
            Text(KIND_NAMES[CardKind(board.kind)]),
            Text(N_("{prefix}-0001"), {"prefix": board.number_prefix}),
            text_n("{n} stage", "{n} stages", board.stages),
            who,
            _hue(board.color),
        ),
        {
            "name": board.name,
            "number_prefix": board.number_prefix,
            "color": board.color or "",
            "restricted": _flag(board.restricted),
            "page_size": str(board.page_size),
            "one_open_card_per_party": _flag(board.one_open_card_per_party),
            "stale_held": _flag(board.stale_held),
            "conversion_board": _picked(board.conversion_board_id),
            "conversion_stage": _picked(board.conversion_stage_id),
            "reopen_full": _flag(board.reopen_full),
            "reopen_adjustment": _flag(board.reopen_adjustment),
        },
        {
            "conversion_board": board.conversion_board or "",
            "conversion_stage": board.conversion_stage or "",
        },
        beside={"kind": board.kind},
        active=not board.archived,
        belongs={"board": board.id},
    )


@view("card.read")
def stage_register(reading: Reading) -> list[RegisterRow]:
    """The stages of all boards in their order. (E21, E31)"""
    rows = reading.connection.execute(queries.STAGE_SETTINGS, wall(reading.viewer)).fetchall()
    return [_stage(StageSettings._make(row)) for row in rows]


def _stage(stage: StageSettings) -> RegisterRow:
    def number(msgid: str, value: int | None) -> Cell:
        return "" if value is None else Text(msgid, {"n": value})

    def typed(value: int | None) -> str:
        return "" if value is None else str(value)

    days = stage.expected_days
    return RegisterRow(
        stage.id,
        stage.version,
        stage.name,
        (
            stage.board,
            stage.name,
            Text(CATEGORY_NAMES[StageCategory(stage.category)]),
            text_n("{n} day", "{n} days", days) if days is not None else "",
            stage.answered_by,
            number("{n} %", stage.probability),
            text_n("asks {n}", "asks {n}", stage.gates) if stage.gates else "",
            number("‖{n}d", stage.stale_days),
            number(N_("limit {n}"), stage.wip_limit),
            _hue(stage.color),
        ),
        {
            "name": stage.name,
            "category": stage.category,
            "color": stage.color or "",
            "probability": typed(stage.probability),
            "expected_days": typed(days),
            "owner_rule": stage.owner_rule,
            "default_user": _picked(stage.default_user_id),
            "profile": _picked(stage.profile_id),
            "team": _picked(stage.team_id),
            "question": stage.question or "",
            "question_required": _flag(stage.question_required),
            "stale_days": typed(stage.stale_days),
            "wip_limit": typed(stage.wip_limit),
            "progress_pct": typed(stage.progress_pct),
        },
        labels={
            "board": stage.board,
            "default_user": stage.default_user or "",
            "profile": stage.profile or "",
            "team": stage.team or "",
        },
        beside={"board": f"#{stage.board_id}", "category": stage.category},
        belongs={"board": stage.board_id},
    )


@view("card.read")
def loss_register(reading: Reading) -> list[RegisterRow]:
    """The loss reasons in their order, those out of use in their places. (M67)"""
    rows = reading.connection.execute(queries.EVERY_LOSS_REASON).fetchall()
    return [
        RegisterRow(
            i,
            version,
            name,
            (
                name,
                Text(N_("asks for a note")) if note else "",
                "" if active else Text(N_("out of use")),
            ),
            {"name": name, "requires_note": _flag(bool(note))},
            active=bool(active),
        )
        for i, name, note, active, version in rows
    ]


@view("card.read")
def member_register(reading: Reading) -> list[RegisterRow]:
    """Who takes part in which board, by board. (K5, K13)"""
    rows = reading.connection.execute(queries.MEMBERS, wall(reading.viewer)).fetchall()
    return [_member(MemberRow._make(row)) for row in rows]


def _member(member: MemberRow) -> RegisterRow:
    counts: Cell = "" if member.restricted else Text(N_("open to all"))
    if not member.active:
        counts = Text(N_("no access"))
    return RegisterRow(
        member.id,
        member.version,
        member.name,
        (member.board, member.name, member.login, Text(RIGHT_NAMES[member.may]), counts),
        {"may": member.may.value},
        {"board": member.board},
        beside={"board": f"#{member.board_id}"},
        named={"board": member.board_id, "user": member.user_id},
        belongs={"board": member.board_id, "user": member.user_id},
    )


@view("card.read")
def template_register(reading: Reading) -> list[RegisterRow]:
    """The base cards of all boards that the viewer may see. (K14)"""
    run = reading.connection.execute
    labels = dict(run(queries.LABEL_NAMES).fetchall())
    logins = {row[0]: row[1] for row in run(access.USERS, {"active": 0}).fetchall()}
    return [_template(template, labels, logins) for template in templates(reading)]


def _template(template: TemplateRow, labels: Mapping[int, str], logins: Mapping[int, str]) -> RegisterRow:
    payload = load(template.payload)
    return RegisterRow(
        template.id,
        template.version,
        template.name,
        (
            template.board,
            template.name,
            text_n("{n} task", "{n} tasks", len(payload.tasks)) if payload.tasks else "",
            _names(payload.labels, labels),
            _names(payload.members, logins),
            text_n("{n} file", "{n} files", template.files) if template.files else "",
        ),
        {
            "name": template.name,
            "description": template.description or "",
            "tasks": typed_tasks(payload.tasks),
            "labels": _names(payload.labels, labels),
            "members": _names(payload.members, logins),
            "comments": typed_comments(payload.comments),
        },
        {"board": template.board},
        beside={"board": f"#{template.board_id}"},
        active=not template.archived,
        belongs={"board": template.board_id},
    )


@view("card.read")
def template_labels(reading: Reading, template_id: int) -> list[Choice]:
    """The labels that cards of its board may have, and those out of use that a base card still has. (K16)"""
    found = next((t for t in templates(reading) if t.id == template_id), None)
    if found is None:
        return []
    on = set(load(found.payload).labels)
    rows = reading.connection.execute(queries.LABELS_FOR, {"board_id": found.board_id}).fetchall()
    return [
        Choice(row_id, name, hue_number(color), "", int(row_id in on), bool(active))
        for row_id, name, color, active in rows
        if active or row_id in on
    ]


@view("user.read")
def template_members(reading: Reading, template_id: int) -> list[Choice]:
    """The operators who may take part in cards that begin with a base card, and those who do. (K17)"""
    found = next((t for t in templates(reading) if t.id == template_id), None)
    if found is None:
        return []
    on = set(load(found.payload).members)
    rows = reading.connection.execute(access.USERS, {"active": 0}).fetchall()
    return [
        Choice(row[0], row[2], 0, row[1], int(row[0] in on), bool(row[10]))
        for row in rows
        if row[10] or row[0] in on
    ]


def _names(ids: Sequence[int], names: Mapping[int, str]) -> str:
    return ", ".join(names[i] for i in ids if i in names)


REGISTERS = (
    Register(
        "boards",
        "board",
        N_("Boards"),
        N_(
            "A board is a way of working: its stages stand side by side, its cards go through them. J and K move one, "
            "o leads to its stages, members and base cards, and shows its whole workflow."
        ),
        (N_("Board"), N_("Kind"), N_("Numbers"), N_("Stages"), N_("For whom"), N_("Colour")),
        board_register,
        create="add_board",
        edit="edit_board",
        off="archive_board",
        on="unarchive_board",
        move="move_board",
        told_off=N_("{name} archived"),
        related=(
            (N_("_Stages"), "stages", "board"),
            (N_("_Members"), "members", "board"),
            (N_("_Base cards"), "templates", "board"),
        ),
        opens=((N_("_Workflow"), "workflow"),),
        section=Section.PROCESS,
        place=1,
    ),
    Register(
        "stages",
        "stage",
        N_("Stages"),
        N_(
            "The columns of the boards; J and K move one, x removes it and asks where its cards go, o leads to what it "
            "asks for and to the answers that lead on from it."
        ),
        (
            *(N_("Board"), N_("Stage"), N_("Category"), N_("Time"), N_("Who answers"), N_("Chance")),
            *(N_("Requirements"), N_("Idle after"), N_("Limit"), N_("Colour")),
        ),
        stage_register,
        create="add_stage",
        edit="edit_stage",
        off="archive_stage",
        move="move_stage",
        related=((N_("_Requirements"), "gates", "stage"), (N_("_Answers"), "transitions", "stage")),
        section=Section.PROCESS,
        place=2,
    ),
    Register(
        "members",
        "board_member",
        N_("Members"),
        N_(
            "Who takes part in which board. A board that is only for members is seen by nobody else; on one that is "
            "open, only who runs it makes a difference."
        ),
        (N_("Board"), N_("User"), N_("Login"), N_("May"), N_("In force")),
        member_register,
        create="set_board_member",
        edit="set_board_member",
        off="set_board_member",
        off_with={"may": BoardRight.OUT.value},
        told_off=N_("{name} is no longer a member"),
        section=Section.PEOPLE,
        place=4,
    ),
    Register(
        "templates",
        "card_template",
        N_("Base cards"),
        N_(
            "What a new card may begin with: description, tasks, comments, and behind o labels, members and files."
        ),
        (N_("Board"), N_("Base card"), N_("Tasks"), N_("Labels"), N_("Members"), N_("Files")),
        template_register,
        create="add_template",
        edit="edit_template",
        off="archive_template",
        on="unarchive_template",
        move="move_template",
        told_off=N_("{name} archived"),
        opens=(
            (N_("_Labels…"), "template_labels"),
            (N_("_Members…"), "template_members"),
            (N_("_Files…"), "template_files"),
        ),
        section=Section.PROCESS,
        place=7,
    ),
    Register(
        "loss_reasons",
        "loss_reason",
        N_("Loss reasons"),
        N_(
            "Why a card came to nothing; J and K order them, and their place is the digit that picks one. x takes one "
            "out of use."
        ),
        (N_("Reason"), N_("Note"), N_("Use")),
        loss_register,
        create="add_loss_reason",
        edit="edit_loss_reason",
        off="deactivate_loss_reason",
        on="reactivate_loss_reason",
        move="move_loss_reason",
        section=Section.PROCESS,
        place=8,
    ),
)
