"""The service mode at the far end of an ssh line: who comes in, what is scrubbed, what may be asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_tui.cli import service
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.options import Options
from crm_tui.connectors import files
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process is one operator's; the tests are many."""
    monkeypatch.setattr(files, "_confined", None)
    monkeypatch.chdir(tmp_path)


def environment(asked: str = "ls") -> dict[str, str]:
    told = {"EDITOR": "vi", "PYTHONPATH": "/tmp", "TEXTUAL_PRESS": "q", "LD_PRELOAD": "x.so", "PAGER": "less"}
    return {**told, "HOME": "/root", "LANG": "pt_BR.UTF-8", "TERM": "xterm", service.ASKED: asked}


def test_the_environment_is_scrubbed_and_home_and_settings_are_the_operators_own(demo_db: Path) -> None:
    environ = environment()
    assert service.run(Options(db=str(demo_db), login="ana", service=True), [], environ) == Status.DONE
    own = demo_db.parent.resolve() / "operators" / "ana"
    assert environ == {
        "HOME": str(own / "inbox"),
        "CRM_TUI_CONFIG": str(own / "config.toml"),
        "LANG": "pt_BR.UTF-8",
        "TERM": "xterm",
        service.ASKED: "ls",
    }


@pytest.mark.parametrize(
    "asked",
    ["sh", "put", "put a b", "get", "rm", "ls -la", "scp -t .", "do add_user", "'", "put ../a", "get ''"],
)
def test_what_else_is_asked_for_is_refused(demo_db: Path, asked: str) -> None:
    with pytest.raises(Failure) as failure:
        service.run(Options(db=str(demo_db), login="ana", service=True), [], environment(asked))
    assert failure.value.status == Status.USAGE


@pytest.mark.parametrize("login", [None, "", " ", "../ana", ".ana", "ana/beto", "a\nb"])
def test_a_login_that_is_none_is_refused_before_a_folder_is_made(demo_db: Path, login: str | None) -> None:
    with pytest.raises(Failure):
        service.run(Options(db=str(demo_db), login=login, service=True), [], environment())
    assert not (demo_db.parent / "operators").exists()


def test_who_is_no_operator_gets_no_folder(demo_db: Path) -> None:
    with pytest.raises(Exception, match="zeca"):
        service.run(Options(db=str(demo_db), login="zeca", service=True), [], environment())
    assert not (demo_db.parent / "operators").exists()


def test_doctor_names_the_mode_and_what_it_holds_against(demo: Run, demo_db: Path) -> None:
    def told() -> str:
        found = demo("doctor", "--json").json
        return str(next(each["detail"] for each in found if each["check"] == "mode"))

    assert told().startswith("single user")
    (demo_db.parent / "operators" / "ana").mkdir(parents=True)
    assert told().startswith("service")
    demo_db.chmod(0o660)
    assert told().startswith("shared file")


def test_what_is_no_file_of_ones_own_is_not_handed_out(
    demo_db: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A pipe that nobody writes to, a device, a link of either kind: none hangs, none gives anything."""
    asked = Options(db=str(demo_db), login="ana", service=True)
    service.run(asked, [], environment())
    inbox = demo_db.parent / "operators" / "ana" / "inbox"
    secret = demo_db.parent / "segredo.csv"
    secret.write_text("Nome\nDe Outro\n")
    os.mkfifo(inbox / "pipe")
    (inbox / "null").symlink_to("/dev/zero")
    (inbox / "soft").symlink_to(secret)
    (inbox / "hard").hardlink_to(secret)
    for name in ("pipe", "null", "soft", "hard", "none"):
        with pytest.raises(Failure):
            service.run(asked, [], environment(f"get {name}"))
    assert b"De Outro" not in capsysbinary.readouterr().out
