"""What can be done with a saved view where it stands: its name, digit, sharing and filter changed, or the filter in
force put in its place. (K49)

Knows the command's fields; the sheet in which the views stand is `savedviews`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_tui.domain.filter_tree import Place
from crm_tui.i18n import N_, say
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.menus import Item, MenuScreen

if TYPE_CHECKING:
    from crm_tui.domain.filter import Filter
    from crm_tui.domain.filter_rows import SavedView
    from crm_tui.screens.core.filtered import Filtered
    from crm_tui.services.core.commands import Command


def unfiltered(below: Filtered) -> str:
    """What is listed where nothing is asked for."""
    return say(N_("everybody")) if below.FILTERED is Place.PEOPLE else say(N_("everything that is open"))


def menu(
    below: Filtered,
    view: SavedView,
    edit: Callable[[], Any],
    replace: Callable[[], Any],
    drop: Callable[[], Any],
) -> MenuScreen:
    """Its entries; the filter in force is told as one would write it."""
    now = below.line_of(below.as_view(below.found)) or unfiltered(below)
    return MenuScreen(
        view.name,
        [
            Item(say(N_("_Edit…")), say(N_("name, team, digit, filter")), edit),
            Item(say(N_("_Put the filter in force in it")), now, replace),
            Item(say(N_("_Delete")), "f8", drop),
        ],
    )


def form(below: Filtered, view: SavedView) -> FormScreen:
    """Only what is changed is sent; the filter of a view that a newer program saved is left alone."""
    raw = {
        "name": view.name,
        "shared": "1" if view.shared else "0",
        "shortcut": str(view.shortcut) if view.shortcut is not None else "",
    }
    fields: tuple[str, ...] = ("name", "shared", "shortcut")
    if view.found is not None:
        raw["line"] = below.line_of(view.found)
        fields = (*fields, "line")
    return FormScreen(
        "edit_filter",
        heading=say(N_("Edit view")),
        about=view.name,
        fixed={"saved": f"#{view.id}", "version": str(view.version)},
        raw=raw,
        fields=fields,
        subject=f"view:{view.id}",
        done=say(N_("view changed")),
        changes_only=True,
    )


def replaced(view: SavedView, found: Filter) -> Command:
    """The command that puts another filter into the view."""
    from crm_tui.domain.filter import to_json
    from crm_tui.services.filter.commands import EditFilter

    return EditFilter(saved=view.id, query=json.dumps(to_json(found)), version=view.version)
