"""The sales process that one sets up from nothing, by keyboard or by script: what stands in the file then. (M37)"""

from __future__ import annotations

from typing import Final

from crm_tui import bootstrap
from crm_tui.domain.register import RegisterRow
from crm_tui.screens.core.ledger import said
from crm_tui.services.core.crm import Crm

BOARD: Final = "Comercial"

Listed = dict[str, list[tuple[str, ...]]]

EXPECTED: Final[Listed] = {
    "boards": [("Comercial", "Oportunidades", "CO-0001", "5 etapas", "", "Azul")],
    "stages": [
        ("Comercial", "Contato", "Aberta", "2 dias", "", "10 %", "", "", "", "Verde"),
        ("Comercial", "Proposta", "Aberta", "3 dias", "", "50 %", "pede 3", "", "", "Amarelo"),
        ("Comercial", "Negociação", "Aberta", "5 dias", "Ana Souza", "75 %", "pede 1", "", "", "Laranja"),
        ("Comercial", "Ganha", "Ganha", "", "", "", "", "", "", ""),
        ("Comercial", "Perdida", "Perdida", "", "", "", "", "", "", ""),
    ],
    "loss_reasons": [("Prazo da obra", "pede uma nota", "")],
    "offers": [
        ("Rede", "Produto", "2 itens", "Comercial", ""),
        ("Câmeras", "Produto", "1 item", "Comercial", ""),
    ],
    "offer_items": [
        ("Ponto", "R$ 1.200,00", "ponto", "Rede", ""),
        ("Suporte", "R$ 300,00/mês", "", "Rede", ""),
        ("Câmera", "R$ 450,00", "", "Câmeras", ""),
    ],
    "forms": [("Levantamento", "Formulário", "2 perguntas", "", "", "revisão 1", "")],
    "questions": [
        ("Tem rede?", "Sim ou não", "obrigatória", "", "Levantamento", "tem_rede"),
        ("Quantos pontos?", "Um número", "", "Tem rede?: sim", "Levantamento", "quantos_pontos"),
    ],
    "gates": [
        ("Comercial", "Proposta", "Valor negociado", "para sair da etapa", ""),
        ("Comercial", "Proposta", "CPF ou CNPJ válido", "para sair da etapa", ""),
        ("Comercial", "Proposta", "Formulário Levantamento", "para sair da etapa", ""),
        ("Comercial", "Negociação", "Compromisso marcado", "para entrar na etapa", ""),
    ],
    "transitions": [
        ("Comercial", "Proposta", "Aceitou", "Negociação", "", ""),
        ("Comercial", "Proposta", "Recusou", "Perdida", "", "pede o motivo"),
    ],
}


def process(crm: Crm) -> Listed:
    """What settings list of the board, the forms, the offers and the new loss reason, in the language in force."""
    found: Listed = {}
    for register in bootstrap.registers():
        rows: list[RegisterRow] = crm.read(register.view)
        cells = [tuple(said(cell) for cell in row.cells) for row in rows]
        if register.name in ("boards", "stages", "gates", "transitions"):
            found[register.name] = [each for each in cells if each[0] == BOARD]
        elif register.name in ("forms", "questions", "offers", "offer_items"):
            found[register.name] = cells
        elif register.name == "loss_reasons":
            found[register.name] = cells[-1:]
    return found
