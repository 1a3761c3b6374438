"""Campaigns: the rules by which one action follows from how another ended. (T7-T12, T28, T38-T42)

Pure; knows nothing of the store or the screen.
"""

from __future__ import annotations

from enum import StrEnum


class CampaignKind(StrEnum):
    """What a campaign is for. (M6: a reactivation calls those who bought once)"""

    STANDARD = "standard"
    REACTIVATION = "reactivation"


class NextMode(StrEnum):
    """What a result does about the next step: nothing, ask for it, or plan it by itself. (T9, T10)"""

    NONE = "none"
    ASK = "ask"
    AUTO = "auto"


class DelayFrom(StrEnum):
    """From which day the days until an automatic next step are counted."""

    COMPLETION = "completion"
    PREVIOUS_DUE = "previous_due"


class Leads(StrEnum):
    """Where a result leads the card: nowhere, to a stage (T9), or to its loss (T11)."""

    NOWHERE = "nowhere"
    STAGE = "stage"
    LOSS = "loss"
