"""Whether the tests of the defences bite: each defence is taken out in one line, and a named test must turn red.

    python -m tests.tools.bites [WORD ...]      those that these words name, or all; 1 if one goes unnoticed

Works on this very checkout, which must have no changes in the program: a line is changed, the test is run, the line is
put back, whatever happens meanwhile. A test that stays green without its defence proves nothing.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 180
"""Seconds of one test; one that does not end without its defence has noticed, too."""


class Defence(NamedTuple):
    """A line of the program, what stands there instead without the defence, and the test that must notice."""

    name: str
    file: str
    line: str
    without: str
    test: str


DEFENCES: Final = (
    Defence(
        "the trail's key",
        "store/trail.py",
        "return sha(*parts) if key is None else key.seal(_bytes(*parts))",
        "return sha(*parts)",
        "tests/services/test_sealed_trail.py::test_whoever_has_the_file_without_its_key_cannot_make_the_digests_fit",
    ),
    Defence(
        "once sealed, always sealed",
        "services/core/trail_check.py",
        "if not fits or (sealed and not name) or (strange and known):",
        "if not fits:",
        "tests/services/test_sealed_trail.py::test_whoever_has_the_file_without_its_key_cannot_make_the_digests_fit",
    ),
    Defence(
        "a restored copy is no lie",
        "store/heads.py",
        "found = [earlier for earlier in found if earlier.event < head.event]",
        "pass",
        "tests/services/test_sealed_trail.py::test_a_restored_copy_stands_in_the_trail_and_takes_no_day_s_end_for_a_lie",
    ),
    Defence(
        "begin immediate",
        "store/store.py",
        'connection.execute("BEGIN IMMEDIATE")',
        'connection.execute("BEGIN")',
        "tests/store/test_lock.py::test_a_stranger_who_holds_sqlites_own_lock_is_busy_not_a_fault",
    ),
    Defence(
        "one writer at a time",
        "store/lock.py",
        "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "pass",
        "tests/store/test_lock.py::test_another_program_keeps_us_out_until_the_deadline",
    ),
    Defence(
        "the version that was seen",
        "services/core/merge.py",
        "        if column in base and row[column] != mine:",
        "        if False:",
        "tests/services/test_merge.py::test_in_a_thousand_random_pairs_neither_text_vanishes",
    ),
    Defence(
        "a person who was merged meanwhile",
        "services/core/naming.py",
        'if getattr(command, _seen(type(command)).get(name, ""), None) is not None:',
        "if False:",
        "tests/services/test_merging_people.py"
        "::test_what_was_typed_about_somebody_who_was_merged_meanwhile_is_not_written_over_the_other",
    ),
    Defence(
        "the wall before the terminal",
        "app.py",
        "return [*super().get_line_filters(), WALL]",
        "return [*super().get_line_filters()]",
        "tests/blackbox/test_hostile_texts.py",
    ),
    Defence(
        "texts sanitised where they are stored",
        "store/values.py",
        "    if type(value) is str:\n        return sanitise(value)",
        "    if type(value) is str:\n        return value",
        "tests/store/test_rows.py",
    ),
    Defence(
        "cells that are no formula",
        "domain/text.py",
        'return f"\'{cell}" if cell.startswith(_FORMULA) else cell',
        "return cell",
        "tests/cli/test_cli_export.py",
    ),
    Defence(
        "hang-ups",
        "screens/core/hangup.py",
        "for name in (signal.SIGHUP, signal.SIGTERM):",
        "for name in ():",
        "tests/blackbox/test_main_loop.py",
    ),
    Defence(
        "a program without a line ends",
        "screens/core/hangup.py",
        "    watched.poll()",
        "    threading.Event().wait()",
        "tests/blackbox/test_no_ghost.py",
    ),
    Defence(
        "permission",
        "services/core/door.py",
        "    denied = walled or _denied(ctx, handler, command)",
        "    denied = walled",
        "tests/services/test_permissions.py::test_the_door_answers_as_the_profile_says",
    ),
    Defence(
        "views are asked for their permission",
        "services/core/reading.py",
        "    if denied is not None:\n        raise denied",
        "    if False:\n        raise denied",
        "tests/services/test_permissions.py::test_a_view_without_any_scope_is_denied",
    ),
    Defence(
        "walled boards",
        "services/core/door.py",
        "    walled = rights.barred(ctx, command)",
        "    walled = None",
        "tests/services/test_walled_boards.py",
    ),
    Defence(
        "a request is done once",
        "services/core/door.py",
        "requests.remember(connection, request_id, done)",
        "pass",
        "tests/services/test_door.py",
    ),
    Defence(
        "no change without an event",
        "services/core/door.py",
        "    if ctx.rows.images:\n",
        "    if False:\n",
        "tests/services/test_door.py",
    ),
    Defence(
        "links of the trail",
        "services/core/trail_check.py",
        'if linked and link(previous, event, [c[6] for c in changes], key) != event["digest"]:',
        "if False:",
        "tests/services/test_trail.py",
    ),
    Defence(
        "the live database is never opened",
        "connectors/files.py",
        "    return named or any(",
        "    return False and any(",
        "tests/connectors/test_files.py",
    ),
    Defence(
        "paths stay in the inbox",
        "connectors/files.py",
        "        inside = (real.is_relative_to(_confined) and not _elsewhere_too(real)) or (",
        "        inside = True or (",
        "tests/connectors/test_confined_paths.py",
    ),
    Defence(
        "an environment that tells nobody what to do",
        "cli/service.py",
        "    scrub(environ)\n",
        "",
        "tests/cli/test_cli_service.py",
    ),
)


def main(words: Sequence[str]) -> int:
    """Try the defences that are meant; 1 if a test does not notice."""
    if subprocess.run(["git", "diff", "--quiet", "HEAD", "--", "crm_tui"], cwd=ROOT).returncode:
        print("crm_tui has changes: commit them first, because lines of it are changed and put back.")
        return 2
    meant = [each for each in DEFENCES if not words or any(word in each.name for word in words)]
    quiet = [each for each in meant if not _noticed(each)]
    print(f"{len(meant) - len(quiet)} of {len(meant)} defences are missed when they are gone.")
    return 1 if quiet else 0


def _noticed(each: Defence) -> bool:
    file = ROOT / "crm_tui" / each.file
    whole = file.read_bytes()
    if whole.count(each.line.encode()) != 1:
        print(f"LOST  {each.name}: its line is not in {each.file}, or more than once")
        return False
    began = time.monotonic()
    file.write_bytes(whole.replace(each.line.encode(), each.without.encode()))
    try:
        red = _red(each.test)
    finally:
        file.write_bytes(whole)
    print(
        f"{'ok   ' if red else 'QUIET'} {each.name}: {each.test} ({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    return red


def _red(test: str) -> bool:
    """Whether the test fails, or does not end; one that cannot be collected proves nothing."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", test]
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode == 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
