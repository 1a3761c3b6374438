"""What may be read of the classes of people."""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import C_, N_
from crm_tui.services.core.ordered import Ordered
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import partyclass as queries

_LIST = Ordered(queries.EVERY)


@view("party.read")
def pick_party_class(reading: Reading, text: str) -> list[Option]:
    """The picker of classes of people in use."""
    return _LIST.pick(reading, text)


@view("party.read")
def pick_every(reading: Reading, text: str) -> list[Option]:
    """The picker of all classes of people, those out of use among them."""
    return _LIST.pick(reading, text, out_of_use=True)


@view("party.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The classes of people as settings list them, those out of use in their places."""
    return _LIST.listed(reading)


REGISTERS = (
    Register(
        "party_classes",
        "party_class",
        N_("Classes of people"),
        N_(
            "What the company calls its kinds of customer: A, B, C; J and K order them, x takes one out of use."
        ),
        (N_("Class"), N_("Use")),
        register,
        create="add_party_class",
        edit="edit_party_class",
        off="deactivate_party_class",
        on="reactivate_party_class",
        move="move_party_class",
        section=Section.CATALOGUE,
        place=6,
        short=C_("shelf", "Classes"),
    ),
)
PICKERS = {"party_classes": pick_party_class, "every_party_class": pick_every}
