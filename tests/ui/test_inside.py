"""What we use of Textual beyond its promises is all in `ui.inside`, and this Textual has it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textual
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget

import crm_tui
from crm_tui.ui import inside

PACKAGE = Path(crm_tui.__path__[0])
INSIDE = PACKAGE / "ui" / "inside.py"
PROMISED = frozenset({"_replace", "_make", "_asdict", "_exit"})
"""Names with an underscore that the standard library documents: of named tuples and `os`."""


def textuals(named: str) -> type:
    module, _, name = named.partition(":")
    found: type = getattr(importlib.import_module(module), name)
    return found


def has(of: type, name: str) -> bool:
    """Whether the class has it, or gives it to its objects when it makes them."""
    if hasattr(of, name):
        return True
    source = Path(importlib.import_module(of.__module__).__file__ or "").read_text(encoding="utf-8")
    return name in set(stored(ast.parse(source)))


def stored(module: ast.AST) -> Iterator[str]:
    """Names that a module defines: functions, variables, attributes of its objects."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                yield name


@pytest.mark.parametrize(
    ("of", "name"),
    [
        (of, name)
        for table in (inside.REACHED, inside.REPLACED)
        for of, names in table.items()
        for name in names
    ],
)
def test_this_textual_has_what_we_reach_for(of: str, name: str) -> None:
    assert has(textuals(of), name), (
        f"Textual {textual.__version__} has no {of}.{name} any more: see what crm_tui/ui/inside.py needs it for, "
        "and find another way."
    )


def parsed() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def test_nobody_else_reaches_inside() -> None:
    """A private attribute that nothing of ours defines is another library's."""
    modules = parsed()
    ours = PROMISED.union(*(stored(module) for path, module in modules.items() if path != INSIDE))
    reached = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.attr}"
        for path, module in modules.items()
        for node in ast.walk(module)
        if path != INSIDE
        and isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in ours
    ]
    assert reached == [], "put it into crm_tui/ui/inside.py, by a name of ours"


def test_nobody_else_imports_what_is_private() -> None:
    imported = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, module in parsed().items()
        for node in ast.walk(module)
        if path != INSIDE
        and isinstance(node, ast.ImportFrom)
        and (node.module or "").partition(".")[0] in ("textual", "rich")
        and ("._" in (node.module or "") or any(alias.name.startswith("_") for alias in node.names))
    ]
    assert imported == [], "put it into crm_tui/ui/inside.py, by a name of ours"


def subclasses(of: type) -> Iterator[type]:
    for found in of.__subclasses__():
        yield found
        yield from subclasses(found)


def private(of: type) -> set[str]:
    return {name for name in vars(of) if name.startswith("_") and not name.startswith("__")}


def test_what_our_classes_replace_is_written_down() -> None:
    """A private method of the same name as Textual's takes its place, wanted or not."""

    class Bare(Widget):
        pass

    class BareApp(App[Any]):
        pass

    for module in pkgutil.walk_packages(crm_tui.__path__, "crm_tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    everywhere = private(Bare) | private(BareApp)  # what Textual itself gives to every class
    known = {(textuals(of), name) for of, names in inside.REPLACED.items() for name in names}
    replaced = {
        (base, name)
        for ours in set(subclasses(MessagePump))
        if ours.__module__.startswith("crm_tui.")
        for name in private(ours) - everywhere
        for base in ours.__mro__
        if base.__module__.startswith("textual.") and name in vars(base)
    }
    first = {
        (base, name)
        for base, name in replaced
        if not any(
            other is not base and issubclass(other, base) and (other, name) in replaced
            for other, _ in replaced
        )
    }
    assert first == known
