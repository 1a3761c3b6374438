"""The habits of the house, held by reading the source: sizes, docstrings, honest errors, one name per module.

Every list of exceptions says why; an exception that is no longer needed fails too.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from crm_tui import bootstrap

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crm_tui"
LINES = 400
PUBLIC_METHODS = 25
ALL_METHODS = 40
"""With those that Textual calls by name: `on_...` for an event, `action_...` for a row of the key table."""

EXCUSED = {}
"""Functions in which an error may vanish, and why."""
OPENERS = {
    "crm_tui/cli/__init__.py": "/dev/null in place of a pipe whose reader has gone",
    "crm_tui/cli/inbox.py": "hands out a file of an operator's inbox",
    "crm_tui/cli/fault.py": "the record of our own faults",
    "crm_tui/cli/piped.py": "what another program writes into this one to be imported, as a temporary file",
    "crm_tui/connectors/delimited.py": "reads the file that is imported",
    "crm_tui/connectors/files.py": "reads the file that is attached, writes an attachment to a new one",
    "crm_tui/connectors/objects.py": "reads the JSON that is imported",
    "crm_tui/connectors/sheets.py": "what the file that is imported begins with",
    "crm_tui/connectors/vcards.py": "reads the cards that are imported",
    "crm_tui/connectors/workbook.py": "looks through the workbook that is imported before it is read",
    "crm_tui/services/core/drafts.py": "the spill file beside the database, for when lock or disk is not to be had",
    "crm_tui/store/backup.py": "makes the copy's empty file with mode 0600 before SQLite opens it",
    "crm_tui/store/connect.py": "the mount table, to refuse network disks",
    "crm_tui/store/demo/files.py": "the demonstration's ingredients that ship with the program",
    "crm_tui/store/heads.py": "the trail's end of each day, beside the database",
    "crm_tui/store/lock.py": "the lock file beside the database",
    "crm_tui/store/migrations/steps.py": "the schema's own text",
    "crm_tui/store/schema.py": "the DDL's text; a new database's empty file before SQLite opens it",
    "crm_tui/store/seal.py": "the keys that seal the trail, beside the database",
    "crm_tui/store/shapes.py": "what the row writer knows of the tables, which ships with the program",
    "crm_tui/store/tables/declared.py": "writes that file, for whoever changed a table class",
    "crm_tui/store/starter.py": "the starter set that ships with the program",
    "crm_tui/ui/config.py": "the operator's configuration",
    "crm_tui/ui/teclas.py": "writes docs/teclas.md",
}
"""Who may open files, and which. Nobody opens the live database: closing it would drop SQLite's locks."""


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), named(path))


# --- sizes and words ---------------------------------------------------------------------------


def test_no_module_is_longer_than_one_reads_at_a_sitting() -> None:
    long = {named(p): n for p in sources() if (n := len(p.read_text(encoding="utf-8").splitlines())) > LINES}
    assert long == {}


def test_no_class_offers_more_than_one_can_remember() -> None:
    wide = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                methods = [n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
                public = {m.name for m in methods if not m.name.startswith("_")}
                asked = {name for name in public if not name.startswith(("on_", "action_"))}
                if len(asked) > PUBLIC_METHODS or len(public) > ALL_METHODS:
                    wide[f"{named(path)}:{node.name}"] = len(asked), len(public)
    assert wide == {}


def test_every_module_says_what_it_is_for() -> None:
    """A package's empty `__init__` has nothing to say; every file with code does."""
    assert [named(p) for p in sources() if tree(p).body and not ast.get_docstring(tree(p))] == []


def handlers_run_twice(tree: ast.Module) -> Iterator[str]:
    """Handlers that call the one of a base, which Textual calls, too, class by class."""
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Attribute(ast.Call(func=ast.Name("super")), name)):
                if re.match(r"_?on_(?!event$)", name):
                    yield name


def test_no_handler_runs_twice() -> None:
    found = [
        f"{named(path)}: {name}"
        for path in sources()
        for name in handlers_run_twice(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, f"Textual calls each class's own handler; extend a plain method instead: {found}"


def test_the_check_sees_a_handler_that_runs_twice() -> None:
    text = "class A(B):\n    async def on_mount(self):\n        await super().on_mount()\n"
    assert list(handlers_run_twice(ast.parse(text))) == ["on_mount"]


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = []
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and later.search(token.string):
                found.append(f"{named(path)}:{token.start[0]}: {token.string}")
        found += [f"{named(path)}: docstring" for d in docstrings(tree(path)) if later.search(d)]
    assert found == []


def docstrings(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_no_two_test_files_share_a_name() -> None:
    """Their folders are no packages, so pytest imports them by name: the second one is not collected."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def styled() -> Iterator[str]:
    """The names that a style sheet of ours is made for: of each class that has one, once for each of them."""
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(target, ast.Name) and target.id == "DEFAULT_CSS"
                for line in node.body
                if isinstance(line, ast.Assign)
                for target in line.targets
            ):
                yield node.name


def test_no_two_styled_widgets_share_a_name() -> None:
    """A sheet selects by the bare class name: loaded later, one of two namesakes would lay out the other too."""
    names = list(styled())
    assert names
    assert {name for name in names if names.count(name) > 1} == set()


def test_only_the_command_line_prints() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in sources()
        if not named(path).startswith("crm_tui/cli/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


# --- honest errors -----------------------------------------------------------------------------


def exception_names(node: ast.expr | None) -> set[str]:
    match node:
        case None:
            return {"BaseException"}
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return {name}
        case ast.Tuple(elts=parts):
            return set().union(*(exception_names(part) for part in parts))
    return set()


def swallowed(module: ast.AST) -> Iterator[int]:
    """Lines where an error vanishes: a broad `except` that neither raises nor uses it, or a bare `pass`."""
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            inner = [n for statement in node.body for n in ast.walk(statement)]
            broad = exception_names(node.type) & {"Exception", "BaseException"}
            kept = any(isinstance(n, ast.Raise) for n in inner) or any(
                isinstance(n, ast.Name) and n.id == node.name for n in inner
            )
            empty = all(isinstance(s, ast.Pass | ast.Expr) and not calls(s) for s in node.body)
            if empty or (broad and not kept):
                yield node.lineno
        elif isinstance(node, ast.Call) and exception_names(node.func) == {"suppress"}:
            suppressed = set().union(*map(exception_names, node.args))
            if suppressed & {"Exception", "BaseException"}:
                yield node.lineno


def calls(statement: ast.stmt) -> bool:
    return any(isinstance(n, ast.Call | ast.Await | ast.Yield) for n in ast.walk(statement))


def function_at(module: ast.Module, line: int) -> str:
    """The innermost function around a line."""
    around = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno).name if around else ""


def test_no_error_vanishes() -> None:
    found = {f"{named(p)}:{function_at(tree(p), n)}": n for p in sources() for n in swallowed(tree(p))}
    assert {place: line for place, line in found.items() if place not in EXCUSED} == {}
    assert EXCUSED.keys() - found.keys() == set(), "no longer swallows: take it off the list"


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    a()\nexcept Exception:\n    b()",
        "try:\n    a()\nexcept:\n    return_ = 1",
        "try:\n    a()\nexcept OSError:\n    pass",
        "try:\n    a()\nexcept (ValueError, BaseException) as e:\n    b()",
        "with contextlib.suppress(Exception):\n    a()",
    ],
)
def test_the_check_sees_an_error_that_vanishes(source: str) -> None:
    assert list(swallowed(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    a()\nexcept BaseException:\n    close()\n    raise",
        "try:\n    a()\nexcept Exception as error:\n    tell(error)",
        "try:\n    a()\nexcept OSError:\n    b()",
    ],
)
def test_the_check_lets_honest_handlers_be(source: str) -> None:
    assert not list(swallowed(ast.parse(source)))


# --- nobody opens the live database --------------------------------------------------------------


def has_mode(call: ast.Call) -> bool:
    """Whether a call of `open` says how, as every opening of a file here does."""
    modes = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    said = {keyword.arg for keyword in call.keywords} & {"mode", "encoding", "newline", "errors"}
    return bool(said) or any(set(mode) <= set("rwaxbt+") for mode in modes)


def opened(module: ast.Module) -> Iterator[int]:
    """Lines that open, read, write or copy a file by any of the standard library's names."""
    names = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text"}
    names |= {"copy2", "copyfile", "copyfileobj", "copytree"}
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) if name in names:
                    yield node.lineno
                case ast.Attribute(value=ast.Name(id="session" | "life"), attr="open") if not has_mode(node):
                    pass  # opens a session, or a card of the demonstration
                case ast.Attribute(attr=name) if name in names:
                    yield node.lineno
                case ast.Attribute(value=ast.Name(id="shutil"), attr="copy" | "move"):
                    yield node.lineno


def test_files_are_opened_only_where_it_is_known_which() -> None:
    opening = {named(path) for path in sources() if any(opened(tree(path)))}
    assert opening - OPENERS.keys() == set(), "say in OPENERS which file it is; never the live database"
    assert OPENERS.keys() - opening == set(), "no longer opens a file: take it off the list"


# --- the same name in every layer ------------------------------------------------------------------


SHARED = {
    "base": "what every table has",
    "declared": "all table classes, for the schema and its tests",
    "sight": "which rows of any module a viewer may see",
}
"""Files of a layer that belong to no module, and what they hold."""


def packages(folder: str) -> set[str]:
    return {p.name for p in (PACKAGE / folder).iterdir() if (p / "__init__.py").exists()} - {"core"}


def modules(folder: str) -> set[str]:
    return {p.stem for p in (PACKAGE / folder).glob("*.py")} - {"__init__", *SHARED}


def test_every_module_is_in_the_list_and_has_its_services() -> None:
    assert len(set(bootstrap.MODULES)) == len(bootstrap.MODULES)
    assert packages("services") == set(bootstrap.MODULES)


@pytest.mark.parametrize("folder", ["store/tables", "store/queries"])
def test_a_module_has_one_name_in_every_layer(folder: str) -> None:
    assert modules(folder) - set(bootstrap.MODULES) == set()


def test_what_is_read_has_its_query_and_what_is_asked_its_handler() -> None:
    for module in bootstrap.MODULES:
        parts = {p.stem for p in (PACKAGE / "services" / module).glob("*.py")}
        assert ("commands" in parts) == ("handlers" in parts), module
        if "views" in parts:
            assert module in modules("store/queries"), f"{module} has views without queries"


def places() -> dict[str, str]:
    from crm_tui.places import PLACES

    return {place.name: place.path for place in PLACES}


def test_every_place_leads_to_something_that_is_there() -> None:
    lost = []
    for name, target in places().items():
        module, _, thing = target.partition(":")
        path = PACKAGE.joinpath("screens", *module.split(".")).with_suffix(".py")
        defined = tree(path).body if path.exists() else []
        names = {
            n.name for n in defined if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        if thing not in names:
            lost.append(f"{name}: {target}")
    assert lost == []


def test_every_package_of_screens_is_a_module_and_can_be_reached() -> None:
    reached = {target.split(".")[0] for target in places().values()} - {"core"}
    filled = {
        name for name in packages("screens") if len(list((PACKAGE / "screens" / name).glob("*.py"))) > 1
    }
    assert packages("screens") - {"start"} <= set(bootstrap.MODULES), "start is before there is a database"
    assert filled - reached == set(), "screens that no place leads to"
