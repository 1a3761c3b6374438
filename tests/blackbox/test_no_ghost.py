"""A program whose event loop is stuck ends some seconds after its line is lost."""

from __future__ import annotations

import sys

from tests.tools.term import Term

STUCK = """
import signal, threading
from crm_tui.screens.core import hangup

signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as if nobody were there to hear it
hangup.GHOST = 0.2
threading.Thread(target=hangup._outlive_no_line, daemon=True).start()
print("stuck", flush=True)
threading.Event().wait()
"""


def test_a_stuck_program_does_not_outlive_its_line() -> None:
    with Term([sys.executable, "-c", STUCK]) as t:
        t.wait("stuck")
        assert t.hang_up() == 0
