"""Layouts of imports as settings list them and as files are recognised by them. (M113)"""

from __future__ import annotations

from typing import NamedTuple

from crm_tui.domain import import_map
from crm_tui.domain.fields import Option
from crm_tui.domain.import_map import KIND_NAMES, ImportMap, MapKind
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import C_, N_, Text
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching
from crm_tui.store.queries import intake as queries


class LayoutRow(NamedTuple):
    """A layout as it is kept."""

    id: int
    name: str
    kind: str
    columns: str
    defaults: str
    dates: str
    active: bool
    version: int


@view("card.read")
def import_layouts(reading: Reading) -> list[LayoutRow]:
    """Every layout in its order, those out of use in their places."""
    rows = reading.connection.execute(queries.LAYOUTS).fetchall()
    return [LayoutRow._make((*row[:6], bool(row[6]), row[7])) for row in rows]


@view("intake.run")
def maps(reading: Reading) -> list[ImportMap]:
    """The layouts in use, in the order in which they are tried on a file."""
    found = (
        import_map.read(row.name, row.kind, row.columns, row.defaults, row.dates)
        for row in import_layouts(reading)
        if row.active
    )
    return [each for each in found if isinstance(each, ImportMap)]


@view("card.read")
def pick_every_import_layout(reading: Reading, text: str) -> list[Option]:
    """The picker of all layouts, those out of use among them."""
    options = [
        Option(row.id, row.name, "", typed("import_layout", row.id) or "") for row in import_layouts(reading)
    ]
    return matching(options, text)


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The layouts as settings list them."""
    return [
        RegisterRow(
            row.id,
            row.version,
            row.name,
            (
                row.name,
                Text(KIND_NAMES[MapKind(row.kind)]),
                ", ".join(line.partition("=")[0].strip() for line in row.columns.splitlines()),
                "" if row.active else Text(N_("out of use")),
            ),
            {name: getattr(row, name) for name in ("name", "kind", "columns", "defaults", "dates")},
            active=row.active,
        )
        for row in import_layouts(reading)
    ]


REGISTERS = (
    Register(
        "import_layouts",
        "import_layout",
        N_("Import layouts"),
        N_(
            "What the columns of other programs' files mean. A file that has all columns of a layout is read by it; of "
            "several that fit the first is taken."
        ),
        (N_("Layout"), N_("Brings"), N_("Columns"), N_("Use")),
        register,
        create="add_import_layout",
        edit="edit_import_layout",
        off="deactivate_import_layout",
        on="reactivate_import_layout",
        move="move_import_layout",
        section=Section.PROGRAM,
        place=9,
        short=C_("shelf", "Layouts"),
    ),
)
PICKERS = {"every_import_layout": pick_every_import_layout}
