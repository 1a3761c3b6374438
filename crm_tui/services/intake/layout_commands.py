"""What may be asked of layouts of imports."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.domain.import_map import KIND_NAMES, ORDER_NAMES, DateOrder, MapKind
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_MOST = 16_384
_COLUMNS = N_("each line: the column's heading = its field")
_DEFAULTS = N_("each line: a field = what rows without it get")


class AddImportLayout(Command):
    """A new layout, at the end of the list. (M113)"""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("New import layout")

    name: str = ask(N_("Name"), max_length=60)
    kind: MapKind = ask(N_("Brings"), default=MapKind.PEOPLE, choices=choices(KIND_NAMES))
    columns: str = ask(N_("Columns"), widget=Widget.BODY, max_length=_MOST, help=_COLUMNS)
    defaults: str = ask(N_("Defaults"), default="", widget=Widget.BODY, max_length=_MOST, help=_DEFAULTS)
    dates: DateOrder = ask(N_("Dates"), default=DateOrder.AUTO, choices=choices(ORDER_NAMES))


class EditImportLayout(Command):
    """Change a layout; what was imported by it stays as it is."""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Edit import layout")

    import_layout: int = ask(N_("Layout"), pick="every_import_layout", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    kind: MapKind = ask(N_("Brings"), default=MapKind.PEOPLE, choices=choices(KIND_NAMES))
    columns: str = ask(N_("Columns"), default="", widget=Widget.BODY, max_length=_MOST, help=_COLUMNS)
    defaults: str = ask(N_("Defaults"), default="", widget=Widget.BODY, max_length=_MOST, help=_DEFAULTS)
    dates: DateOrder = ask(N_("Dates"), default=DateOrder.AUTO, choices=choices(ORDER_NAMES))
    version: int | None = seen_version()


class MoveImportLayout(Command):
    """Put a layout some places up (less than nought) or down: of several that fit a file the first is taken."""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Order import layout")

    import_layout: int = ask(N_("Layout"), pick="every_import_layout", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateImportLayout(Command):
    """Recognise files by this layout no more."""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Take import layout out of use")

    import_layout: int = ask(N_("Layout"), pick="every_import_layout", hidden=True)


class ReactivateImportLayout(Command):
    """Recognise files by this layout again."""

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Put import layout back in use")

    import_layout: int = ask(N_("Layout"), pick="every_import_layout", hidden=True)
