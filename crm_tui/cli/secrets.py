"""What is secret on the command line: asked at the terminal without showing it, or a line each of standard input.

Never an argument: the shell's history and the machine's list of processes would keep it. Knows no verb.
"""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Iterable, Mapping

from crm_tui.cli.failures import Failure, Status
from crm_tui.domain.fields import FieldSpec, Widget
from crm_tui.i18n import Text, say


def of(specs: Iterable[FieldSpec], given: Mapping[str, str]) -> dict[str, str | bytes]:
    """The secret fields of a command, in their order; a `Failure` (2) if one was given as an argument."""
    secret = [spec for spec in specs if spec.widget is Widget.SECRET]
    for spec in secret:
        if spec.name in given:
            facts = {"option": f"--{spec.name}"}
            raise Failure(
                Status.USAGE,
                Text(
                    "{option} is never an argument, where others can read it: leave it out, it is asked.",
                    facts,
                ),
            )
    return {spec.name: ask(Text(spec.label)) for spec in secret}


def ask(label: Text) -> str:
    """One secret: at a terminal without an echo, else the next line of standard input (empty at its end)."""
    if not sys.stdin.isatty():
        return sys.stdin.readline(1024).rstrip("\r\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(f"{say(label)}: ")
        except getpass.GetPassWarning:
            reason = Text("This terminal would show what is typed: give it on standard input.")
            raise Failure(Status.TERMINAL, reason) from None
