"""`crm-tui ssh-line`: two keys are two operators on one account, through a real sshd where there is one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.blackbox.conftest import PROGRAM, Ask
from tests.tools.loopback import asked as ssh_words
from tests.tools.loopback import key, lacking, served
from tests.tools.term import Term

USAGE = 2
pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())


class Service(NamedTuple):
    """Comes in as somebody, asking for these words at the other end; `port` is the server's."""

    come: Callable[..., Term]
    run: Callable[..., subprocess.CompletedProcess[str]]
    port: int


@pytest.fixture
def service(demo_db: Path, env: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    keys = {login: key(tmp_path / login) for login in ("ana", "beto")}
    lines = [
        subprocess.run(
            [PROGRAM, "--db", demo_db, "--as", "admin", "ssh-line", login, own.with_suffix(".pub")],
            env={**env, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for login, own in keys.items()
    ]
    authorized = tmp_path / "authorized_keys"
    authorized.write_text("".join(lines))
    there = {name: value for name, value in env.items() if name != "TERM"}
    with served(tmp_path, authorized, there) as port:

        def come(login: str, *words: str) -> Term:
            return Term(["ssh", "-tt", *ssh_words(port, keys[login]), *words], size=(80, 24), deadline=60)

        def run(
            login: str, *asked: str, options: tuple[str, ...] = (), given: str = ""
        ) -> subprocess.CompletedProcess[str]:
            words = ["ssh", *options, *ssh_words(port, keys[login]), *asked]
            return subprocess.run(words, capture_output=True, text=True, timeout=60, input=given)

        yield Service(come, run, port)


def test_each_key_is_its_operator_with_accents_another_size_and_a_save(service: Service, asked: Ask) -> None:
    with service.come("ana") as ana, service.come("beto") as beto:
        ana.wait("Restaurante Dona")
        ana.wait("ana ")
        beto.wait("beto ")
        ana.resize(60, 20)
        ana.wait("1 Hoje")
        ana.type("pFalei com a Benta: não é já, amanhã às três.\t1\tseg 14h")
        ana.wait("seg 23/11 14:00")
        ana.send("ctrl+s")
        ana.wait("gravado")
    story = str(asked("history", "OP-0113"))
    assert "Falei com a Benta: não é já, amanhã às três." in story
    assert "'ana'" in story


def test_no_other_command_is_run_and_nothing_is_forwarded(service: Service, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    refused = service.run("ana", f"touch {proof}; id")
    assert refused.returncode == USAGE
    assert "put" in refused.stderr
    assert not proof.exists()
    through = service.run("ana", options=("-W", f"127.0.0.1:{service.port}"))
    assert through.returncode != 0
    assert "SSH-2.0" not in through.stdout
    back = service.run("ana", options=("-N", "-R", "0:127.0.0.1:9", "-o", "ExitOnForwardFailure=yes"))
    assert back.returncode != 0


def test_a_line_that_is_cut_keeps_what_was_typed_for_that_operator_alone(
    service: Service, asked: Ask
) -> None:
    with service.come("ana") as ana:
        ana.wait("Restaurante Dona")
        ana.type("p")
        ana.wait("Próximo passo")
        ana.type("Metade de uma frase")
        ana.wait("uma frase")
        ana.kill()
    with service.come("ana") as ana:
        ana.wait("¶3")
    assert any(draft["text"] == "Metade de uma frase" for draft in asked("drafts"))


def test_files_come_by_the_inbox_and_nothing_else_of_the_machine_is_reached(
    service: Service, tmp_path: Path, demo_db: Path
) -> None:
    (tmp_path / "segredo.csv").write_text("Nome;Zap\nDe Outro;11 97777-1111\n")
    put = service.run("ana", "put", "clientes.csv", given="Nome;Zap\nGente Nova;11 98888-1212\n")
    assert put.returncode == 0, put
    assert service.run("ana", "put", "clientes.csv", given="x").returncode != 0
    assert service.run("beto", "ls").stdout == ""
    assert "clientes.csv" in service.run("ana", "ls").stdout
    for name in ("../config.toml", "../../../crm.db", "/etc/passwd", "", ".."):
        assert service.run("ana", "get", f"'{name}'").returncode == USAGE
    with service.come("ana") as ana:
        ana.wait("Restaurante Dona")
        ana.type(":importar contatos\r")
        ana.wait("Arquivo")
        ana.type(f"{tmp_path}/segredo.csv\r")
        ana.wait("fora da sua pasta|outside")
        ana.send(*["backspace"] * (len(str(tmp_path)) + 12))
        ana.type("~/clientes.csv\r")
        ana.wait("1 novo")
        ana.send("ctrl+s")
        ana.wait("u desfaz")
    assert service.run("ana", "rm", "clientes.csv").returncode == 0
    own = demo_db.parent / "operators" / "ana"
    assert [each.name for each in (own / "inbox").iterdir()] == []
    assert (own / "inbox").stat().st_mode & 0o077 == 0
