"""One verb's sitting: the globals, the file they name, and the CRM opened for whoever acts.

Opens nothing before it is asked, so that a verb without a database needs none. Knows no verb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_tui.cli import options, out
from crm_tui.cli.failures import Failure, of_conflict, of_refusal
from crm_tui.cli.options import Options
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal
from crm_tui.i18n import say

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

DEMONSTRATION = "demo.db"
"""Beside the operator's own file, never in it."""


class Session:
    """What every verb is given; close it when the verb is done."""

    def __init__(self, given: Options) -> None:
        self.options = given
        self._crm: Crm | None = None
        self._path: Path | None = None
        self._acting: str | None = None

    @property
    def named(self) -> Path | None:
        """The file that was named, or None: the default one."""
        return options.database(self.options)

    @property
    def path(self) -> Path:
        """The database of this sitting."""
        from crm_tui.bootstrap import default_path

        return self._path or self.named or default_path()

    @property
    def demonstration(self) -> Path:
        """Where the demonstration lies: the file that `--db` names, or one beside the operator's own."""
        return self.path if self.options.db else self.path.with_name(DEMONSTRATION)

    def turn_to(self, path: Path, acting: str) -> None:
        """Work on this file from now on, as this operator unless `--as` names another."""
        self.close()
        self._path, self._acting = path, acting

    def crm(self) -> Crm:
        """The CRM, opened once; `StoreRefused` or `NotAUser` as from bootstrap."""
        if self._crm is None:
            from crm_tui.bootstrap import open_crm

            self._crm = open_crm(self.path, self.options.login or self._acting)
        return self._crm

    def close(self) -> None:
        """Let go of the file, if it was opened."""
        if self._crm is not None:
            self._crm.store.close()
            self._crm = None

    def show(self, document: Any, refs: Sequence[str], person: Callable[[], None]) -> None:
        """Print an answer once: the JSON document, its REFs alone, or what `person` prints."""
        if self.options.json:
            out.document(document)
        elif self.options.quiet:
            for ref in refs:
                out.line(ref)
        else:
            person()

    def done(self, outcome: Outcome, labels: Mapping[str, str] | None = None, *, words: str = "") -> None:
        """Print what a command answered; a refusal or conflict is the verb's failure.

        `labels`: the message id by which each field is called; `words`: what was done, where the REF of the record
        does not say it.
        """
        if isinstance(outcome, Refusal | Done) and (isinstance(outcome, Refusal) or outcome.note is not None):
            from crm_tui.ui.sentences import told

            crm = self.crm()
            outcome = told(outcome, crm.clock(), crm.viewer.zone)
        if isinstance(outcome, Refusal):
            raise self._refused(outcome)
        if isinstance(outcome, Conflict):
            raise of_conflict(outcome, labels or {})
        document = {
            "ref": outcome.ref,
            "entity": outcome.entity,
            "id": outcome.entity_id,
            "batch": outcome.batch,
            "events": list(outcome.events),
            "repeated": outcome.repeated,
            "note": words or (None if outcome.note is None else say(outcome.note)),
        }
        self.show(
            document,
            [outcome.ref] if outcome.ref else [],
            lambda: out.line(words) if words else _told(outcome),
        )

    def _refused(self, refusal: Refusal) -> Failure:
        """The failure that a refusal is; of gates each missing thing with the command that gives it: for a program as
        a document."""
        failure = of_refusal(refusal)
        from crm_tui.cli import missing

        failure.after = missing.scripts(refusal.fields)
        if refusal.asked:
            found = missing.documents(self.crm(), refusal.asked)
            failure.after = missing.lines(found)
            if self.options.json:
                out.document({"refused": say(failure.reason), "missing": found})
        return failure


def _told(outcome: Done) -> None:
    words = say("Done: {ref} (batch {batch})", ref=outcome.ref or "—", batch=outcome.batch)
    out.line(words if outcome.note is None else f"{words}. {say(outcome.note)}")
