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
    own = key(folder / "own")
    there = {**env, "PATH": "/usr/bin:/bin"}
    program = shlex.join(["env", *(f"{k}={v}" for k, v in there.items()), *map(str, command)])
    with served(folder, own.with_suffix(".pub")) as port:

        def opening() -> Term:
            return Term(["ssh", "-tt", *asked(port, own), program], size=size, deadline=deadline)

        yield opening


@contextlib.contextmanager
def served(folder: Path, authorized: Path, env: Mapping[str, str] | None = None) -> Iterator[int]:
    """The port of an sshd on this machine that lets in whom the file `authorized` names; `env` is what programs find at
    the other end. RuntimeError if it does not come up."""
    host = key(folder / "host")
    with contextlib.suppress(PermissionError):  # only root's sshd asks for it
        Path("/run/sshd").mkdir(exist_ok=True)
    told = {
        "ListenAddress": f"127.0.0.1:{(port := _free_port())}",
        "AuthorizedKeysFile": authorized,
        "StrictModes": "no",
        "PermitRootLogin": "yes",
        "UsePAM": "no",
        "PidFile": "none",
    } | ({"SetEnv": " ".join(f"{k}={v}" for k, v in env.items())} if env else {})
    server = [SSHD, "-D", "-e", "-f", "/dev/null", "-h", host]
    with subprocess.Popen(
        [*server, *_options(f"{name}={value}" for name, value in told.items())], stderr=subprocess.PIPE
    ) as running:
        assert running.stderr is not None
        try:
            if not any(b"listening" in said for said in iter(running.stderr.readline, b"")):
                raise RuntimeError("sshd did not come up")
            yield port
        finally:
            running.terminate()


def asked(port: int, own: Path) -> list[str | Path]:
    """What `ssh` is told to come in there with this key: options, then the account."""
    where = f"{getpass.getuser()}@127.0.0.1"
    return [*_options(_OWN), "-F", "none", "-q", "-p", str(port), "-i", own, where]


def _options(values: Iterable[str]) -> list[str]:
    return [word for value in values for word in ("-o", value)]


def key(path: Path) -> Path:
    """A new key, its public part beside it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
