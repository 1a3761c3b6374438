"""What may be read of the service types."""

from __future__ import annotations

from crm_tui.domain.casetype import ANY_FILE, CaseTypeRow, FileRule
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text
from crm_tui.services.core.file_rules import rule_of
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching, sight, wall
from crm_tui.store.queries import casetype as queries
from crm_tui.store.queries.base import CARD_SEEN


@view("card.read")
def case_types(reading: Reading) -> list[CaseTypeRow]:
    """Every service type in its order, those out of use in their places; none of a hidden board."""
    rows = reading.connection.execute(queries.ALL, wall(reading.viewer)).fetchall()
    return [CaseTypeRow._make((*row[:4], bool(row[4]), row[5], bool(row[6]), row[7])) for row in rows]


def _option(row: CaseTypeRow) -> Option:
    return Option(row.id, row.name, row.board or "", typed("case_type", row.id) or "")


@view("card.read")
def pick_case_type(reading: Reading, text: str, board_id: int | None = None) -> list[Option]:
    """The picker of service types in use: those of a board and of none, or all. (B51)"""
    found = [row for row in case_types(reading) if row.active]
    if board_id is not None:
        found = [row for row in found if row.board_id in (None, board_id)]
    return matching([_option(row) for row in found], text)


@view("card.read")
def pick_every_case_type(reading: Reading, text: str) -> list[Option]:
    """The picker of all service types, those out of use among them."""
    return matching([_option(row) for row in case_types(reading)], text)


@view("card.read")
def file_rule(reading: Reading, card_id: int) -> FileRule:
    """What the service type of a card says of files; that of one which is not seen is none."""
    if reading.connection.execute(CARD_SEEN, {"id": card_id, **sight(reading.viewer)}).fetchone() is None:
        return ANY_FILE
    return rule_of(reading.connection, card_id)


def _files(row: CaseTypeRow) -> Text:
    return (
        Text(N_("up to {n} MB"), {"n": row.max_attachment_mb}) if row.allow_attachment else Text(N_("none"))
    )


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The service types as settings list them, those out of use in their places."""
    return [
        RegisterRow(
            row.id,
            row.version,
            row.name,
            (row.name, row.board or "", _files(row), "" if row.active else Text(N_("out of use"))),
            {
                "name": row.name,
                "board": f"#{row.board_id}" if row.board_id is not None else "",
                "allow_attachment": "1" if row.allow_attachment else "0",
                "max_attachment_mb": str(row.max_attachment_mb),
            },
            {"board": row.board or ""},
            active=row.active,
            belongs={"case_type": row.id},
        )
        for row in case_types(reading)
    ]


REGISTERS = (
    Register(
        "case_types",
        "case_type",
        N_("Service types"),
        N_(
            "What a contact is about: which workflow it goes, which files it may have, which texts are offered; "
            "o leads to those."
        ),
        (N_("Service type"), N_("Workflow"), N_("Files"), N_("Use")),
        register,
        create="add_case_type",
        edit="edit_case_type",
        off="deactivate_case_type",
        on="reactivate_case_type",
        move="move_case_type",
        related=((N_("_Standard texts"), "standard_texts", "case_type"),),
        section=Section.FOLLOW_UP,
        place=1,
    ),
)
PICKERS = {"case_types": pick_case_type, "every_case_type": pick_every_case_type}
