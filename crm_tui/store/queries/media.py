"""The media where those who come saw us first."""

from __future__ import annotations

IN_USE = "SELECT id, name FROM media_source WHERE active = 1 ORDER BY position, id"
EVERY = "SELECT id, name, active, version FROM media_source ORDER BY position, id"
