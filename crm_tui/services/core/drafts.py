"""The small door of parked forms: saving as one types, resuming, and the spill when lock or disk fail.

A hang-up never waits for a lock: if the draft cannot be stored within a second, it goes to a 0600 file beside
the database, and the next start takes it up. (B45-B47; threats 15 to 17)
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_tui.i18n import Text
from crm_tui.store import drafts
from crm_tui.store.connect import Use
from crm_tui.store.drafts import DraftRow, Saved
from crm_tui.store.errors import NoRoom, StoreRefused
from crm_tui.store.store import Store

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


@dataclass(frozen=True, slots=True)
class _Form:
    """A form as it stands; the fields are the spill file's keys."""

    command: str
    subject: str
    payload: Mapping[str, str]
    cursor: Mapping[str, Any]
    text: str
    copy: int = 0
    rev: int = 0


__all__ = ["DraftRow", "Drafts", "NoRoom", "Saved", "StoreRefused"]


class Drafts:
    """One author's drafts; nobody reads or touches another's."""

    def __init__(self, store: Store, crm: Crm) -> None:
        self._store = store
        self._crm = crm
        self.terminal = f"{os.getpid()}-{os.urandom(3).hex()}"
        self._spilled: set[Path] = set()

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

        If lock or disk are not to be had within a second it is spilled, and `Saved.id` is 0; the next save of
        the same form that succeeds removes the spill file. `NoRoom` if it cannot even be spilled.
        """
        form = _Form(command, subject, payload, cursor, text, copy, rev)
        try:
            saved = self._store_form(form)
        except (StoreRefused, sqlite3.OperationalError):
            self._spill(form)
            return Saved(0, copy, rev)
        self._unspill(command, subject)
        return saved

    def _store_form(self, form: _Form) -> Saved:
        with self._store.writing(Use.DRAFT) as connection:
            return drafts.save(
                connection,
                author_id=self._crm.viewer.user_id,
                command=form.command,
                subject=form.subject,
                payload=form.payload,
                cursor=form.cursor,
                text=form.text,
                terminal=self.terminal,
                now=self._crm.clock(),
                copy=form.copy,
                rev=form.rev,
            )

    def drop(self, draft_id: int) -> bool:
        """Throw a draft away (asked first, because it cannot be undone). `StoreRefused` if lock or disk are not
        to be had."""
        with self._store.writing(Use.DRAFT) as connection:
            return drafts.drop(connection, self._crm.viewer.user_id, draft_id)

    def filed(self, command: str, subject: str, draft_id: int) -> bool:
        """The form became a command: its spill file goes, and its draft (0: none was stored).

        False if lock or disk are not to be had: what was saved is saved, and the draft stands among the others
        until it is discarded there.
        """
        self._unspill(command, subject)
        if draft_id:
            try:
                self.drop(draft_id)
            except (StoreRefused, sqlite3.OperationalError):
                return False
        return True

    def _spill_path(self, command: str, subject: str) -> Path:
        about = re.sub(r"[^\w.-]", "-", subject)
        name = f"{self._store.path.name}.spill-{self.terminal}-{command}-{about}"
        return self._store.path.with_name(name)

    def _spill(self, form: _Form) -> None:
        """One file per form and terminal, rewritten whole and moved into place; `NoRoom` if that fails too."""
        stored = {
            "login": self._crm.viewer.login,
            "command": form.command,
            "subject": form.subject,
            "payload": dict(form.payload),
            "cursor": dict(form.cursor),
            "text": form.text,
            "copy": form.copy,
            "rev": form.rev,
        }
        path = self._spill_path(form.command, form.subject)
        making = path.with_name(path.name + ".part")
        try:
            descriptor = os.open(making, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
                json.dump(stored, file, ensure_ascii=False)
            os.replace(making, path)
        except OSError as error:
            with contextlib.suppress(OSError):  # half a file is of no use to anybody
                making.unlink(missing_ok=True)
            raise NoRoom(
                Text(
                    "What you typed is not on the disk yet ({why}): keep this program open and make room.",
                    {"why": error.strerror or ""},
                )
            ) from error
        self._spilled.add(path)

    def _unspill(self, command: str, subject: str) -> None:
        """What the spill file of this form holds is stored elsewhere by now."""
        path = self._spill_path(command, subject)
        if path in self._spilled:
            path.unlink(missing_ok=True)
            self._spilled.discard(path)

    def take_up_spilled(self) -> int:
        """Bring spilled drafts of this author into the database; how many. Called at the start.

        Over the state that they go on from; into a copy of their own if that was changed since.
        """
        taken = 0
        for path in sorted(self._store.path.parent.glob(f"{self._store.path.name}.spill-*")):
            if path.name.endswith(".part"):
                continue
            try:
                stored = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
                login = stored.pop("login")
                form = _Form(**stored)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue  # of another author, half-written or foreign: left where it lies, `doctor` names it
            if login != self._crm.viewer.login:
                continue
            known = self.find(form.command, form.subject)
            if known is None or known.payload != form.payload:
                try:
                    self._store_form(form)
                except (StoreRefused, sqlite3.OperationalError):
                    continue  # stays where it is until the next start
                taken += 1
            path.unlink(missing_ok=True)
        return taken
