"""The channels by which cards come in."""

from __future__ import annotations

IN_USE = "SELECT id, name FROM channel WHERE active = 1 ORDER BY position, id"
EVERY = "SELECT id, name, active, version FROM channel ORDER BY position, id"
