"""The channels by which cards come in."""

from __future__ import annotations

EVERY = "SELECT id, name, active, version FROM channel ORDER BY position, id"
