"""The classes of people."""

from __future__ import annotations

EVERY = "SELECT id, name, active, version FROM party_class ORDER BY position, id"
