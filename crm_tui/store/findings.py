"""One line of what `doctor` found; apart from the looking, so that naming it loads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.i18n import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is a stable name for scripts, `detail` what was found and, if it is wrong, what to do."""

    check: str
    ok: bool
    detail: Text
