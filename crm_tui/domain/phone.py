"""Phone numbers as Brazilians type them, to E.164 and back: one number, one form, whoever wrote it.

Pure rules of the Brazilian plan (Anatel, Resolução 749/2022) instead of a metadata library, because this
runs for each row of an import and `domain` is standard library only; a test holds the rules against
libphonenumber. Of foreign numbers only the country code and the length are judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from crm_tui.domain.text import digits

_AREA = r"(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])"
AREAS = tuple(f"{n:02}" for n in range(11, 100) if re.fullmatch(_AREA, f"{n:02}"))
"""The 67 area codes of Brazil."""
_MOBILE = re.compile(_AREA + r"9[0-9]{8}")
_PLAIN = re.compile(r"\(?(" + _AREA + r")\)? ?(9[0-9]{4})-?([0-9]{4})")
"""A mobile as most files have it: read at once, to the same number as by all that follows."""
_FILLER, _MASKED_FILLER = "9" * 9, "99999-9999"
_OLD_MOBILE = re.compile(_AREA + r"[689][0-9]{7}")
"""Eight digits, as before 2016; WhatsApp still sends them. The ninth digit is added."""
_TRUNK_RADIO = re.compile(_AREA + r"7[0-9]{7}")
"""Nextel's numbers never got the ninth digit: they stay as they are."""
_LANDLINE = re.compile(_AREA + r"[2-5][0-9]{7}")
_NATIONWIDE = re.compile(r"(?:[3589]00|303)[0-9]{6,7}|4(?:0(?:0[0-9]|20)|370|864)[0-9]{4}|300[0-9]{5}")
"""0800, 0300, 0303, 0500, 0900; 4004, 3003 and the like: no area code."""

_EXTENSION = re.compile(r"(?i)\s*[,;]?\s*(?:\b(?:ramal|ram|extension|ext|r)\b[.: ]*|#)\s*([0-9]{1,6})\s*$")
_SHAPE = re.compile(r"(?:\+|00)?[0-9().\-/\s\u2010-\u2014\u00a0]+")
_OPERATOR = re.compile(r"(?i)\b0\s?xx")
"""`0xx11`: the two x hold the place of a carrier's code."""
_COUNTRY_CODE = re.compile(
    r"1|7"
    r"|2(?:[07]|1[12368]|[2346][0-9]|5[0-8]|9[01789])"
    r"|3(?:[0-469]|5[0-9]|7[0-8]|8[0-35-79])"
    r"|4(?:[013-9]|2[013])"
    r"|5(?:[1-8]|[09][0-9])"
    r"|6(?:[0-6]|7[02-9]|8[0-35-9]|9[0-2])"
    r"|8(?:[1246]|0[08]|5[02356]|7[08]|8[012368])"
    r"|9(?:[0-58]|6[0-8]|7[0-79]|9[2-68])"
)
"""ITU-T E.164, as assigned in 2026."""


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    NATIONWIDE = "nationwide"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Phone:
    """A plausible number; `e164` is `+` and 8 to 15 digits, `extension` the ramal or empty."""

    e164: str
    kind: PhoneKind
    extension: str = ""

    @property
    def shown(self) -> str:
        """As a Brazilian reads it: `(11) 98765-4321`, `0800 123 4567`, `4004-1234`, `+15708097197`."""
        n = self.e164[3:]
        if self.kind is PhoneKind.FOREIGN:
            text = self.e164
        elif self.kind is not PhoneKind.NATIONWIDE:
            text = f"({n[:2]}) {n[2:-4]}-{n[-4:]}"
        elif len(n) == 8:
            text = f"{n[:4]}-{n[4:]}"
        else:
            text = f"0{n[:3]} {n[3:-4]} {n[-4:]}"
        return f"{text} r. {self.extension}" if self.extension else text


def phone(text: str, area: str = "") -> Phone | None:
    """The number that `text` holds, or None; `area` is the two-digit code for local numbers, if known.

    Takes masks, +55, trunk and carrier prefixes (0, 0 15, 0xx), a ramal, old eight-digit mobiles.
    A subscriber number of one repeated digit (`99999-9999`) is a filler that would make strangers one
    person, so it is None; so are 190 and its kin.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None and not text.endswith((_FILLER, _MASKED_FILLER)):
        return Phone("+55" + "".join(plain.groups()), PhoneKind.MOBILE)
    text, extension = _without_extension(text.strip())
    text = _OPERATOR.sub("0", text)
    if not _SHAPE.fullmatch(text):
        return None
    if text.startswith(("+", "00")):
        number = digits(text.replace("(0)", "")).removeprefix("00" if text.startswith("00") else "")
        if not number.startswith("55"):
            return _foreign(number, extension)
        found = _national(number[2:])
    else:
        number = digits(text)
        found = _national(number)
        if found is None and number.startswith("55"):
            found = _national(number[2:])
        if found is None and len(area) == 2 and len(number) in (8, 9):
            found = _national(area + number)
    return Phone(*found, extension) if found else None


@lru_cache(maxsize=8192)
def phone_keys(e164: str) -> tuple[str, ...]:
    """The forms under which the same line may be known: a Brazilian mobile with and without ninth digit.

    The first is `e164` itself; compare with any of them.
    """
    if e164.startswith("+55"):
        number = e164[3:]
        if _MOBILE.fullmatch(number) and number[3] in "6789":
            return e164, f"+55{number[:2]}{number[3:]}"
        if _OLD_MOBILE.fullmatch(number) or _TRUNK_RADIO.fullmatch(number):
            return e164, f"+55{number[:2]}9{number[2:]}"
    return (e164,)


def reversed_digits(text: str) -> str:
    """The digits of `text`, last first: a search for the end of a number is a prefix search in these."""
    return digits(text)[::-1]


def _without_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    return (text[: match.start()], match.group(1)) if match else (text, "")


def _national(number: str) -> tuple[str, PhoneKind] | None:
    """E.164 and kind of digits dialled within Brazil, or None."""
    if number.startswith("0"):
        number = number[1:]
        if len(number) in (12, 13):  # 0 + carrier + area + number
            number = number[2:]
    if _NATIONWIDE.fullmatch(number):
        return f"+55{number}", PhoneKind.NATIONWIDE
    if len(set(number[2:])) == 1:
        return None
    if _MOBILE.fullmatch(number) or _TRUNK_RADIO.fullmatch(number):
        return f"+55{number}", PhoneKind.MOBILE
    if _OLD_MOBILE.fullmatch(number):
        return f"+55{number[:2]}9{number[2:]}", PhoneKind.MOBILE
    if _LANDLINE.fullmatch(number):
        return f"+55{number}", PhoneKind.LANDLINE
    return None


def _foreign(number: str, extension: str) -> Phone | None:
    if (
        not _COUNTRY_CODE.match(number)
        or not 8 <= len(number) <= 15
        or (number[0] == "1" and len(number) != 11)
    ):
        return None
    return Phone(f"+{number}", PhoneKind.FOREIGN, extension)
