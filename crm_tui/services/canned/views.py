"""What may be read of the standard texts."""

from __future__ import annotations

from crm_tui.domain.canned import StandardText, in_order
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching, wall
from crm_tui.store.queries import canned as queries


@view("card.read")
def standard_texts(reading: Reading) -> list[StandardText]:
    """Every standard text in its order, those out of use in their places; none of a hidden board."""
    rows = reading.connection.execute(queries.ALL, wall(reading.viewer)).fetchall()
    return [StandardText._make((*row[:6], bool(row[6]), row[7])) for row in rows]


@view("card.read")
def offered(reading: Reading, case_type_id: int | None = None) -> list[StandardText]:
    """What a parecer on a record of this service type is offered: its own first, then those for all. (B61)"""
    return in_order([each for each in standard_texts(reading) if each.active], case_type_id)


@view("card.read")
def called(reading: Reading, login: str) -> str:
    """What an operator is called; the login where there is none of it."""
    row = reading.connection.execute(queries.NAMED, {"login": login}).fetchone()
    return str(row[0]) if row is not None else login


def _option(text: StandardText) -> Option:
    return Option(text.id, text.name, f"/{text.code}", typed("standard_text", text.id) or "")


@view("card.read")
def pick_standard_text(reading: Reading, text: str) -> list[Option]:
    """The picker of standard texts in use."""
    return matching([_option(each) for each in standard_texts(reading) if each.active], text)


@view("card.read")
def pick_every_standard_text(reading: Reading, text: str) -> list[Option]:
    """The picker of all standard texts, those out of use among them."""
    return matching([_option(each) for each in standard_texts(reading)], text)


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The standard texts as settings list them, those out of use in their places."""
    return [
        RegisterRow(
            text.id,
            text.version,
            text.name,
            (
                f"/{text.code}",
                text.name,
                text.case_type or Text(N_("all")),
                "" if text.active else Text(N_("out of use")),
            ),
            {
                "code": text.code,
                "name": text.name,
                "case_type": f"#{text.case_type_id}" if text.case_type_id is not None else "",
                "body": text.body,
            },
            {"case_type": text.case_type or ""},
            active=text.active,
            belongs={} if text.case_type_id is None else {"case_type": text.case_type_id},
        )
        for text in standard_texts(reading)
    ]


REGISTERS = (
    Register(
        "standard_texts",
        "standard_text",
        N_("Standard texts"),
        N_(
            "What is written often, put into a note by f9 or by /code; o lists the variables that are filled in. "
            "Notes keep the text as it was."
        ),
        (N_("Code"), N_("Standard text"), N_("Service type"), N_("Use")),
        register,
        create="add_standard_text",
        edit="edit_standard_text",
        off="deactivate_standard_text",
        on="reactivate_standard_text",
        move="move_standard_text",
        opens=((N_("_Variables"), "variables"),),
        section=Section.FOLLOW_UP,
        place=2,
    ),
)
PICKERS = {"standard_texts": pick_standard_text, "every_standard_text": pick_every_standard_text}
