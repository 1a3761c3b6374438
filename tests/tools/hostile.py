"""Texts and bytes that nobody sends on purpose, and ways to spoil good ones: what the fuzzers make their inputs of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

SIGNS = (
    *[
        "\x00",
        "\x1b[2J",
        "\x9b31m",
        "\x7f",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\x0b",
        "\x1c",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\u034f",
    ],
    *[
        "\U000e0041",
        "\ufffe",
        "�",
        "�",
        "\U0010ffff",
        "ß",
        "İ",
        "ı",
        "ﬁ",
        "①",
        "５",
        "٣",
        "²",
        "½",
        "Ǆ",
        "é",
        "ã",
        "\u0301",
        "日本",
        "👩\u200d💻",
        "𝐀",
    ],
    *[
        '"',
        "'",
        "''",
        '""',
        "\\",
        '\\"',
        "`",
        "(",
        ")",
        "((",
        "[",
        "]",
        "{",
        "}",
        "{{",
        "<",
        ">",
        "<=",
        "=",
        "-",
        "--",
        ":",
        "::",
        ";",
        ",",
        ",,",
        ".",
        "..",
        "...",
        "|",
        "*",
        "%",
        "_",
        "/",
        "//",
        "+",
        "#",
        "@",
        "&",
        "$",
        "?",
        "!",
    ],
    *["0", "-1", "1e308", "nan", "inf", "0x10", "1_000", "00", "٠", "2**63"],
    *(" ", "  ", "\u00a0", "\u0301" * 40, "9" * 30),
)
"""Signs that some reader somewhere gives a meaning to."""
PHRASES = tuple(
    r"""
' OR '1'='1
'; DROP TABLE card; --
x' UNION SELECT login FROM user --
1) OR (1=1
:now
?1
@x
NEAR(a b, 3)
name:padaria
a AND b
a OR
NOT a
^a
a*
{name} : a
"a" + "b"
rowid
../../etc/passwd
..\..\x
/dev/zero
C:\con
~root
file:///etc/passwd
\\host\share
{nome}
{name!r}
{0}
{}
{{nome}}
%s
%(a)s
${HOME}
$(id)
`id`
{{7*7}}
{%if%}
=cmd|' /C calc'!A0
@SUM(1+1)
+55 11 98888-7777
[@click=app.quit]x[/]
<b>x</b>
&lt;
&#0;
&x;
<![CDATA[x]]>
=?utf-8?q?=41?=
=C3=A3
\n\,\;
BEGIN:VCARD
END:VEVENT
""".strip().splitlines()
)
"""What means something to SQL, to the search, to a shell, a template, a spreadsheet, a terminal."""
PIECES = (
    *rb"' , ; : | \ \n < > /> & &#0; ]]> - Z T =3D =00 =C3=A3 %00 . .. ( ) * 0 1 { [ = =0".split(),
    *b'\x00|\xff|\xfe\xff|\xff\xfe|\xef\xbb\xbf|\xc3|\xed\xa0\x80|\xf4\x90\x80\x80|\x1a|\x85|\x1b[2J|"|""|":'.split(
        b"|"
    ),
    *(b"\r", b"\n", b"\r\n", b"\r\n ", b"\n\t", b"=\r\n", b"\t", b" ", b"9" * 30),
)
LONG = (100, 500, 501, 2_000, 20_000, 70_000)


def text(chance: Random, most: int = 60) -> str:
    """A text of hostile signs and phrases, of letters of anywhere, or of one sign many times."""
    way = chance.random()
    if way < 0.4:
        return "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, max(1, most // 5))))
    if way < 0.6:
        return chance.choice(("", " ")).join(
            chance.choice((*PHRASES, *SIGNS)) for _ in range(chance.randint(1, 4))
        )
    if way < 0.95:
        top = chance.choice((0x7F, 0xFF, 0x2FF, 0x3000, 0xFFFF, 0x10FFFF))
        return "".join(chr(chance.randint(0, top)) for _ in range(chance.randint(0, most)))
    return chance.choice(SIGNS) * chance.choice(LONG[:4])


def name(chance: Random) -> str:
    """A text as people are called, now and then a hostile one."""
    if chance.random() < 0.3:
        return text(chance, 20)
    first = chance.choice(
        ("Ana", "João", "D'Ávila", "Zé", "ÁGUAS", "Padaria São João", "X", "Coca-Cola", "Łukasz")
    )
    return first + chance.choice(("", " Lima", " & Cia.", " (matriz)", ", Ltda.", ' "Bia"', "; filho", " 2"))


def spoilt(chance: Random, good: str, others: Sequence[str] = ()) -> str:
    """A text, spoilt in a few places: pieces put in, cut out, doubled, changed in case, or taken from `others`."""
    made = good
    for _ in range(chance.randint(1, 4)):
        at, end = sorted((chance.randint(0, len(made)), chance.randint(0, len(made))))
        way = chance.randrange(8)
        if way <= 1:
            made = made[:at] + chance.choice(SIGNS) + made[at:]
        elif way == 2:
            made = made[:at] + made[min(end, at + 8) :]
        elif way == 3:
            made = made[:end] + made[at:]
        elif way == 4:
            made = made[:at] + made[at:end].swapcase() + made[end:]
        elif way == 5 and others:
            made = made[:at] + chance.choice(others) + made[end:]
        elif way == 6:
            made = made[:at] + chance.choice(PHRASES) + made[at:]
        else:
            made = made[:at]
    return made


def slipped(chance: Random, good: str) -> str:
    """A text with one slip of the fingers: a letter too many, too few, another, or two that changed places."""
    at = chance.randrange(len(good) or 1)
    letter = chance.choice("aeiosrtn0123456789 -/.:")
    return chance.choice(
        (
            good[:at] + good[at + 1 :],
            good[:at] + letter + good[at:],
            good[:at] + letter + good[at + 1 :],
            good[:at] + good[at : at + 2][::-1] + good[at + 2 :],
        )
    )


def spoilt_xml(chance: Random, good: bytes, pieces: Sequence[bytes]) -> bytes:
    """XML of which whole elements are left out, said again, changed or put elsewhere: mostly XML still."""
    tokens = [found[0] for found in re.finditer(rb"<(\w+)[^>]*?(?:/>|>[^<]*</\1>)|<[^>]*>|[^<]+", good)]
    whole = [at for at, token in enumerate(tokens) if token.endswith(b"/>") or token.count(b"<") == 2] or [0]
    for _ in range(chance.randint(1, 3)):
        at, other = chance.choice(whole), chance.choice(whole)
        match chance.randrange(9):
            case 0 | 1 | 2:
                value = chance.choice(
                    (b"0", b"1", b"-1", b"99999", b"A1", b"XFD1", b"", b"s", b"d", b"e", b"x" * 300)
                )
                tag = chance.randrange(len(tokens))
                tokens[tag] = re.sub(
                    rb'="[^"]*"', b'="' + value + b'"', tokens[tag], count=chance.choice((0, 1, 1))
                )
            case 3 | 4:
                value = chance.choice(
                    (b"", b"0", b"-1", b"1e999", b"99999999999", b"nan", b"=A1", b"&#10;", b"2026-02-30")
                )
                tokens[at] = re.sub(rb">[^<]*<", b">" + value + b"<", tokens[at])
            case 5:
                tokens[at] *= chance.choice((2, 5, 200))
            case 6:
                tokens[at] = b""
            case 7:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case _:
                tokens[at] += chance.choice(pieces)
    return b"".join(tokens)


def spoilt_bytes(chance: Random, good: bytes, pieces: Sequence[bytes] = PIECES) -> bytes:
    """The same of bytes, some of their bits turned over too."""
    made = bytearray(good)
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(made))
        length = chance.choice((0, 1, 1, 2, 8, 40, 200))
        match chance.randrange(7):
            case 0:
                made[at:at] = chance.choice(pieces)
            case 1:
                made[at : at + length] = chance.choice(pieces)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 30))
            case 4 if made:
                made[min(at, len(made) - 1)] ^= 1 << chance.randrange(8)
            case 5:
                made[at : at + length] = chance.randbytes(length)
            case _:
                if chance.random() < 0.3:
                    del made[at:]
    return bytes(made)


def shuffled_lines(chance: Random, lines: Sequence[T], most: int = 60) -> list[T]:
    """Lines of a good file with some left out, said twice, or in another order."""
    made = list(lines)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                del made[at : at + chance.randint(1, 3)]
            case 1:
                made[at:at] = chance.sample(lines, chance.randint(1, min(3, len(lines))))
            case 2:
                made[at:at] = made[at : at + 5]
            case _ if made:
                one, other = chance.randrange(len(made)), chance.randrange(len(made))
                made[one], made[other] = made[other], made[one]
    return made[:most]
