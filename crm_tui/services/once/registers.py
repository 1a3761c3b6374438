"""The rules of duplicates as settings list them."""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.domain.once import ASKED_NAMES, THEN_NAMES, Asked, RuleRow, Then, signs
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching, wall
from crm_tui.store.queries import once as queries


@view("card.read")
def duplicate_rules(reading: Reading) -> list[RuleRow]:
    """Every rule in its order, those out of use in their places; none of a hidden board."""
    rows = reading.connection.execute(queries.ALL, wall(reading.viewer)).fetchall()
    return [
        RuleRow._make((*row[:3], *map(bool, row[3:7]), *row[7:11], bool(row[11]), row[12])) for row in rows
    ]


@view("card.read")
def pick_every_duplicate_rule(reading: Reading, text: str) -> list[Option]:
    """The picker of all rules, those out of use among them."""
    options = [
        Option(row.id, row.name, "", typed("duplicate_rule", row.id) or "")
        for row in duplicate_rules(reading)
    ]
    return matching(options, text)


def _where(row: RuleRow) -> Text | str:
    if row.asked == Asked.PARTY:
        return Text(ASKED_NAMES[Asked.PARTY])
    return row.board or Text(N_("every board of leads"))


def _use(row: RuleRow) -> Text | str:
    return "" if row.active else Text(N_("out of use"))


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The rules as settings list them."""
    return [
        RegisterRow(
            row.id,
            row.version,
            row.name,
            (row.name, _where(row), signs(row.keys), Text(THEN_NAMES[Then(row.action)]), _use(row)),
            {
                "name": row.name,
                "asked": row.asked,
                **{
                    f"by_{key}": "1" if key in row.keys else "0"
                    for key in ("document", "email", "phone", "name")
                },
                "action": row.action,
                "window_days": "" if row.window_days is None else str(row.window_days),
                "board": f"#{row.board_id}" if row.board_id is not None else "",
            },
            {"board": row.board or ""},
            active=row.active,
        )
        for row in duplicate_rules(reading)
    ]


REGISTERS = (
    Register(
        "duplicate_rules",
        "duplicate_rule",
        N_("Duplicates"),
        N_(
            "What happens when somebody is known already by the same document, e-mail, phone or name: of people while "
            "they are made, changed and imported, of cards while they are opened. The strictest rule decides."
        ),
        (N_("Rule"), N_("Asked of"), N_("Same"), N_("Then"), N_("Use")),
        register,
        create="add_duplicate_rule",
        edit="edit_duplicate_rule",
        off="deactivate_duplicate_rule",
        on="reactivate_duplicate_rule",
        move="move_duplicate_rule",
        section=Section.PROCESS,
        place=9,
    ),
)
PICKERS = {"every_duplicate_rule": pick_every_duplicate_rule}
