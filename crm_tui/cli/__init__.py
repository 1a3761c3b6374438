"""The program `crm-tui`: the bare program opens the screen, a verb answers and ends.

Thin, and the first thing a start pays for: the bare program, `--help` and `--version` are read by hand; Typer
and the file of one group of verbs are loaded only when that group is asked. (DESIGN §5)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from crm_tui import __version__
from crm_tui.cli import failures, options, out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.options import Options
from crm_tui.i18n import Text, language_from_environment, say, set_language


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the exit status. Never raises, but for what ends the process itself."""
    os.umask(0o077)  # before any file can be made: the database is only its owner's
    _tolerate()
    set_language(language_from_environment())
    try:
        given, words = options.take(sys.argv[1:] if argv is None else argv)
        set_language(given.lang or language_from_environment())
        return _run(given, words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has left (`| head`): nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.DONE
    except Exception as error:
        return _failed(error)


def _tolerate() -> None:
    """Signs that a terminal's encoding lacks are replaced; they must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _run(given: Options, words: list[str]) -> int:
    if given.service:
        from crm_tui.cli import service

        return service.run(given, words)
    if not words:
        from crm_tui.cli import start

        return start.bare(given)
    from crm_tui.cli import help

    first, *rest = words
    if first in ("--help", "-h"):
        out.line(help.overview())
        return Status.DONE
    if first == "--version":
        out.line(f"crm-tui {__version__}")
        return Status.DONE
    verb = help.find(first)
    if verb is None:
        raise Failure(
            Status.USAGE,
            Text("There is no option {option}: see crm-tui --help.", {"option": first})
            if first.startswith("-")
            else Text("There is no verb “{verb}”: see crm-tui --help.", {"verb": first}),
        )
    from crm_tui.cli import verbs

    verb, rest = help.narrowed(verb, rest)
    status = verbs.run(verb, rest, given)
    sys.stdout.flush()
    return status


def _failed(error: Exception) -> int:
    failure = failures.as_failure(error)
    if failure is None:
        from crm_tui.cli import fault

        failure = fault.logged(error)
    told = " ".join(say(text) for text in (failure.reason, failure.remedy) if text is not None)
    out.aside("\n".join((*failure.before, told, *failure.after)))
    return failure.status
