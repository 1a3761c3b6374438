"""The program over a line that may go: job 1 and a lost connection, through a real sshd where there is one."""

from __future__ import annotations

import contextlib
import getpass
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.blackbox.conftest import PROGRAM, Ask
from tests.tools.term import Term

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
pytestmark = pytest.mark.skipif(
    not (Path(SSHD).exists() and shutil.which("ssh")), reason="there is no sshd on this machine"
)
OWN = (
    "-F",
    "none",
    "-o",
    "StrictHostKeyChecking=no",
    "-o",
    "UserKnownHostsFile=/dev/null",
    "-o",
    "BatchMode=yes",
)


def _key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def line(demo_db: Path, env: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Term]]:
    """Opens the program at the other end of an ssh connection to this machine."""
    host, own = _key(tmp_path / "host"), _key(tmp_path / "own")
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
    options = [word for key, value in told.items() for word in ("-o", f"{key}={value}")]
    there = {**env, "PATH": "/usr/bin:/bin"}
    program = shlex.join(["env", *(f"{k}={v}" for k, v in there.items()), str(PROGRAM), "--db", str(demo_db)])

    def opening() -> Term:
        where = ["-tt", "-q", "-p", str(port), "-i", own, f"{getpass.getuser()}@127.0.0.1"]
        return Term(["ssh", *OWN, *where, f"{program} --as ana"], size=(80, 24), deadline=60)

    command = [SSHD, "-D", "-e", "-f", "/dev/null", "-h", host, *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        assert any(b"listening" in said for said in iter(server.stderr.readline, b"")), "sshd did not come up"
        yield opening
        server.terminate()


def test_a_contact_is_attended_and_a_lost_line_keeps_the_next_parecer(
    line: Callable[[], Term], asked: Ask
) -> None:
    with line() as t:
        t.wait("Restaurante Dona")
        t.type("pFalei com a Benta.\t1\tseg 14h")
        t.wait("seg 23/11 14:00")
        t.send("ctrl+n")
        t.wait("gravado")
        t.wait("próximo: ")
        t.send("p")
        t.wait("Próximo passo")
        t.type("Metade de uma frase")
        t.wait("uma frase")
        t.kill()
    with line() as t:
        t.wait("¶3")
    assert any(draft["text"] == "Metade de uma frase" for draft in asked("drafts"))
