"""What may be read of the media where those who come saw us first."""

from __future__ import annotations

from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_
from crm_tui.services.core.ordered import Ordered
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import media as queries

_LIST = Ordered(queries.EVERY)


@view("card.read")
def pick_media_source(reading: Reading, text: str) -> list[Option]:
    """The picker of media sources in use."""
    return _LIST.pick(reading, text)


@view("card.read")
def pick_every(reading: Reading, text: str) -> list[Option]:
    """The picker of all media sources, those out of use among them."""
    return _LIST.pick(reading, text, out_of_use=True)


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The media sources as settings list them, those out of use in their places."""
    return _LIST.listed(reading)


REGISTERS = (
    Register(
        "media_sources",
        "media_source",
        N_("Media sources"),
        N_("Where those who come saw us first; J and K order them, x takes one out of use."),
        (N_("Media source"), N_("Use")),
        register,
        create="add_media_source",
        edit="edit_media_source",
        off="deactivate_media_source",
        on="reactivate_media_source",
        move="move_media_source",
        section=Section.CATALOGUE,
        place=3,
    ),
)
PICKERS = {"media_sources": pick_media_source, "every_media_source": pick_every}
