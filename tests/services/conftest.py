"""The small company of `house_fixtures.py`, a copy for each test."""

from __future__ import annotations

from house_fixtures import house, house_template

__all__ = ["house", "house_template"]
