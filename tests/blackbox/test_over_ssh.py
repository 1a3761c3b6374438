"""The program over a line that may go: job 1 and a lost connection, through a real sshd where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.blackbox.conftest import PROGRAM, Ask
from tests.tools.loopback import lacking, loopback
from tests.tools.term import Term

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())


@pytest.fixture
def line(demo_db: Path, env: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Term]]:
    """Opens the program at the other end of an ssh connection to this machine."""
    with loopback(tmp_path, [PROGRAM, "--db", demo_db, "--as", "ana"], env) as opening:
        yield opening


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
