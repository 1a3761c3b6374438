"""CPF and CNPJ: check digits, the unmasked form that is stored, the mask that is shown.

Rules: FEATURES.md E34. A CNPJ may hold letters since July 2026 (IN RFB 2229/2024): a character counts as
its ASCII code minus 48, modulus 11, and the two check digits stay numeric. Standard library only; knows
nothing of who bears a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_tui.domain.party import DocumentKind

_MASK = re.compile(r"[.\-/\s]")
_CPF = re.compile(r"[0-9]{11}")
_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")


@dataclass(frozen=True, slots=True)
class TaxId:
    """A valid CPF or CNPJ; `number` is without mask, letters in upper case: 11 or 14 characters."""

    number: str
    kind: DocumentKind


def tax_id(text: str) -> TaxId | None:
    """The valid CPF or CNPJ that `text` is, with or without mask, or None.

    Only dots, hyphens, slashes and blanks count as mask: any other sign (`=`, `_`) is a typing error that
    must not be swallowed. Repeated digits (`111.111.111-11`) pass the modulus and are invalid all the same.
    """
    number = _MASK.sub("", text).upper()
    if _CPF.fullmatch(number):
        kind, body, widest = DocumentKind.CPF, number[:9], 11
    elif _CNPJ.fullmatch(number):
        kind, body, widest = DocumentKind.CNPJ, number[:12], 9
    else:
        return None
    if len(set(number)) == 1 or number != with_check_digits(body, widest):
        return None
    return TaxId(number, kind)


def with_check_digits(body: str, widest: int) -> str:
    """`body` and its two check digits; weights run 2, 3 … `widest` from the right and begin anew."""
    for _ in range(2):
        total = sum((ord(c) - 48) * (2 + i % (widest - 1)) for i, c in enumerate(reversed(body)))
        body += str(-total % 11 % 10)
    return body
