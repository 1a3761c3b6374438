"""What happens to campaigns, their actions, and what follows from the results of these."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class CampaignAdded(Named):
    kind = "campaign.added"
    entity = "campaign"
    sentence = N_("Campaign {name} added")


class CampaignEdited(Named):
    kind = "campaign.edited"
    entity = "campaign"
    sentence = N_("Campaign {name} changed")


class CampaignDeactivated(Named):
    kind = "campaign.deactivated"
    entity = "campaign"
    sentence = N_("Campaign {name} taken out of use")


class CampaignReactivated(Named):
    kind = "campaign.reactivated"
    entity = "campaign"
    sentence = N_("Campaign {name} back in use")


class CampaignActionAdded(Named):
    kind = "campaign_action.added"
    entity = "campaign_action"
    sentence = N_("Action of a campaign {name} added")


class CampaignActionEdited(Named):
    kind = "campaign_action.edited"
    entity = "campaign_action"
    sentence = N_("Action of a campaign {name} changed")


class CampaignActionRemoved(Named):
    kind = "campaign_action.removed"
    entity = "campaign_action"
    sentence = N_("Action of a campaign {name} removed")


class CampaignResultAdded(Named):
    kind = "campaign_result.added"
    entity = "campaign_result"
    sentence = N_("Rule of a campaign {name} added")


class CampaignResultEdited(Named):
    kind = "campaign_result.edited"
    entity = "campaign_result"
    sentence = N_("Rule of a campaign {name} changed")


class CampaignResultRemoved(Named):
    kind = "campaign_result.removed"
    entity = "campaign_result"
    sentence = N_("Rule of a campaign {name} removed")
