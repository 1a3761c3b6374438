"""Campaigns: which actions they are made of, and what follows from how each of them ended. (T7, T28, T38-T42)"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.campaign import CampaignKind, DelayFrom, Leads, NextMode
from crm_tui.store.tables.base import civil, one_of, pk, ref, table_args, version, whole


class Campaign(SQLModel, table=True):
    """Of a team, or of all (`team_id` None)."""

    __table_args__ = table_args(one_of("kind", CampaignKind), sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    kind: str = CampaignKind.STANDARD
    team_id: int | None = ref("team.id")
    starts_on: date | None = civil()
    ends_on: date | None = civil()
    position: int = 0
    active: bool = True
    version: int = version()


class CampaignAction(SQLModel, table=True):
    """An action of a campaign; one of them is its default. `objective` is what a next action of it is about."""

    __tablename__ = "campaign_action"
    __table_args__ = table_args(sa.UniqueConstraint("campaign_id", "action_type_id"))
    id: int | None = pk()
    campaign_id: int = ref("campaign.id", nullable=False)
    action_type_id: int = ref("action_type.id", nullable=False)
    is_default: bool = False
    default_medium_id: int | None = ref("contact_medium.id")
    objective: str | None = None
    position: int = 0
    version: int = version()


class CampaignResult(SQLModel, table=True):
    """What follows if an action of a campaign ends so; `delay_days` are calendar days, `to_stage_id` is STAGE's."""

    __tablename__ = "campaign_result"
    __table_args__ = table_args(
        one_of("next_mode", NextMode),
        one_of("delay_from", DelayFrom),
        one_of("leads", Leads),
        whole("delay_days"),
        sa.UniqueConstraint("campaign_action_id", "result_id"),
    )
    id: int | None = pk()
    campaign_action_id: int = ref("campaign_action.id", nullable=False)
    result_id: int = ref("result.id", nullable=False)
    is_default: bool = False
    requires_detail: bool = False
    next_mode: str = NextMode.NONE
    next_action_id: int | None = ref("campaign_action.id")
    delay_days: int = 0
    delay_from: str = DelayFrom.COMPLETION
    leads: str = Leads.NOWHERE
    to_stage_id: int | None = ref("stage.id")
    position: int = 0
    version: int = version()
