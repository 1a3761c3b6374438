"""The media where those who come saw us first."""

from __future__ import annotations

EVERY = "SELECT id, name, active, version FROM media_source ORDER BY position, id"
