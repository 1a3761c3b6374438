"""The small door of parked forms: saving as one types, resuming, and the spill when lock or disk fail.

A hang-up never waits for a lock: if the draft cannot be stored within a second, it goes to a 0600 file beside
the database, and the next start takes it up. (B45-B47; threats 15 to 17)
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_tui.store import drafts
from crm_tui.store.connect import Use
from crm_tui.store.drafts import DraftRow, Saved
from crm_tui.store.errors import StoreRefused
from crm_tui.store.store import Store

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


class Drafts:
    """One author's drafts; nobody reads or touches another's."""

    def __init__(self, store: Store, crm: Crm) -> None:
        self._store = store
        self._crm = crm
        self.terminal = f"{os.getpid()}-{secrets.token_hex(3)}"

    def list(self) -> list[DraftRow]:
        """The author's drafts, the newest first."""
        return drafts.of_author(self._store.reader(), self._crm.viewer.user_id)

    def count(self) -> int:
        """How many there are."""
        return drafts.count(self._store.reader(), self._crm.viewer.user_id)

    def find(self, command: str, subject: str) -> DraftRow | None:
        """The draft of this form about this subject (`card:12`, `party:7`, `new`), or None."""
        return drafts.find(self._store.reader(), self._crm.viewer.user_id, command, subject)

    def by_id(self, draft_id: int) -> DraftRow | None:
        """One draft, if it is the author's."""
        return drafts.by_id(self._store.reader(), self._crm.viewer.user_id, draft_id)

    def save(
        self,
        command: str,
        subject: str,
        payload: Mapping[str, str],
        cursor: Mapping[str, Any],
        text: str,
        *,
        copy: int = 0,
        rev: int = 0,
    ) -> Saved:
        """Store the form as it stands; into a copy of its own if another terminal typed on meanwhile.

        If lock or disk are not to be had within a second it is spilled, and `Saved.id` is 0.
        """
        try:
            with self._store.writing(Use.DRAFT) as connection:
                return drafts.save(
                    connection,
                    author_id=self._crm.viewer.user_id,
                    command=command,
                    subject=subject,
                    payload=payload,
                    cursor=cursor,
                    text=text,
                    terminal=self.terminal,
                    now=self._crm.clock(),
                    copy=copy,
                    rev=rev,
                )
        except (StoreRefused, sqlite3.OperationalError):
            self._spill(command, subject, payload, cursor, text)
            return Saved(0, copy, rev)

    def drop(self, draft_id: int) -> bool:
        """Throw a draft away (asked first, because it cannot be undone)."""
        with self._store.writing(Use.DRAFT) as connection:
            return drafts.drop(connection, self._crm.viewer.user_id, draft_id)

    def _spill_path(self, name: str) -> Path:
        return self._store.path.with_name(f"{self._store.path.name}.spill-{name}")

    def _spill(
        self, command: str, subject: str, payload: Mapping[str, str], cursor: Mapping[str, Any], text: str
    ) -> None:
        """One file per form and terminal, rewritten whole and moved into place."""
        stored = {
            "login": self._crm.viewer.login,
            "command": command,
            "subject": subject,
            "payload": dict(payload),
            "cursor": dict(cursor),
            "text": text,
        }
        name = f"{self.terminal}-{command}-{subject.replace(':', '-')}"
        path = self._spill_path(name)
        making = path.with_name(path.name + ".part")
        descriptor = os.open(making, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(stored, file, ensure_ascii=False)
        os.replace(making, path)

    def take_up_spilled(self) -> int:
        """Bring spilled drafts of this author into the database; how many. Called at the start."""
        taken = 0
        for path in sorted(self._store.path.parent.glob(f"{self._store.path.name}.spill-*")):
            if path.name.endswith(".part"):
                continue
            try:
                stored = json.loads(path.read_text(encoding="utf-8"))
                if stored["login"] != self._crm.viewer.login:
                    continue
                known = self.find(stored["command"], stored["subject"])
                if known is None or known.payload != stored["payload"]:
                    saved = self.save(
                        stored["command"],
                        stored["subject"],
                        stored["payload"],
                        stored["cursor"],
                        stored["text"],
                    )
                    if saved.id == 0:
                        continue
                    taken += 1
            except (OSError, ValueError, KeyError):
                continue  # half-written or foreign: left where it lies, `doctor` names it
            with contextlib.suppress(OSError):
                path.unlink()
        return taken
