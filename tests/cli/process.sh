#!/bin/sh
# A sales process from nothing, by names alone; $CRM is the program with its globals (docs/process.md).
set -eu

crm() { $CRM do "$@"; }

crm add_board --name Comercial --kind opportunity --number-prefix CO --color blue

stage() { crm add_stage --board Comercial "$@"; }
stage --name Contato --color green --probability 10 --expected-days 2
stage --name Proposta --color yellow --probability 50 --expected-days 3 --question "Aceitou?"
stage --name Negociação --color orange --probability 75 --expected-days 5 --owner-rule user --default-user "$WHO"
stage --name Ganha --category won
stage --name Perdida --category lost

crm add_form --name Levantamento
crm add_question --form Levantamento --label "Tem rede?" --type bool --required yes
crm add_question --form Levantamento --label "Quantos pontos?" --type int --only-if "Tem rede?" --only-is yes

crm add_offer --name Rede --board Comercial
crm add_offer_item --offer Rede --name Ponto --price 1200 --unit ponto
crm add_offer_item --offer Rede --name Suporte --price 300 --recurring yes
crm add_offer --name Câmeras --board Comercial
crm add_offer_item --offer Câmeras --name Câmera --price 450

crm add_gate --stage "Comercial: Proposta" --kind deal_value
crm add_gate --stage "Comercial: Proposta" --kind valid_document
crm add_gate --stage "Comercial: Proposta" --kind form --form Levantamento
crm add_gate --stage "Comercial: Negociação" --kind appointment --moment enter

crm add_transition --stage "Comercial: Proposta" --label Aceitou --to "Comercial: Negociação"
crm add_transition --stage "Comercial: Proposta" --label Recusou --to "Comercial: Perdida" --requires-reason yes

crm add_loss_reason --name "Prazo da obra" --requires-note yes
