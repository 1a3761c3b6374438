"""The classes of people."""

from __future__ import annotations

IN_USE = "SELECT id, name FROM party_class WHERE active = 1 ORDER BY position, id"
EVERY = "SELECT id, name, active, version FROM party_class ORDER BY position, id"
