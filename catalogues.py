"""Keep the catalogues in step with the code: what `make texts`, the build and the catalogue test ask.

    python catalogues.py           update every catalogue from the code, and compile it
    python catalogues.py compile   compile only

Extraction is declared here once. A catalogue is written so that a change of code changes only the entries it
concerns: sorted by message id, without places in the code, without a date, without obsolete entries, and a
message id that is new starts empty (a guessed translation is worse than none). Must not know the program.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "crm_tui"
LOCALES = PACKAGE / "i18n" / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "N_": None,
    "Text": None,
    "say": None,
    "say_n": (1, 2),
    "C_": ((1, "c"), 2),
    "say_in": ((1, "c"), 2),
}


def extracted(package: Path = PACKAGE) -> Catalog:
    """Every message id the code of `package` marks, as a template without translations."""
    template = Catalog(domain="crm", project="crm-tui")
    found = extract_from_dir(package, [("**.py", "python")], {}, KEYWORDS, strip_comment_tags=True)
    for _file, _line, msgid, _comments, context in found:
        if msgid:  # the empty one is the head of the catalogue
            template.add(msgid, context=context)
    return template


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
    """Whether every form of the message has its words."""
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(forms)


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
