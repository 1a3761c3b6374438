"""An ssh line to this machine: a real sshd on a loopback port, one key, and a program at the other end."""

from __future__ import annotations

import contextlib
import getpass
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.tools.term import Term

SSHD: Final = shutil.which("sshd") or "/usr/sbin/sshd"
_OWN = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes")


def lacking() -> str:
    """What this machine has not that an ssh line needs; empty if it has everything."""
    return "" if Path(SSHD).exists() and shutil.which("ssh") else "there is no sshd on this machine"


@contextlib.contextmanager
def loopback(
    folder: Path,
    command: Sequence[str | Path],
    env: Mapping[str, str],
    *,
    size: tuple[int, int] = (80, 24),
    deadline: float = 60,
) -> Iterator[Callable[[], Term]]:
    """Opens the command at the other end of an ssh connection to this machine; keys are made in `folder`.

    RuntimeError if the server does not come up.
    """
    host, own = _key(folder / "host"), _key(folder / "own")
    with contextlib.suppress(PermissionError):  # only root's sshd asks for it
        Path("/run/sshd").mkdir(exist_ok=True)
    told = {
        "ListenAddress": f"127.0.0.1:{(port := _free_port())}",
        "AuthorizedKeysFile": own.with_suffix(".pub"),
        "StrictModes": "no",
        "PermitRootLogin": "yes",
        "UsePAM": "no",
        "PidFile": "none",
    }
    there = {**env, "PATH": "/usr/bin:/bin"}
    program = shlex.join(["env", *(f"{k}={v}" for k, v in there.items()), *map(str, command)])
    asked = [*_options(_OWN), "-F", "none", "-tt", "-q", "-p", str(port), "-i", own]

    def opening() -> Term:
        where = ["ssh", *asked, f"{getpass.getuser()}@127.0.0.1", program]
        return Term(where, size=size, deadline=deadline)

    server = [SSHD, "-D", "-e", "-f", "/dev/null", "-h", host]
    with subprocess.Popen(
        [*server, *_options(f"{key}={value}" for key, value in told.items())], stderr=subprocess.PIPE
    ) as running:
        assert running.stderr is not None
        try:
            if not any(b"listening" in said for said in iter(running.stderr.readline, b"")):
                raise RuntimeError("sshd did not come up")
            yield opening
        finally:
            running.terminate()


def _options(values: Iterable[str]) -> list[str]:
    return [word for value in values for word in ("-o", value)]


def _key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
