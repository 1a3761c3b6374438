"""The labels and members of a base card, in the sheet in which those of a card are chosen. (K16, K17)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_tui.domain.label import Choice
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, say
from crm_tui.screens.core import barred
from crm_tui.screens.label.choose import ChooseScreen, Chosen
from crm_tui.services.board import registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_tui.screens.core.shell import Shell


class TemplateChoices(ChooseScreen):
    """What both have in common: one base card, which must be in use and the operator's to set up."""

    FIELD = "template"

    def hindrance(self, shell: Shell) -> Refusal | None:
        return barred.refusal(shell, self.COMMAND, {"template": self.cards[0][0]})

    def said(self, done: int) -> str:
        return say(N_("{name} saved"), name=self.cards[0][2])


class TemplateLabelsScreen(TemplateChoices):
    """The labels that cards begin with."""

    COMMAND = "set_template_labels"

    def __init__(self, *, cards: Sequence[Chosen], **_: Any) -> None:
        super().__init__(cards, say(N_("Labels")), say(N_("a label's name")))

    def read_choices(self) -> list[Choice]:
        found: list[Choice] = self.crm.read(registers.template_labels, self.cards[0][0])
        return found


class TemplateMembersScreen(TemplateChoices):
    """Who takes part in cards from their beginning."""

    COMMAND = "set_template_members"

    def __init__(self, *, cards: Sequence[Chosen], **_: Any) -> None:
        super().__init__(cards, say(N_("Members")), say(N_("an operator's name or login")))

    def read_choices(self) -> list[Choice]:
        found: list[Choice] = self.crm.read(registers.template_members, self.cards[0][0])
        return found
