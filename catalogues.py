"""Keep the catalogues in step with the code: what `make texts`, the build and the catalogue test ask.

    python catalogues.py           update every catalogue from the code, and compile it
    python catalogues.py compile   compile only

Extraction is declared here once. A catalogue is written so that a change of code changes only the entries it
concerns: sorted by message id, without places in the code, without a date, without obsolete entries, and a
message id that is new starts empty (a guessed translation is worse than none). Must not know the program.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "crm_tui"
LOCALES = PACKAGE / "i18n" / "locale"
KEYWORDS: dict[str, tuple[str, ...]] = {
    "N_": ("id",),
    "Text": ("id",),
    "say": ("id",),
    "say_n": ("id", "plural"),
    "text_n": ("id", "plural"),
    "C_": ("context", "id"),
    "say_in": ("context", "id"),
}
"""What the first arguments of each call are."""


def extracted(package: Path = PACKAGE) -> Catalog:
    """Every message id the code of `package` marks, as a template without translations.

    Read from the syntax tree: Babel's own reader works on tokens, to which, before Python 3.12, an f-string is
    one string, so that a call within one went unseen.
    """
    template = Catalog(domain="crm", project="crm-tui")
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes(), str(file))):
            if isinstance(node, ast.Call) and (meant := KEYWORDS.get(_name(node.func))):
                given = dict(zip(meant, map(_constant, node.args), strict=False))
                msgid, plural = given.get("id"), given.get("plural")
                if msgid and None not in given.values():
                    template.add((msgid, plural) if plural else msgid, context=given.get("context"))
    return template


def _name(called: ast.expr) -> str:
    """`say` of both `say(…)` and `i18n.say(…)`."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _constant(node: ast.expr) -> str | None:
    """The text written there; None where something else stands."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def read(path: Path, locale: str) -> Catalog:
    """The catalogue as it stands on disk; a file that is not there yet is an empty catalogue."""
    if not path.exists():
        return Catalog(locale=locale, domain="crm")
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="crm")


def written(catalogue: Catalog) -> bytes:
    """The bytes of a catalogue file: the head that gettext needs, then the sorted entries."""
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(
        body, catalogue, width=0, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True
    )
    return head.encode() + body.getvalue()


def translated(message: Message) -> bool:
    """Whether every form of the message has its words; a fuzzy one is not compiled, and so has none."""
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(forms) and not message.fuzzy


def update(path: Path, locale: str, template: Catalog) -> list[str]:
    """Write the catalogue at `path` anew from the template; the message ids still without translation."""
    catalogue = read(path, locale)
    catalogue.update(template, no_fuzzy_matching=True)
    path.write_bytes(written(catalogue))
    return [str(message.id) for message in catalogue if message.id and not translated(message)]


def compile_catalogues(locales: Path = LOCALES) -> list[Path]:
    """The `.mo` beside every `.po`, written anew where it differs; a catalogue that cannot be read raises.

    No date goes in, so that the same catalogue makes the same bytes and an unchanged file is left alone.
    """
    compiled = []
    for po in sorted(locales.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parent.parent.name, abort_invalid=True)
        catalogue.creation_date = catalogue.revision_date = datetime.fromtimestamp(0, UTC)
        made = io.BytesIO()
        write_mo(made, catalogue)
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != made.getvalue():
            fresh = mo.with_suffix(".mo.new")
            fresh.write_bytes(made.getvalue())
            fresh.replace(
                mo
            )  # a program that starts meanwhile reads the old or the new one, never half of one
        compiled.append(mo)
    return compiled


def main(arguments: list[str]) -> int:
    """See the module's docstring; status 1 when a catalogue lacks a translation, which is then named."""
    if arguments == ["compile"]:
        compile_catalogues()
        return 0
    template = extracted()
    empty: list[str] = []
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/crm.po")):
        locale = path.parent.parent.name
        empty += [f"{locale}: {msgid}" for msgid in update(path, locale, template)]
    compile_catalogues()
    sys.stdout.write("".join(f"no translation: {line}\n" for line in empty))
    sys.stdout.write(f"{len(template)} message ids, {len(empty)} without translation\n")
    return 1 if empty else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
