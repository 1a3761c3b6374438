"""What makes two records the same person: the keys of an e-mail, a name, a phone, a tax id.

Each key is compared for equality; which keys count, and whether a match blocks or warns, is said by the
rules of duplicates (FEATURES.md M38, M70). Standard library only; knows nothing of the store.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from crm_tui.domain.phone import phone, phone_keys, reversed_digits
from crm_tui.domain.taxid import TaxId, tax_id
from crm_tui.domain.text import fold

__all__ = [
    "TaxId",
    "email",
    "keys_of",
    "name_key",
    "phone",
    "phone_keys",
    "reversed_digits",
    "tax_id",
]

_IN_BRACKETS = re.compile(r"<([^<>]+)>$")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@(?:\w(?:[\w-]{0,61}\w)?\.)+\w(?:[\w-]{0,61}\w)")
_LOCAL_MAX, _EMAIL_MAX = 64, 254  # RFC 5321, 4.5.3.1
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset({"a", "o", "e", "da", "das", "de", "do", "dos", "di", "du"})
_LEGAL_FORMS = frozenset(
    {"ltda", "me", "epp", "mei", "eireli", "sa", "ss", "slu", "cia", "inc", "llc", "ltd"}
)


def email(text: str) -> str | None:
    """The address in its one form (lower case, no blanks, no display name, no `mailto:`), or None.

    Judges the shape only, not whether a mailbox is there. The local part is put into lower case too: the
    standard lets a server tell `Ana@` from `ana@`, none in use does.
    """
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = text.strip()
    bracketed = _IN_BRACKETS.search(text)
    address = (
        (bracketed.group(1) if bracketed else text).strip().lower().removeprefix("mailto:").rstrip(" ;,.")
    )
    local = address.partition("@")[0]
    if not _EMAIL.fullmatch(address) or len(local) > _LOCAL_MAX or len(address) > _EMAIL_MAX:
        return None
    if ".." in address or local.startswith(".") or local.endswith("."):
        return None
    return address


def keys_of(points: Iterable[str]) -> list[str]:
    """The forms under which any of these normalised points may be known."""
    return [key for point in points for key in phone_keys(point)]


def name_key(name: str) -> str:
    """A name without accents, case, punctuation, small words and legal forms.

    `José da Silva` and `JOSE SILVA` are one key, so are `Padaria Pão & Cia. Ltda - ME` and `padaria pao`;
    a name that consists of such words alone keeps them. Empty if it has no letter or digit.
    """
    folded = re.sub(r"\bs\s*[./]\s*(?=[as]\b)", "s", fold(name))
    words = _WORD.findall(folded)
    telling = [w for w in words if w not in _SMALL_WORDS]
    while len(telling) > 1 and telling[-1] in _LEGAL_FORMS:
        telling.pop()
    return " ".join(telling or words)
