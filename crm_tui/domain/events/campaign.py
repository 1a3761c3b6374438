"""What happens to campaigns, their actions, and what follows from the results of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAdded(Happened):
    kind: ClassVar[str] = "campaign.added"
    entity: ClassVar[str] = "campaign"
    sentence: ClassVar[str] = N_("Campaign {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEdited(Happened):
    kind: ClassVar[str] = "campaign.edited"
    entity: ClassVar[str] = "campaign"
    sentence: ClassVar[str] = N_("Campaign {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDeactivated(Happened):
    kind: ClassVar[str] = "campaign.deactivated"
    entity: ClassVar[str] = "campaign"
    sentence: ClassVar[str] = N_("Campaign {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReactivated(Happened):
    kind: ClassVar[str] = "campaign.reactivated"
    entity: ClassVar[str] = "campaign"
    sentence: ClassVar[str] = N_("Campaign {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignActionAdded(Happened):
    kind: ClassVar[str] = "campaign_action.added"
    entity: ClassVar[str] = "campaign_action"
    sentence: ClassVar[str] = N_("Action of a campaign {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignActionEdited(Happened):
    kind: ClassVar[str] = "campaign_action.edited"
    entity: ClassVar[str] = "campaign_action"
    sentence: ClassVar[str] = N_("Action of a campaign {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignActionRemoved(Happened):
    kind: ClassVar[str] = "campaign_action.removed"
    entity: ClassVar[str] = "campaign_action"
    sentence: ClassVar[str] = N_("Action of a campaign {name} removed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResultAdded(Happened):
    kind: ClassVar[str] = "campaign_result.added"
    entity: ClassVar[str] = "campaign_result"
    sentence: ClassVar[str] = N_("Rule of a campaign {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResultEdited(Happened):
    kind: ClassVar[str] = "campaign_result.edited"
    entity: ClassVar[str] = "campaign_result"
    sentence: ClassVar[str] = N_("Rule of a campaign {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResultRemoved(Happened):
    kind: ClassVar[str] = "campaign_result.removed"
    entity: ClassVar[str] = "campaign_result"
    sentence: ClassVar[str] = N_("Rule of a campaign {name} removed")
    name: str
