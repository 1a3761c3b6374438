"""The change feed as front ends see it (screens and the app do not know the store)."""

from __future__ import annotations

from crm_tui.services.core.crm import Crm
from crm_tui.store.feed import Feed as StoreFeed
from crm_tui.store.feed import News, Seen

__all__ = ["Feed", "News", "Seen"]


class Feed(StoreFeed):
    """The feed of an open CRM."""

    def __init__(self, crm: Crm) -> None:
        super().__init__(crm.store, crm.viewer.user_id)
