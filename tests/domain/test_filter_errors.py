"""Every refusal of a line: its code, its place, its sentence, and what `tab` would take. And a line being typed."""

from __future__ import annotations

from datetime import datetime

import pytest
from filter_world_house import again, fine, refused, world

from crm_tui.domain.filter import Code, Filter, FilterError, Place, read, read_typing, write
from crm_tui.i18n import Text


def _said(text: Text | str) -> str:
    if isinstance(text, str):
        return text
    return text.msgid.format_map(
        {key: _said(each) if isinstance(each, Text) else each for key, each in text.params.items()}
    )


@pytest.mark.parametrize(
    ("line", "code", "place", "says", "offers"),
    [
        ("dno:eu", "unknown_field", "dno", "I do not know the field “dno”.", ["dono:eu"]),
        ("http://x", "unknown_field", "http", "I do not know the field “http”.", []),
        ("etap:novo", "unknown_field", "etap", "I do not know the field “etap”.", ["etapa:novo"]),
        ("etapa:propsta", "unknown_value", "propsta", "There is no stage “propsta”.", ["etapa:Proposta"]),
        ("estado:atrasado", "unknown_value", "atrasado", "“estado” has no value “atrasado”.", ...),
        ("arquivado:talvez", "unknown_value", "talvez", "“arquivado” has no value “talvez”.", ...),
        ("fone:12", "unknown_value", "12", "“12” is too short: three signs or more.", []),
        ("etapa:", "unknown_value", "", "“etapa” needs a value after the colon.", ...),
        ("dono:eu,", "unknown_value", "", "“dono” needs a value after the colon.", ...),
        ("sem:xis", "unknown_value", "xis", ..., ...),
        ("ordem:etiqueta", "unknown_value", "etiqueta", "“ordem” has no value “etiqueta”.", ...),
        ("grupo:valor", "unknown_value", "valor", ..., ["grupo:etapa", "grupo:dono", "grupo:estado", "grupo:etiqueta"]),
        ("porcoluna:15", "unknown_value", "15", ..., ...),
        ("motivo:caro", "unknown_value", "caro", "There is no loss reason “caro”.", ['motivo:"caro"']),
        (
            "dono:ana",
            "ambiguous",
            "ana",
            "“ana” can be Ana Lima (ana) or Ana Reis (anar).",
            ['dono:"ana"', "dono:anar"],
        ),
        ("etapa:prop", "ambiguous", "prop", ..., ["etapa:Proposta", 'etapa:"Proposta técnica"']),
        (
            "etiqueta:>quente",
            "bad_operator",
            ">quente",
            "“etiqueta” does not compare; use etiqueta:quente.",
            ["etiqueta:quente"],
        ),
        ("nome:a..b", "bad_operator", "a..b", ..., ['nome:"a..b"']),
        ("valor:>5..7", "bad_operator", ">5..7", "Either a comparison or a range, not both.", []),
        ("(11)-9888", "bad_operator", "(11)-9888", ..., ['"(11)-9888"']),
        ("(11) 9888-7777 dono:eu", "bad_operator", "(11) 9888-7777", ..., ['"(11) 9888-7777" dono:eu']),
        ("ordem:valor ordem:prazo", "bad_operator", "ordem:prazo", "“ordem” can stand only once.", ["ordem:valor"]),
        ("valor:>caro", "bad_number", "caro", "Expected an amount, such as 5000 or 5k.", []),
        ("valor:", "bad_number", "", "Expected an amount, such as 5000 or 5k.", []),
        ("chance:60d", "bad_number", "60d", "Expected a percentage, such as 60%.", []),
        ("parado:>x", "bad_number", "x", "Expected a number of days, such as 9d, or yes or no.", []),
        ("vence:31/11", "bad_date", "31/11", ..., ["vence:30/11/2026", "vence:01/12/2026"]),
        ("vence:próxima-sexta", "bad_date", "próxima-sexta", ..., ["vence:20/11/2026", "vence:27/11/2026"]),
        ("vence:qualquer", "bad_date", "qualquer", "I do not understand “qualquer”.", []),
        ("vence:", "bad_date", "", "Say when: a day, a time or both.", []),
        (
            'vence:"sexta 14h"',
            "bad_date",
            '"sexta 14h"',
            "“sexta 14h” has a time of day: a filter asks for days.",
            ["vence:20/11/2026"],
        ),
        ("vence:+99999d", "bad_date", "+99999d", ..., []),
        ("valor:20k..5k", "empty_range", "20k..5k", "The range is the wrong way round.", ["valor:5k..20k"]),
        ("vence:30/11..20/11", "empty_range", "30/11..20/11", ..., ["vence:20/11..30/11"]),
        ("vence:sexta..hoje", "empty_range", "sexta..hoje", ..., ["vence:hoje..sexta"]),
        (
            "valor:5000,7000",
            "list_here",
            "5000,7000",
            "Valor takes no list; 5000,70 would be a decimal.",
            ["(valor:5000 ou valor:7000)"],
        ),
        ("chance:20,30", "list_here", "20,30", ..., ["(chance:20 ou chance:30)"]),
        ("arquivado:sim,não", "list_here", "sim,não", ..., ["arquivado:todos"]),
        ('"padaria', "open_quote", '"padaria', ..., ['"padaria"']),
        ('etapa:"nov', "open_quote", '"nov', ..., ['etapa:"nov"']),
        ("(dono:eu", "open_paren", "(dono:eu", ..., ["(dono:eu)"]),
        ("dono:eu)", "open_paren", ")", ..., ["dono:eu"]),
        (
            "(ordem:valor ou etapa:novo)",
            "setting_inside",
            "ordem:valor",
            "“ordem” does not go into a group.",
            ["etapa:novo ordem:valor"],
        ),
        ("-ordem:valor", "setting_inside", "ordem:valor", ..., ["ordem:valor"]),
        (
            "dono:eu ou etapa:novo ordem:valor",
            "setting_inside",
            "ordem:valor",
            ...,
            ["(dono:eu ou etapa:novo) ordem:valor"],
        ),
        ("ou dono:eu", "dangling_or", "ou", "“ou” needs something on both sides.", ["dono:eu"]),
        ("dono:eu ou", "dangling_or", "ou", ..., ["dono:eu"]),
        ("dono:eu ou ou aurora", "dangling_or", "ou", ..., ["dono:eu ou aurora"]),
        ("não", "dangling_or", "não", "“não” needs something to deny.", [""]),
        ("()", "dangling_or", "()", "There is nothing inside the parentheses.", [""]),
        ("x" * 501, "too_long", "x", "The filter is too long (at most 500).", []),
        ("a " * 61, "too_long", "a", "Too many conditions (at most 60).", []),
        ("(" * 9 + "a" + ")" * 9, "too_long", "(", ..., []),
        ("-" * 400 + "a", "too_long", "-", ..., []),
    ],
)  # fmt: skip
def test_every_refusal(line: str, code: str, place: str, says: object, offers: object) -> None:
    error = refused(line)
    assert error.code == code
    assert line[error.start : error.end] == place
    if says is not ...:
        assert _said(error.message) == says
    if offers is not ...:
        assert [each.line for each in error.offers] == offers
    assert _said(error.message).endswith((".", "?"))
    for each in error.offers:
        assert each.line is not None
        again_read = read(each.line, world())
        assert isinstance(again_read, Filter) or again_read.code is Code.AMBIGUOUS or code == "unknown_value"


def test_a_field_of_another_list_names_the_lists_that_have_it() -> None:
    error = refused("resultado:positivo", Place.PEOPLE)
    assert (error.code, error.start, error.end) == (Code.FIELD_NOT_HERE, 0, 9)
    assert _said(error.message) == "“resultado” does not exist in People."
    assert [(_said(each.words), each.line) for each in error.offers] == [
        ("Today", None),
        ("Board", None),
        ("Agenda", None),
        ("History", None),
    ]
    assert refused("porcoluna:20", Place.AGENDA).code is Code.FIELD_NOT_HERE
    assert refused("ordem:valor", Place.PEOPLE).code is Code.FIELD_NOT_HERE
    assert refused("sem:valor", Place.PEOPLE).code is Code.FIELD_NOT_HERE


def test_the_shape_of_an_error_for_the_command_line() -> None:
    made = refused("dno:eu").as_json()
    assert list(made) == ["code", "from", "to", "message", "offers"]
    assert made["offers"] == [{"words": "dono", "line": "dono:eu"}]


def test_a_filter_whose_canonical_line_is_too_long_is_refused() -> None:
    """Prefixes grow to names when printed, and what is printed must be read again."""
    line = " ou ".join(f"equipe:v a{n}" for n in range(25))
    assert len(line) <= 500
    assert refused(line).code is Code.TOO_LONG


@pytest.mark.parametrize(
    ("line", "holds", "waits"),
    [
        ("dono:eu etapa:", "dono:eu", "etapa:"),
        ("dono:eu vence:>", "dono:eu", "vence:>"),
        ("etapa:propsta", "", "etapa:propsta"),
        ("dono:eu dn:x", "dono:eu", "dn:x"),
        ('dono:eu "casa ver', "dono:eu", '"casa ver'),
        ("dono:eu (etapa:novo ou", "dono:eu", "(etapa:novo ou"),
        ("dono:eu ou", "dono:eu", "ou"),
        ("dono:eu ou ", "dono:eu", "ou"),
        ("dono:eu -", "dono:eu", "-"),
        ("dono:eu valor:5000,7000", "dono:eu", "valor:5000,7000"),
        ("dono:eu,", "", "dono:eu,"),
        ("(", "", "("),
    ],
)
def test_the_unfinished_last_term_waits(line: str, holds: str, waits: str) -> None:
    typed = read_typing(line, world())
    assert typed.error is None
    assert typed.found is not None
    assert write(typed.found, world()) == holds
    assert typed.waiting is not None
    assert line[slice(*typed.waiting)].strip() == waits
    assert isinstance(read(line, world()), FilterError)


def test_two_hours_of_one_day_are_one_offer() -> None:
    evening = world(now=datetime(2026, 11, 19, 16, 42))
    found = read("vence:2", evening)
    assert isinstance(found, FilterError)
    assert [each.line for each in found.offers] == ["vence:02/12/2026", "vence:20/11/2026"]


@pytest.mark.parametrize(
    "line", ["dno:eu ", "dno:eu etapa:", "ou dono:eu", "etapa:propsta dono:eu", "a) dono:"]
)
def test_what_is_wrong_before_the_last_term_is_an_error_at_once(line: str) -> None:
    typed = read_typing(line, world())
    assert typed.found is None
    assert typed.error is not None


def test_a_whole_line_does_not_wait() -> None:
    typed = read_typing("dono:eu etapa:novo", world())
    assert (typed.found, typed.waiting, typed.error) == (fine("dono:eu etapa:novo"), None, None)


def test_the_sentences_are_the_readers() -> None:
    assert refused("value:5000,7000", language="en").offers[0].line == "(value:5000 or value:7000)"
    assert again("value:1234,5", language="en") == "value:1234.50"
    assert refused("due_on:1/2/27", language="en").offers[0].line == "due_on:2027-02-01"
