"""The verb ssh-line: what stands in `authorized_keys` so that a key opens this program as one operator, and no more."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.session import Session
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text, say


def ssh_line(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(metavar="LOGIN", help=say("the operator whose key it is"))],
    keyfile: Annotated[Path, typer.Argument(metavar="FILE", help=say("their public key, a .pub file"))],
) -> None:
    """Print the line of authorized_keys by which an operator comes in by ssh, as themselves and nowhere else."""
    from crm_tui.connectors import files
    from crm_tui.domain import ssh_key
    from crm_tui.services.access import views

    session: Session = ctx.obj
    crm = session.crm()
    wanted = login.strip().casefold()
    who = next((user.login for user in crm.read(views.users) if user.login.casefold() == wanted), None)
    if who is None:
        told = {"login": login.strip()}
        raise Failure(Status.MISSING, Text("There is no active operator {login}: add them first.", told))
    try:
        content = files.read(files.located(str(keyfile)), session.path)
    except files.FileFault as fault:
        raise _wrong(fault.reason) from None
    key = ssh_key.read(content.decode("utf-8", "replace"))
    if isinstance(key, Text):
        raise _wrong(key)
    line = ssh_key.line(key, [_program(), "--db", str(session.path.resolve()), "--as", who, "--service"], who)
    if isinstance(line, Text):
        raise _wrong(line)
    session.show(
        {"login": who, "kind": key.kind, "fingerprint": key.fingerprint, "line": line},
        [line],
        lambda: out.line(line),
    )


def _wrong(reason: Text) -> Failure:
    return of_refusal(Refusal(reason, RefusedBy.INPUT))


def _program() -> str:
    """Where this program lies, as a line that is run from elsewhere has to name it."""
    return str(Path(sys.argv[0]).absolute())


VERBS: Mapping[str, Callable[..., int | None]] = {"ssh-line": ssh_line}
