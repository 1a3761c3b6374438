"""What may be read of the channels by which cards come in."""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_
from crm_tui.services.core.ordered import Ordered
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import channel as queries

_LIST = Ordered(queries.EVERY)


@view("card.read")
def pick_channel(reading: Reading, text: str) -> list[Option]:
    """The picker of channels in use."""
    return _LIST.pick(reading, text)


@view("card.read")
def pick_every(reading: Reading, text: str) -> list[Option]:
    """The picker of all channels, those out of use among them."""
    return _LIST.pick(reading, text, out_of_use=True)


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The channels as settings list them, those out of use in their places."""
    return _LIST.listed(reading)


REGISTERS = (
    Register(
        "channels",
        "channel",
        N_("Channels"),
        N_("By which way cards come in; J and K order them, x takes one out of use."),
        (N_("Channel"), N_("Use")),
        register,
        create="add_channel",
        edit="edit_channel",
        off="deactivate_channel",
        on="reactivate_channel",
        move="move_channel",
        section=Section.CATALOGUE,
        place=2,
    ),
)
PICKERS = {"channels": pick_channel, "every_channel": pick_every}
