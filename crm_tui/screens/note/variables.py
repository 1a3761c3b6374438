"""The variables of standard texts: what may stand in braces, and what comes in its place. (B61, B69)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_tui.domain.canned import VARIABLES
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core.menus import TextScreen

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

NAME = 15
"""Cells of `{responsavel}` and a gap."""


def variables(_shell: Shell, **_: Any) -> TextScreen:
    """The list, by the names of the language in force; those of the other one are understood as well."""
    names = [(each.pt if language() == "pt-BR" else each.en, say(each.about)) for each in VARIABLES]
    rows = [f"{'{' + name + '}':<{NAME}}{about}" for name, about in names]
    said = say(N_("What is not known, or empty on the record, stays in its braces and is told."))
    return TextScreen(say(N_("Variables of standard texts")), "\n".join([*rows, "", said]))
