"""Files of this machine: one read to be attached, an attachment written as a new file. (K28, B42, B43)

The one place that takes a path for that, so that a service that forbids paths has one door to close. Blocks while
it reads and writes: screens call it beside their own thread. Knows nothing of cards.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.i18n import Text

_PIECE = 1 << 20
NOT_TO_BE_HAD = (OSError, ValueError, RuntimeError)
"""What a path raises that leads nowhere: no leave, too long, with a null character, links that go round."""


_confined: Path | None = None
"""The folder that all paths have to lead into; None: anywhere. One for the process, which is one operator's."""


def confine(folder: Path) -> None:
    """From now on no path that somebody types leads out of this folder, whatever links lie in it. (service mode)"""
    global _confined  # noqa: PLW0603 - a process is one operator's from its beginning to its end
    _confined = folder.resolve()


def _elsewhere_too(real: Path) -> bool:
    """Whether a file has a second name, which may be that of anybody's: a link of the kind that no path shows."""
    try:
        facts = real.stat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_nlink > 1


def allowed(path: Path, beside: Path | None = None) -> Path:
    """The path itself if it may be read or made; else `FileFault`. `beside`: so may what lies beside this file, which
    the program names itself."""
    if _confined is None:
        return path
    try:
        real = path.resolve()
        inside = (real.is_relative_to(_confined) and not _elsewhere_too(real)) or (
            beside is not None and real.parent == beside.parent.resolve()
        )
    except NOT_TO_BE_HAD:
        inside = False
    if not inside:
        raise FileFault(
            Text(
                "{path} lies outside of your own folder, and here files come from it and go to it alone: ~ is that "
                "folder.",
                {"path": str(path)},
            )
        )
    return path


class FileFault(Exception):
    """The file cannot be taken or made; `reason` is the sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def located(typed: str) -> Path:
    """The path that somebody typed: `~` is their home; `~nobody` stays, where `Path.expanduser` would raise."""
    return Path(os.path.expanduser(typed.strip()))


def dropped(typed: str) -> Path:
    """The same of a file that is to be read: where there is none of just that name, but one as a shell or a file
    manager would write it, that one was meant. Dropped on a terminal it comes in quotation marks or with `\\ `."""
    path, meant = located(typed), _unquoted(typed.strip())
    if meant is None:
        return path
    try:
        return path if path.exists() or not located(meant).exists() else located(meant)
    except NOT_TO_BE_HAD:
        return path


def _unquoted(text: str) -> str | None:
    """What a shell, or a file manager's address, says in other words; None if this is none of them."""
    if text.startswith("file:///"):
        from urllib.parse import unquote

        return unquote(text.removeprefix("file://"))
    if not set(text) & set("'\"\\"):
        return None
    try:
        words = shlex.split(text)
    except ValueError:  # a quotation mark that is not closed belongs to the name
        return None
    return words[0] or None if len(words) == 1 else None


def read(path: Path, database: Path) -> bytes:
    """A file's contents, at most one byte more than an attachment may have, whatever size it says it has.

    `FileFault` for what is no plain file: opening a pipe that nobody writes to would wait for ever. The live
    database is never opened, because closing it would drop SQLite's locks.
    """
    said = {"path": str(allowed(path))}
    try:
        if is_database(path, database):
            raise FileFault(Text("{path} is the database itself.", said))
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FileFault(Text("There is no file {path}.", said)) from None
    except NOT_TO_BE_HAD as error:
        raise _unreadable(path, error) from None
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise FileFault(Text("{path} is a folder: choose a file in it.", said))
        if not stat.S_ISREG(mode):
            raise FileFault(Text("{path} is a device or a pipe, no file: save it as one first.", said))
        return _bounded(handle)
    except OSError as error:
        raise _unreadable(path, error) from None
    finally:
        os.close(handle)


def _bounded(handle: int) -> bytes:
    pieces: list[bytes] = []
    count = 0
    while count <= ATTACHMENT_LIMIT and (piece := os.read(handle, min(_PIECE, ATTACHMENT_LIMIT + 1 - count))):
        pieces.append(piece)
        count += len(piece)
    return b"".join(pieces)


def reason_of(error: Exception) -> str:
    """What the system says of a path that is not to be had."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _unreadable(path: Path, error: Exception) -> FileFault:
    return FileFault(Text("{path} cannot be read: {why}.", {"path": str(path), "why": reason_of(error)}))


def is_database(path: Path, database: Path) -> bool:
    """Whether this is the live database or one of the files that SQLite keeps beside it."""
    family = [database.with_name(database.name + tail) for tail in ("", "-wal", "-shm", "-journal")]
    named = path.parent.resolve() / path.name in {each.parent.resolve() / each.name for each in family}
    return named or any(part.exists() and path.exists() and path.samefile(part) for part in family)


def save(path: Path, name: str, content: bytes, database: Path) -> Path:
    """Write contents to a new file, as `save_pieces` does."""
    return save_pieces(path, name, (content,), database)


def save_pieces(path: Path, name: str, pieces: Iterable[bytes], database: Path) -> Path:
    """Write contents to a new file that only its owner reads, in a folder under its own name; where it lies.

    Never over a file that is there. What could not be written whole is taken away again.
    """
    target = path
    try:
        target = allowed(path / name if allowed(path).is_dir() else path)
        said = {"path": str(target)}
        if is_database(target, database):
            raise FileFault(Text("{path} is the database itself.", said))
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise _there(target) from None
    except FileNotFoundError:
        raise FileFault(Text("There is no folder {path}.", {"path": str(target.parent)})) from None
    except NOT_TO_BE_HAD as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise _unwritable(target, error) from None
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _unwritable(path: Path, error: Exception) -> FileFault:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return FileFault(
            Text("There is no room left for {path}: make some, then try again.", {"path": str(path)})
        )
    return FileFault(Text("{path} cannot be written: {why}.", {"path": str(path), "why": reason_of(error)}))


def put(path: Path, content: bytes, database: Path, own: Callable[[bytes], bool]) -> Path:
    """Write a file that is written again and again, a feed: over one that is there only if `own` says by its contents
    that it is the same; where it lies. Made beside it and moved into place, so that nobody reads half of one."""
    said = {"path": str(allowed(path))}
    try:
        target = path.resolve()
        if path.is_dir():
            raise FileFault(Text("{path} is a folder: choose a file in it.", said))
        if is_database(target, database):
            raise FileFault(Text("{path} is the database itself.", said))
        if target.exists() and not own(read(target, database)):
            raise FileFault(
                Text("{path} is there already and is no file of this feed: choose another name.", said)
            )
        fresh = target.with_name(f".{target.name[:200]}.{os.getpid()}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise FileFault(Text("There is no folder {path}.", {"path": str(path.parent)})) from None
    except NOT_TO_BE_HAD as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _unwritable(path, error) from None
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return target


def place_for(path: Path, database: Path, *, over: bool) -> Path:
    """The place of a file that is to be made, asked before the work begins: `FileFault` where none can be, or where one
    is and is not to be written `over`."""
    said = {"path": str(allowed(path))}
    try:
        target = path.resolve()
        if path.is_dir():
            raise FileFault(Text("{path} is a folder: choose a file in it.", said))
        if is_database(target, database):
            raise FileFault(Text("{path} is the database itself.", said))
        if not target.parent.is_dir():
            raise FileFault(Text("There is no folder {path}.", {"path": str(target.parent)}))
        if target.exists() and not (over and target.is_file()):
            raise _there(path)
    except NOT_TO_BE_HAD as error:
        raise _unwritable(path, error) from None
    return target


def _there(path: Path) -> FileFault:
    return FileFault(
        Text("{path} is there already, and is not written over: choose another name.", {"path": str(path)})
    )


@contextlib.contextmanager
def made_beside(beside: Path, target: Path, *, over: bool) -> Iterator[IO[bytes]]:
    """A file that only its owner reads, made `beside` its place and moved into it when the block ends well; of one that
    was not finished nothing is left. Not over a file that has come there meanwhile, unless `over`."""
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except NOT_TO_BE_HAD as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not over and target.exists():
            raise _there(target)
        beside.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        beside.unlink(missing_ok=True)
