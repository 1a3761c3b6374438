"""Our own fault: the traceback goes to a log that only its owner reads, the operator gets a sentence."""

from __future__ import annotations

import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from crm_tui import __version__
from crm_tui.cli.failures import Failure, Status
from crm_tui.i18n import Text


def log_path() -> Path:
    """Where faults are written down."""
    import platformdirs

    return Path(platformdirs.user_log_dir("crm-tui", appauthor=False)) / "crm-tui.log"


def logged(error: BaseException) -> Failure:
    """Write the traceback down; the failure to tell. Where the log cannot be written it goes to a new file
    in the system's temporary folder, and where that fails too, the sentence holds the error itself."""
    told = "".join(traceback.format_exception(error))
    entry = f"--- {datetime.now(UTC).isoformat(timespec='seconds')} crm-tui {__version__}\n{told}"
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _append(path, entry)
    except OSError:
        try:
            descriptor, name = tempfile.mkstemp(prefix="crm-tui-", suffix=".log")
            os.close(descriptor)
            path = Path(name)
            _append(path, entry)
        except OSError:
            last = traceback.format_exception_only(error)[-1].strip()
            return Failure(Status.FAULT, Text("This is a fault of ours: {error}.", {"error": last}))
    return Failure(
        Status.FAULT,
        Text("This is a fault of ours; what happened is written down in {path}.", {"path": str(path)}),
    )


def _append(path: Path, entry: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(entry)
