"""The files of a base card on the screen: one of this machine attached, one taken off. (K19)

Cards that began with it keep theirs. The path is asked for as for a card's own files.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.place import Place
from crm_tui.screens.note.files import AttachScreen
from crm_tui.services.note import views
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command

MOST = 9
"""Files that are taken off by their number."""


class TemplateAttach(AttachScreen):
    """Attach a file of this machine to a base card: every card that begins with it has it, too."""

    def hindrance(self, shell: Shell) -> Refusal | None:
        return barred.refusal(shell, "attach_to_template", {"template": self.card})

    def command(self, filename: str, content: bytes) -> Command:
        from crm_tui.services.board.commands import AttachToTemplate

        return AttachToTemplate(template=self.card, filename=filename, content=content)


def template_files(shell: Shell, cards: Sequence[tuple[int, int, str]]) -> MenuScreen | None:
    """The files of the first of these base cards, each with the number that takes it off, and one more."""
    below = shell.screen
    if not cards or not isinstance(below, Place):
        return None
    template, _, name = cards[0]
    attach = partial(below.go, "template_attach", card=template, name=name)
    items = [Item(say(N_("_Attach file…")), say(N_("one of this machine")), attach)]
    held: list[tuple[str, int]] = shell.crm.read(views.template_files, template)
    for number, (filename, size) in enumerate(held[:MOST], 1):
        off = partial(_take_off, below, template, filename)
        label = say(N_("Take off {name}"), name=clean(filename))
        items.append(Item(label, formats.size(size), off, key=str(number)))
    return MenuScreen(say(N_("Files")), items, name)


def _take_off(below: Place[Any], template: int, filename: str) -> None:
    below.run_worker(_detached(below, template, filename))


async def _detached(below: Place[Any], template: int, filename: str) -> None:
    from crm_tui.services.board.commands import DetachFromTemplate

    outcome = await below.write(DetachFromTemplate(template=template, filename=filename))
    below.answer(outcome, say(N_("{name} removed"), name=clean(filename)))
