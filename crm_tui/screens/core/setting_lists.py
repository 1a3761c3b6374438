"""The lists of settings as the palette finds them: by their name, or by what people call them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_tui.domain.text import fold
from crm_tui.i18n import C_, N_, say, say_in
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.deeds import Deed

if TYPE_CHECKING:
    from typing import Any

    from crm_tui.domain.register import Register
    from crm_tui.screens.core.shell import Shell

LEAST = 2
"""Letters; before, everything would be meant."""


def lists(text: str, shell: Shell, below: CrmScreen[Any]) -> list[Deed]:
    """Those of which every piece of the text is said, the ones that are called so first; none until they are loaded."""
    pieces = fold(text).split()
    if not shell.warm or sum(map(len, pieces)) < LEAST:
        return []
    meant = [(each, fold(say(each.title))) for each in shell.registers]
    called = [each for each, title in meant if all(piece in title for piece in pieces)]
    also = [each for each, title in meant if each not in called and _told(each, title, pieces)]
    group = say_in("palette", C_("palette", "Settings"))
    return [
        Deed(
            "",
            group,
            say(N_("Settings: {list}"), list=say(each.title)),
            "",
            partial(below.go, "settings", register=each.name),
        )
        for each in (*called, *also)
    ]


def _told(register: Register, title: str, pieces: list[str]) -> bool:
    told = f"{title} {fold(say(register.words))}" if register.words else title
    return all(piece in told for piece in pieces)
