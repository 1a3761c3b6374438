"""What may be asked about campaigns: their actions, and what follows from how these end. (T7, T28, T38-T42)"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.campaign import (
    CAMPAIGN_KIND_NAMES,
    DELAY_FROM_NAMES,
    LEADS_NAMES,
    NEXT_MODE_NAMES,
    CampaignKind,
    DelayFrom,
    Leads,
    NextMode,
)
from crm_tui.domain.fields import ShownIf, Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_BY_ITSELF = ShownIf("next_mode", (NextMode.AUTO.value,))


class AddCampaign(Command):
    """A new campaign, of a team or of all. (T7)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New campaign")

    name: str = ask(N_("Name"), max_length=60)
    kind: CampaignKind = ask(N_("Kind"), default=CampaignKind.STANDARD, choices=choices(CAMPAIGN_KIND_NAMES))
    team: int | None = ask(N_("Team"), default=None, pick="teams", help=N_("of all teams"))
    starts_on: date | None = ask(N_("From"), default=None, widget=Widget.WHEN)
    ends_on: date | None = ask(N_("Until"), default=None, widget=Widget.WHEN)


class EditCampaign(Command):
    """Change a campaign."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit campaign")

    campaign: int = ask(N_("Campaign"), pick="every_campaign", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    kind: CampaignKind = ask(N_("Kind"), default=CampaignKind.STANDARD, choices=choices(CAMPAIGN_KIND_NAMES))
    team: int | None = ask(N_("Team"), default=None, pick="teams", help=N_("of all teams"))
    starts_on: date | None = ask(N_("From"), default=None, widget=Widget.WHEN)
    ends_on: date | None = ask(N_("Until"), default=None, widget=Widget.WHEN)
    version: int | None = seen_version()


class MoveCampaign(Command):
    """Put a campaign some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order campaign")

    campaign: int = ask(N_("Campaign"), pick="every_campaign", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateCampaign(Command):
    """Take a campaign out of use; what was done for it keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take campaign out of use")

    campaign: int = ask(N_("Campaign"), pick="every_campaign", hidden=True)


class ReactivateCampaign(Command):
    """Offer a campaign again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put campaign back in use")

    campaign: int = ask(N_("Campaign"), pick="every_campaign", hidden=True)


class AddCampaignAction(Command):
    """An action of a campaign, with what it fills. (T39, T41, T55)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New action of a campaign")

    campaign: int = ask(N_("Campaign"), pick="every_campaign")
    action: int = ask(N_("Action"), pick="actions")
    is_default: bool = ask(N_("Default"), default=False, help=N_("choosing the campaign fills it"))
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    objective: str = ask(
        N_("Objective"), default="", max_length=200, help=N_("what it is about as a next step")
    )


class EditCampaignAction(Command):
    """Change what an action of a campaign fills."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit action of a campaign")

    campaign_action: int = ask(N_("Action"), pick="campaign_actions", hidden=True)
    is_default: bool = ask(N_("Default"), default=False, help=N_("choosing the campaign fills it"))
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    objective: str = ask(
        N_("Objective"), default="", max_length=200, help=N_("what it is about as a next step")
    )
    version: int | None = seen_version()


class MoveCampaignAction(Command):
    """Put an action of a campaign some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order action of a campaign")

    campaign_action: int = ask(N_("Action"), pick="campaign_actions", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class RemoveCampaignAction(Command):
    """Take an action off a campaign; what was done so keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove action of a campaign")

    campaign_action: int = ask(N_("Action"), pick="campaign_actions", hidden=True)


class AddCampaignResult(Command):
    """What follows if an action of a campaign ends so. (T9-T12, T28)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New rule of a campaign")

    campaign_action: int = ask(N_("Action"), pick="campaign_actions")
    result: int = ask(N_("Result"), pick="results")
    is_default: bool = ask(N_("Default"), default=False, help=N_("choosing the action fills it"))
    requires_detail: bool = ask(N_("Asks for its detail"), default=False)
    next_mode: NextMode = ask(N_("What follows"), default=NextMode.NONE, choices=choices(NEXT_MODE_NAMES))
    next_action: int | None = ask(
        N_("Next step"), default=None, pick="campaign_actions", help=N_("an action of the same campaign")
    )
    delay_days: int = ask(N_("Days until then"), default=0, ge=0, le=3_650, shown_if=_BY_ITSELF)
    delay_from: DelayFrom = ask(
        N_("Counted from"),
        default=DelayFrom.COMPLETION,
        choices=choices(DELAY_FROM_NAMES),
        shown_if=_BY_ITSELF,
    )
    leads: Leads = ask(N_("Leads the card"), default=Leads.NOWHERE, choices=choices(LEADS_NAMES))
    to_stage: int | None = ask(
        N_("Stage"), default=None, pick="every_stage", shown_if=ShownIf("leads", (Leads.STAGE.value,))
    )


class EditCampaignResult(Command):
    """Change what follows if an action of a campaign ends so."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit rule of a campaign")

    campaign_result: int = ask(N_("Rule"), pick="campaign_results", hidden=True)
    is_default: bool = ask(N_("Default"), default=False, help=N_("choosing the action fills it"))
    requires_detail: bool = ask(N_("Asks for its detail"), default=False)
    next_mode: NextMode = ask(N_("What follows"), default=NextMode.NONE, choices=choices(NEXT_MODE_NAMES))
    next_action: int | None = ask(
        N_("Next step"), default=None, pick="campaign_actions", help=N_("an action of the same campaign")
    )
    delay_days: int = ask(N_("Days until then"), default=0, ge=0, le=3_650, shown_if=_BY_ITSELF)
    delay_from: DelayFrom = ask(
        N_("Counted from"),
        default=DelayFrom.COMPLETION,
        choices=choices(DELAY_FROM_NAMES),
        shown_if=_BY_ITSELF,
    )
    leads: Leads = ask(N_("Leads the card"), default=Leads.NOWHERE, choices=choices(LEADS_NAMES))
    to_stage: int | None = ask(
        N_("Stage"), default=None, pick="every_stage", shown_if=ShownIf("leads", (Leads.STAGE.value,))
    )
    version: int | None = seen_version()


class MoveCampaignResult(Command):
    """Put a rule of a campaign some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order rule of a campaign")

    campaign_result: int = ask(N_("Rule"), pick="campaign_results", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class RemoveCampaignResult(Command):
    """Let the result's own rule hold again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove rule of a campaign")

    campaign_result: int = ask(N_("Rule"), pick="campaign_results", hidden=True)
