"""The Portuguese catalogue is whole: every message id of the code, nothing else, with the same parameters.

Also that no sentence reaches a person round the catalogue: what is handed to the calls that show a text is a
message id, never a bare string or an f-string.
"""

from __future__ import annotations

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

import catalogues
from crm_tui import i18n

PORTUGUESE = catalogues.LOCALES / "pt_BR" / "LC_MESSAGES" / "crm.po"
SHOWING = {"notify", "Refusal", "refuse", "Denied", "Static", "Label", "Button", "ask"}
"""Calls whose strings a person reads; what they get is wrapped in one of `catalogues.KEYWORDS`."""


def key(message: Message) -> tuple[str | None, str | tuple[str, ...]]:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def words(message: Message) -> tuple[list[str], list[str]]:
    """The forms of the id and of the translation."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return ids, said


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def portuguese() -> Catalog:
    return catalogues.read(PORTUGUESE, "pt_BR")


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.extracted()


def test_every_message_id_of_the_code_is_there_and_none_is_obsolete(
    portuguese: Catalog, template: Catalog
) -> None:
    have, want = {key(m) for m in entries(portuguese)}, {key(m) for m in entries(template)}
    assert len(want) > 400, "extraction found next to nothing: are the keywords still right?"
    assert sorted(map(str, want - have)) == [], "not in the catalogue: make texts"
    assert sorted(map(str, have - want)) == [], "no longer in the code: make texts"
    assert not portuguese.obsolete


def test_every_entry_is_translated_and_none_is_a_guess(portuguese: Catalog) -> None:
    assert [m.id for m in entries(portuguese) if not catalogues.translated(m)] == []
    assert [m.id for m in portuguese if m.fuzzy and m.id] == []


def test_translations_have_the_parameters_of_their_message_id(portuguese: Catalog) -> None:
    for message in entries(portuguese):
        ids, said = words(message)
        assert parameters(said[-1]) == parameters(ids[-1]), message.id
        for form in said:  # the form for one may spell its number out
            assert parameters(form) <= parameters(ids[-1]), message.id
            assert parameters(form) >= parameters(ids[0]) - {"n"}, message.id


def test_translations_keep_the_blanks_at_their_ends(portuguese: Catalog) -> None:
    for message in entries(portuguese):
        ids, said = words(message)
        for form in said:
            assert form[: len(form) - len(form.lstrip())] == ids[0][: len(ids[0]) - len(ids[0].lstrip())], ids
            assert form[len(form.rstrip()) :] == ids[0][len(ids[0].rstrip()) :], ids


def test_portuguese_counts_nothing_and_one_alike(portuguese: Catalog) -> None:
    assert portuguese.num_plurals == 2
    assert portuguese.plural_expr.strip("()") == "n > 1"
    assert all(len(words(m)[1]) == 2 for m in entries(portuguese) if m.pluralizable)


def test_the_file_is_what_make_texts_would_write(portuguese: Catalog, template: Catalog) -> None:
    portuguese.update(template, no_fuzzy_matching=True)
    assert PORTUGUESE.read_bytes() == catalogues.written(portuguese)


def test_a_compiled_catalogue_says_what_its_source_says(tmp_path: Path, portuguese: Catalog) -> None:
    folder = tmp_path / "pt_BR" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "crm.po").write_bytes(PORTUGUESE.read_bytes())
    [mo] = catalogues.compile_catalogues(tmp_path)
    first = mo.read_bytes(), mo.stat().st_mtime_ns
    catalogues.compile_catalogues(tmp_path)
    assert (mo.read_bytes(), mo.stat().st_mtime_ns) == first, "an unchanged catalogue is not written again"
    with mo.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in entries(portuguese):
        ids, said = words(message)
        if len(ids) == 2:
            assert [compiled.ngettext(ids[0], ids[1], n) for n in (0, 1, 2)] == [said[0], said[0], said[1]]
        elif message.context:
            assert compiled.pgettext(message.context, ids[0]) == said[0]
        else:
            assert compiled.gettext(ids[0]) == said[0]


def test_the_program_speaks_portuguese_once_it_is_built(portuguese: Catalog) -> None:
    before = i18n.language()
    i18n.set_language("pt-BR")
    try:
        assert i18n.say_n("{n} day", "{n} days", 2) == "2 dias"
        assert i18n.say_in("key", "Board") == "Quadro"
    finally:
        i18n.set_language(before)


def test_new_entries_start_empty_and_old_ones_go(tmp_path: Path) -> None:
    po = tmp_path / "crm.po"
    po.write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "Save all"\nmsgstr "Gravar tudo"\n\nmsgid "Gone"\nmsgstr "Foi"\n'
    )
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text(
        'say("Save all")\nsay("Save it all")\nsay_n("{n} row", "{n} rows", 2)\nsay_in("a", "b")\n'
    )
    empty = catalogues.update(po, "pt_BR", catalogues.extracted(package))
    assert len(empty) == 3
    after = catalogues.read(po, "pt_BR")
    found = after.get("Save all")
    assert found is not None
    assert found.string == "Gravar tudo"
    assert after.get("Gone") is None
    assert after.get("b", context="a") is not None
    assert "Gone" not in po.read_text()


def test_a_text_within_an_f_string_is_found_on_every_python(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        """x = f"{say(N_('Not done'))} {i18n.say_in('sign', 'late')} {say(name)}"\n"""
    )
    found = catalogues.extracted(tmp_path)
    assert sorted(key(message)[1] for message in entries(found)) == ["Not done", "late"]
    assert found.get("late", context="sign") is not None


# --- no sentence round the catalogue -------------------------------------------------------------


def name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_sentence(text: str) -> bool:
    return " " in text.strip() and any(c.isalpha() for c in text)


def bare(node: ast.expr) -> str | None:
    """The words a node would show without translation; None if it shows none of its own."""
    match node:
        case ast.Constant(value=str(text)):
            return text if is_sentence(text) else None
        case ast.JoinedStr(values=parts):
            said = "".join(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))
            return said if is_sentence(f"{said} ") and any(c.isalpha() for c in said) else None
        case ast.BinOp(left=left, right=right):
            return bare(left) or bare(right)
        case ast.IfExp(body=one, orelse=other):
            return bare(one) or bare(other)
    return None


def put_together(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=left, right=right):
            return any(isinstance(n, ast.Constant) and isinstance(n.value, str) for n in (left, right))
    return False


def untranslated(source: str, known: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node)
        if name in SHOWING:
            for argument in node.args:
                said = bare(argument)
                if said is not None and said not in known:
                    yield node.lineno, said
        elif name == "say_n" and not all(isinstance(form, ast.Constant) for form in node.args[:2]):
            yield (
                node.lineno,
                "say_n() needs both forms as they stand: no mark keeps them together as a plural",
            )
        elif name == "say_in" and any(isinstance(a, ast.Call) and name_of(a) == "N_" for a in node.args):
            yield node.lineno, "say_in() of a text marked without its context: mark it with C_"
        elif name in catalogues.KEYWORDS:
            for argument in node.args:
                if put_together(argument):
                    yield node.lineno, f"{name}() of a string put together: it cannot be looked up"


def test_no_text_reaches_a_person_round_the_catalogue(template: Catalog) -> None:
    known = {form for message in entries(template) for form in words(message)[0]}
    found = [
        f"{path.relative_to(catalogues.ROOT)}:{line}: {said}"
        for path in sorted(catalogues.PACKAGE.rglob("*.py"))
        for line, said in untranslated(path.read_text(encoding="utf-8"), known)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'self.notify("Nothing was saved")',
        'self.notify(f"{n} rows saved")',
        'refuse("No such card" if a else b)',
        'say(f"{n} rows")',
        'Text("a " + b)',
        'say_n(N_("{n} row"), N_("{n} rows"), 2)',
        'say_in("key", N_("Board"))',
    ],
)
def test_the_check_sees_a_text_that_slipped(source: str) -> None:
    assert list(untranslated(source, set()))


@pytest.mark.parametrize("source", ['self.notify(say("Nothing was saved"))', 'x("not shown")', 'Static("")'])
def test_the_check_lets_honest_calls_be(source: str) -> None:
    assert not list(untranslated(source, set()))


@pytest.mark.parametrize(
    ("language", "one", "many"), [("en", "1 stage", "5 stages"), ("pt-BR", "1 etapa", "5 etapas")]
)
def test_a_text_from_below_the_screens_knows_its_plural(language: str, one: str, many: str) -> None:
    before = i18n.language()
    i18n.set_language(language)
    try:
        said = [i18n.say(i18n.text_n("{n} stage", "{n} stages", n)) for n in (1, 5)]
        within = i18n.say(i18n.Text("{name}", {"name": i18n.text_n("{n} stage", "{n} stages", 1)}))
    finally:
        i18n.set_language(before)
    assert (said, within) == ([one, many], one)


@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_no_text_is_no_words(language: str) -> None:
    """What gettext says for nothing is the header of the catalogue."""
    before = i18n.language()
    i18n.set_language(language)
    try:
        assert i18n.say(i18n.Text("")) == i18n.say("") == ""
    finally:
        i18n.set_language(before)
