"""The installed program in a real pseudo terminal: typing ahead, kill, hang-up, two operators, clean exit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.blackbox.conftest import PROGRAM, Ask, Terminal


def test_job_1_typed_without_a_pause_files_and_lands_on_the_next_contact(
    terminal: Terminal, asked: Ask
) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.type("pFalei com a Benta. Quer a mesa 5 no teste.\t1\tseg 14h")
        t.wait("seg 23/11 14:00")
        t.send("ctrl+n")
        t.wait("gravado")
        t.wait("próximo: ")
        end = t.quit("ctrl+q")
        assert end.code == 0
        assert end.restored, end
    story = asked("history", "OP-0113")
    assert story[0]["batch"] == story[1]["batch"]
    assert {story[0]["kind"], story[1]["kind"]} == {"note.filed", "activity.planned"}


@pytest.mark.parametrize("ending", ["kill", "hang_up", "end_of_input"])
def test_what_was_typed_survives_a_kill_a_hang_up_and_the_end_of_input(
    terminal: Terminal, ending: str, asked: Ask
) -> None:
    deaf = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh"] if ending == "end_of_input" else []
    with terminal(before=deaf) as t:
        t.wait("Restaurante Dona")
        t.send("p")
        t.wait("Parecer")
        t.type("Metade de uma frase que")
        if ending == "kill":
            t.wait("salvo")  # the autosave's promise: at the latest 2 s after the last key
            t.kill()
        else:
            t.wait("frase que")
            assert t.hang_up() == 0
    drafts = asked("drafts")
    assert any(d["text"] == "Metade de uma frase que" for d in drafts)
    with terminal() as t:
        t.wait("¶3")
        t.send("p")
        t.wait("Metade de uma frase que")
        t.type(" continua")
        t.wait("frase que continua")


def test_two_operators_see_each_others_changes(terminal: Terminal) -> None:
    with terminal("ana", (120, 36)) as ana, terminal("carla", (120, 36)) as carla:
        ana.wait("Restaurante Dona")
        carla.wait("carla")
        ana.send("p")
        ana.wait("Parecer")
        ana.type("Vista por carla.\t1")
        ana.send("ctrl+s")
        ana.wait("gravado")
        carla.send("I")
        carla.wait("Vista por carla.")


def test_nothing_is_written_while_it_rests_and_ctrl_z_never_stops_the_process(
    terminal: Terminal,
) -> None:
    with terminal() as t:
        t.wait("Restaurante Dona")
        t.settle(0.5)
        assert t.idle(2.0) == 0
        t.send("ctrl+z")
        t.wait("Desfeito")
        assert t.quit("ctrl+q").code == 0


def test_without_a_terminal_it_says_so(demo_db: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        [PROGRAM, "--db", demo_db],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 64
    assert len(done.stderr.strip().splitlines()) == 1
