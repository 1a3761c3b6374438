"""Good files and pieces of files, of which the fuzzers make their own."""

from __future__ import annotations

LONG_ID = b"UID:" + b"u" * 300


def _each(block: str) -> tuple[str, ...]:
    """The lines of a block."""
    return tuple(block.strip("\n").split("\n"))


def _bytes(block: str) -> tuple[bytes, ...]:
    return tuple(each.encode() for each in _each(block))


HEADS = _each("""
Nome;Telefone;E-mail;Empresa;Cargo;Observações;CPF;Endereço;Cidade;UF;CEP
Name;First Name;Last Name;Phone 1 - Label;Phone 1 - Value;E-mail 1 - Value;Organization Name;Notes
First Name;Last Name;Company;Job Title;Business Phone;Mobile Phone;E-mail Address;Notes;Business Street
Título;Etapa;Valor;Criado em;Contato;E-mail;Telefone;Data;Texto
Deal Name;Deal Stage;Amount;Create Date;Close Date;Associated Contact;Record ID;Closed Lost Reason
Tipo;Assunto;Data;Hora;Feito;Responsável;Resultado;Texto;Cartão;Pessoa;Empresa
UF;Cidade;Dia;Nome
""")
CELLS = (
    *_each("""
Ana Lima
D'Ávila; & Cia.
dita "Bia"
11 98888-7777
+55 (21) 3333-4444 / 3333-5555
ana@x.com
a@x.com; b@y.com
R$ 1.234,56
1234.5
-3
1e99
01/02/2026
2026-02-30
31/12/9999
1/1/1
0
12/31/2026
46000
29/02/2027 25:00
14:30
111.444.777-35
12.ABC.345/01DE-35
01310-100
SP
São Paulo
Proposta
Ganho
sim
Ligação
OP-0142
#7
PE-0001
=1+1
'+5511
Total
Gerado em 01/01/2026
nan
::
:::
Rua das Flores, 12, ap 3
12
"""),
    *("", "", "a\nb", "a\rb", "\t", "9" * 20, "x" * 300, "á" * 70),
)
_DATES = (
    "01/02/2026",
    "2026-11-19",
    "19/11/2026 14:30",
    "2026-11-19T14:30:00Z",
    "31/12/9999",
    "01/01/0001",
    "",
    "1/13/26",
)
_NAMES = (
    "Ana Lima",
    "Padaria Aurora",
    "João (a@x.com)",
    "Marina Prado;Beto Rocha",
    "x" * 201,
    "Zé",
    "",
    "OP-0142",
)
FITTING = {
    "mail": ("ana@x.com", "a@x.com; b@y.com", "ANA@X.COM", "ana@", "x" * 300 + "@x.com", ""),
    "hone": (
        "11 98888-7777",
        "+55 (21) 3333-4444 / 3333-5555",
        "98888-7777",
        "0800 123",
        "+1 570 809 7197",
        "11" * 30,
        "",
    ),
    "Etapa": ("Proposta", "Novo", "Ganho", "Perdido", "x", "5", ""),
    "Stage": ("Closed Won", "Closed Lost", "Proposta", ""),
    "Valor": ("R$ 1.234,56", "1234.5", "0", "-3", "1e9", "9" * 20, "1.2.3", ""),
    "Amount": ("$1,234.56", "0.005", "-1", "9" * 15, ""),
    **dict.fromkeys(("Criado", "Date", "Data", "Dia"), _DATES),
    "Hora": ("14:30", "9h", "25:00", "3 pm", ""),
    "Feito": ("Sim", "Não", "1", "x", ""),
    "Tipo": ("Ligação", "Reunião", "Visita", "x", ""),
    "Assunto": ("Ligar", "x" * 201, "", "Retorno"),
    "Cartão": ("OP-0142", "op-0101", "#7", "9999", ""),
    "Texto": ("oi", "x" * 20_001, "a\nb", ""),
    **dict.fromkeys(
        ("Título", "Deal Name", "Nome", "Contato", "Contact", "Pessoa", "Empresa", "Name"), _NAMES
    ),
    "CPF": ("111.444.777-35", "12.ABC.345/01DE-35", "0", ""),
    "Reason": ("Preço", "x" * 2_001, ""),
    "Record ID": ("1", "1", "2", "1,5E+11", "x" * 101, ""),
}
"""What the columns of such words hold, as far as it goes."""
ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "utf-32",
    "utf-7",
    "cp500",
)
CARDS = tuple(
    card.lstrip("\n").replace("\n", "\r\n").encode()
    for card in (
        r"""
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Concei=C3=A7=C3=A3o;Jo=C3=A3o;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jo=C3=A3o da =
Concei=C3=A7=C3=A3o
TEL;CELL;PREF:11 98765-4321
TEL;WORK;FAX:1133334444
EMAIL;INTERNET:joao@exemplo.com
ADR;WORK;PREF:;;Rua A, 1;Santos;SP;11000-000;Brasil
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 DQ8NDw8PDw8NDQ8N

END:VCARD
""",
        r"""
BEGIN:VCARD
VERSION:3.0
N:Prado;Marina;de,da;Dra.;
FN:Marina de Prado
ORG:Padaria Aurora\, Filial;Compras
TITLE:Sócia
item1.TEL:+55 21 97777-1234
item1.X-ABLabel:WhatsApp
TEL;TYPE=WORK,VOICE:(21) 3333-4444
EMAIL;TYPE=INTERNET:marina@aurora.example
NOTE:prefere manhã\nligar
  antes
BDAY:1990-02-30
ADR;TYPE=HOME:;ap 3;Rua B;Rio\, Centro;RJ;20000-000;
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
 BBBB
REV:x
END:VCARD
""",
        r"""
BEGIN:VCARD
VERSION:4.0
FN;PREF=1:Bia
N:;Bia;;;
TEL;VALUE=uri;TYPE="voice,cell":tel:+55-11-98888-1234;ext=7
EMAIL;PID=1.1:bia@x.com
ORG;SORT-AS="X":X;Y
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
KIND:individual
CLIENTPIDMAP:1;urn:uuid:53e374d9
KEY:data:application/pgp-keys;base64,AAAA
END:VCARD
""",
    )
)
"""Cards of the versions 2.1, 3.0 and 4.0."""
LINES_OF_CARDS = (
    *_bytes("""
N:;;;;
N:a
N
FN:
FN;ENCODING=QUOTED-PRINTABLE:=
FN;ENCODING=BASE64:QW5h
FN;ENCODING=b:@@@
FN;CHARSET=nonsense:x
FN;CHARSET=UTF-16;ENCODING=QUOTED-PRINTABLE:=C3
ORG:;;
ADR:
ADR:;;;;;;;;;;
TEL;TYPE=:1
TEL;=x:1
TEL;X:
item1.X-ABLabel:
.TEL:1
item.item.TEL:1
REV:20260230T
a.b
BEGIN:VCARD
END:VCARD
BEGIN:VEVENT
END:VEVENT
VERSION:9
VERSION:
:
;
=
NOTE;ENCODING=QUOTED-PRINTABLE:=
=C3=A3=
 folded
UID;VALUE=uri:
TZ:nonsense
BDAY:x
ADR;ENCODING=b:AAAA
N;ENCODING=b:AAAA
ORG;ENCODING=b:AAAA
TEL;ENCODING=b:/w==
"""),
    *(LONG_ID, b"\xff:x", b"\tfolded"),
)
VALUES_OF_CALENDARS = (
    *_bytes("""
RRULE:FREQ=DAILY
RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30
RRULE:FREQ=WEEKLY;BYDAY=MO,99FR;WKST=XX
RRULE:FREQ=MONTHLY;BYSETPOS=-366;BYDAY=MO
RRULE:FREQ=DAILY;INTERVAL=0
RRULE:FREQ=DAILY;COUNT=0
RRULE:
RRULE:FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=366
RRULE:FREQ=DAILY;UNTIL=00010101
RRULE:FREQ=DAILY;COUNT=999999999
DTSTART:99991231T235959Z
DTSTART:00010101
DTSTART;VALUE=DATE:21991231
DTSTART;TZID=:20261123T100000
DTSTART;TZID=/x/y/Odd:20181104T000000
DTSTART;TZID=America/Sao_Paulo:20181104T003000
DTSTART:19000101T000000
DTEND:21991231T235959Z
DTEND;VALUE=DATE:20261124
DURATION:P9999W
DURATION:-PT1S
DURATION:P1D
DURATION:P99999D
DURATION:PT99999999S
EXDATE:20261123
EXDATE;VALUE=PERIOD:x/y
RDATE:21991231
TRIGGER:-P9999W
TRIGGER;RELATED=END:P99999D
TRIGGER;VALUE=DATE-TIME:19000101T000000Z
SEQUENCE:-1
TZOFFSETTO:+2400
TZOFFSETTO:-9999
TZOFFSETFROM:x
TZID:America/Sao_Paulo
TZID:
TZURL:x
UID:
RECURRENCE-ID:20261225T150000Z
STATUS:CANCELLED
X
BEGIN:VEVENT
END:VEVENT
BEGIN:VTIMEZONE
BEGIN:STANDARD
END:VTIMEZONE
BEGIN:VALARM
END:X
"""),
    *(LONG_ID, "SUMMARY:../../\u202e".encode()),
)
SOUND_VALUES = (
    *_each(r"""
true
0
-1
nan
9223372036854775808
2026-11-19
2026-11-19T14:30:00Z
14:30:00
""
"\u0000\u001b[2J"
"\U0010FFFF"
[]
[[]]
["", 1, true]
{ a = 1 }
[{ name = "x" }]
"x"
"Vendas"
"ana"
"08:00-12:00"
"eu"
"""),
    '"' + "x" * 3_000 + '"',
)
"""Values that TOML knows, whatever a setting makes of them."""
VALUES_OF_SETUPS = (
    *SOUND_VALUES,
    *_each("""
1e999
0x7fffffffffffffffff
2026-02-30
[[boards]]
[[x.y]]
[boards]
"""),
    *("9" * 5_000, '"""', "'''", "[" * 3_000),
)
OF_OBJECTS = ('{"a":', "[", "]", "}", '"\\ud800"', "NaN", "1e9999", "9" * 5_000, "[" * 5_000, '{"a":' * 5_000)
PARTS_OF_XML = _bytes("""
<c r="XFD1048576"/>
<c r="A1"
<c><v>1</v></c>
 t="s"
 t="d"
 t="e"
 t="b"
 t="n"
 t="x"
<v>1e999</v>
<v>-1</v>
<v>99999999999</v>
<v>nan</v>
<v>2026-02-30T25:00:00</v>
<v/>
<f>1+1</f>
 s="1"
 s="99"
&#0;
&#xD800;
&bogus;
<!--
<![CDATA[
<?x?>
<row>
</row>
r="0"
<!DOCTYPE x [<!ENTITY a "a">]>
<!DOCTYPE x SYSTEM "file:///etc/passwd">
r:id="rId9"
Target="../x"
state="hidden"
_x0000_
_x000D_
ref="A1:XFD1048576"
date1904="1"
count="4294967296"
xml:space="preserve"
</worksheet>
""")
