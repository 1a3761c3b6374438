"""No data reaches a Textual API that parses markup: a lint over the screens, the widgets and the app.

In those APIs a customer called `[@click=app.quit]` would be a button and one called `[/x]` the end of the
program (measured). Allowed are: literals of ours, `plain(...)`, a `Content` that was not made from markup,
and `markup=False` where the API has it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import crm_tui

ROOT = Path(crm_tui.__file__).parent
FILES = sorted(
    path
    for part in ("screens", "widgets", "app.py", "app")
    for path in [ROOT / part, *(ROOT / part).rglob("*.py")]
    if path.suffix == ".py" and path.exists()
)

CLASSES = frozenset(
    [
        "Button",
        "Checkbox",
        "Collapsible",
        "Label",
        "Link",
        "Option",
        "OptionList",
        "RadioButton",
        "RadioSet",
        "Select",
        "Selection",
        "SelectionList",
        "Static",
        "Tab",
        "TabPane",
        "ToggleButton",
        "Tooltip",
        "Tree",
    ]
)
METHODS = frozenset(
    [
        "add_column",
        "add_columns",
        "add_leaf",
        "add_option",
        "add_options",
        "add_row",
        "add_rows",
        "from_markup",
        "notify",
        "set_label",
        "set_options",
    ]
)
TITLES = frozenset(("border_title", "border_subtitle", "tooltip"))
SAFE_CALLS = frozenset(("plain", "Content", "Option", "Selection"))
KEYWORDS = frozenset(("content", "label", "prompt", "title", "message", "renderable"))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _safe(node: ast.expr, known: frozenset[str]) -> bool:
    """Whether an expression can only be a literal of ours or a Content."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.IfExp):
        return _safe(node.body, known) and _safe(node.orelse, known)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(_safe(part, known) for part in node.elts)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return _safe(node.elt, known)
    if isinstance(node, ast.Starred):
        return _safe(node.value, known)
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Attribute) and _name(function.value) == "Content":
            return function.attr != "from_markup"
        return _name(function) in SAFE_CALLS
    return False


def _contents(function: ast.AST) -> frozenset[str]:
    """Names that hold nothing but safe values inside one function; parameters annotated as Content too."""
    values: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            annotated = node.annotation is not None and ast.unparse(node.annotation) == "Content"
            values.setdefault(node.arg, []).append(ast.Constant(0) if annotated else None)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for name in (n.id for n in ast.walk(target) if isinstance(n, ast.Name)):
                    values.setdefault(name, []).append(node.value if isinstance(target, ast.Name) else None)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and isinstance(
            node.target, ast.Name
        ):
            values.setdefault(node.target.id, []).append(node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            for name in (n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)):
                values.setdefault(name, []).append(None)
    return frozenset(
        name for name, held in values.items() if all(v is not None and _safe(v, frozenset()) for v in held)
    )


def _updates_a_widget(call: ast.Call) -> bool:
    """`update` belongs to sets and dicts too: it is a widget's if it was just queried, or is given a text."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "update" or len(call.args) != 1:
        return False
    queried = isinstance(call.func.value, ast.Call) and _name(call.func.value.func).startswith("query")
    given = call.args[0]
    text = isinstance(given, ast.JoinedStr) or (
        isinstance(given, ast.Call)
        and _name(given.func) in ("say", "say_n", "say_in", "str", "format", "join")
    )
    return queried or text


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS)


def _ours(tree: ast.Module) -> frozenset[str]:
    """Names of our own that are called as one of Textual's: the pick field draws its `Option` cell by cell."""
    return frozenset(
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "crm_tui"
        for alias in node.names
    )


def faults(source: str) -> list[tuple[int, str]]:
    """(line, text) of every place where something that may be data is given to an API that parses markup."""
    tree = ast.parse(source)
    parsing = CLASSES - _ours(tree) | METHODS
    found = set()
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    classes = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    deriving = {
        id(function)
        for owner in classes
        if any(_name(base) in CLASSES for base in owner.bases)
        for function in owner.body
    }
    seen: set[int] = set()
    for scope in [*sorted(scopes, key=lambda n: -n.lineno), tree]:
        known = _contents(scope)
        for node in ast.walk(scope):
            if id(node) in seen:
                continue
            if isinstance(node, ast.Call):
                seen.add(id(node))
                called = _name(node.func)
                own = id(scope) in deriving and ast.unparse(node.func) in (
                    *("super().__init__", "self.update", "super().update"),
                )
                if called not in parsing and not own and not _updates_a_widget(node):
                    continue
                if any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in node.keywords):
                    continue
                if called == "from_markup" or not all(_safe(a, known) for a in _arguments(node)):
                    found.add((node.lineno, ast.unparse(node)))
            elif isinstance(node, ast.Assign):
                seen.add(id(node))
                if any(isinstance(t, ast.Attribute) and t.attr in TITLES for t in node.targets) and not _safe(
                    node.value, known
                ):
                    found.add((node.lineno, ast.unparse(node)))
    return sorted(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_data_is_markup(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_there_is_something_to_look_at() -> None:
    assert FILES


@pytest.mark.parametrize(
    "line",
    [
        "Static(name)",
        "Static(f'{name}!')",
        "Label('Name: ' + name)",
        "Button(row.title)",
        "self.notify(say(text))",
        "self.notify(message=text)",
        "choices.add_option(Option(name))",
        "OptionList(*names)",
        "pane.border_title = name",
        "self.query_one('#a', Static).update(name)",
        "line.update(f'{name}')",
        "line.update(say(text))",
        "Static(Content.from_markup(name))",
        "Static('%s' % name)",
        "Label(plain(name) if name else other)",
    ],
)
def test_the_lint_sees(line: str) -> None:
    assert faults(f"def show(name, names, text, row):\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "Static()",
        "Static('Fixed')",
        "Static(plain(name), id='x')",
        "Static(name, markup=False)",
        "Label(Content.assemble(name))",
        "self.notify(plain(say(text)))",
        "found = plain(name); Static(found)",
        "OptionList(*(Option(plain(n)) for n in names))",
        "pane.border_title = plain(name)",
        "counts.update(names)",
        "Button(plain(name) if name else 'None')",
    ],
)
def test_the_lint_lets_pass(line: str) -> None:
    assert faults(f"def show(name, names, text, row):\n    {line}\n") == []


@pytest.mark.parametrize(
    ("origin", "seen"), [("textual.widgets.option_list", 1), ("crm_tui.widgets.pick", 0)]
)
def test_the_lint_tells_our_option_from_textuals(origin: str, seen: int) -> None:
    source = f"from {origin} import Option\ndef show(name):\n    Option(name)\n"
    assert len(faults(source)) == seen


def test_the_lint_looks_into_subclasses() -> None:
    bad = "class Title(Static):\n    def __init__(self, name):\n        super().__init__(name)\n"
    assert faults(bad)
    assert faults(bad.replace("(name)\n", "(plain(name))\n").replace("self, plain(name)", "self, name")) == []
