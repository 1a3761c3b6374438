"""One write refused by the disk, one kill at a write: done as a whole, or not at all. (`make faults` plays them all)"""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.tools import refusals
from tests.tools.refusals import KILL, Base

pytestmark = pytest.mark.skipif(bool(refusals.lacking()), reason=refusals.lacking())
EVERY = {"comentário": 17, "mover": 29, "pessoa": 29}


@pytest.fixture
def base(demo_db: Path, env: dict[str, str]) -> Base:
    return Base(demo_db, "ana", "OP-0113", {**env, "PATH": "/usr/bin:/bin"})


@pytest.mark.parametrize(
    ("name", "kind"), [("comentário", KILL), ("mover", "error=ENOSPC"), ("pessoa", "error=EIO")]
)
def test_a_call_that_fails_leaves_nothing_half_done(base: Base, tmp_path: Path, name: str, kind: str) -> None:
    played, faults = refusals.turns(base, tmp_path, [name], [kind], 130, EVERY[name])
    assert faults == []
    assert played > 3


@pytest.mark.parametrize(
    ("status", "said", "done", "wrong"),
    [
        (0, "", False, "said to be done"),
        (7, "no room", True, "said not to be done"),
        (7, "", False, "ended with 7 and no word"),
        (1, "This is a fault of ours", False, "our fault"),
    ],
)
def test_the_check_sees_an_answer_that_does_not_fit(status: int, said: str, done: bool, wrong: str) -> None:
    answer = CompletedProcess([], status, "", said)
    assert [each.startswith(wrong) for each in refusals.of_the_answer(answer, done=done)] == [True]
