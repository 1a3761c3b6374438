"""The question before something is written: asked where somebody sits at a terminal."""

from __future__ import annotations

import sys


def confirmed(question: str) -> bool:
    """Ask on a terminal; elsewhere nobody can answer, so it is no."""
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "s", "sim")
