"""British and American spellings."""

from __future__ import annotations

import pytest

from bot.text.spelling import american
from bot.text.written_words import folded_word

ALIKE = """
    localisation/localization relocalisation/relocalization organise/organize organised/organized optimiser/optimizer
    optimisers/optimizers summarises/summarizes tokenising/tokenizing generalisable/generalizable
    characterise/characterize polarised/polarized emphasise/emphasize regularisation/regularization
    analyse/analyze analysed/analyzed analysing/analyzing analyser/analyzer paralyse/paralyze catalyse/catalyze
    behaviour/behavior behavioural/behavioral colour/color colourful/colorful favourite/favorite flavour/flavor
    neighbour/neighbor neighbourhood/neighborhood labour/labor humour/humor tumours/tumors armour/armor rumour/rumor
    centre/center centres/centers centred/centered metre/meter kilometres/kilometers fibre/fiber litre/liter
    theatre/theater spectre/specter calibre/caliber manoeuvring/maneuvering manoeuvred/maneuvered metred/metered
    lustre/luster meagre/meager sabre/saber analysers/analyzers organises/organizes organisers/organizers
    organisational/organizational organisations/organizations realisability/realizability
    travelogue/travelog analogues/analogs marvellous/marvelous travellers/travelers
    modellings/modelings counsellors/counselors
    catalogue/catalog dialogue/dialog dialogues/dialogs analogue/analog cataloguing/cataloging
    modelling/modeling labelled/labeled travelling/traveling cancelled/canceled signalling/signaling
    channelled/channeled tunnelling/tunneling fuelled/fueled relabelling/relabeling labellers/labelers
    counsellor/counselor artefact/artifact artefacts/artifacts grey/gray defence/defense programme/program
    judgement/judgment sceptical/skeptical ageing/aging fulfil/fulfill enrolment/enrollment focussed/focused
    anaemia/anemia haemoglobin/hemoglobin paediatric/pediatric orthopaedics/orthopedics foetal/fetal
""".split()

UNTOUCHED = """
    wise otherwise likewise rise sunrise exercise exercising size precise promise premise raise praise noise denoising
    denoiser surprise enterprise advertise advise revise supervised unsupervised improvised disguise compromise concise
    expertise franchise paradise disease crisis basis hour four tour contour pour your source course resource journal
    court courage acre genre ogre massacre timbre cadre vogue rogue league colleague controlled controlling excelled
    compelled rolling calling billed filled telling spelling smaller
""".split()


@pytest.mark.parametrize("pair", ALIKE)
def test_two_spellings_of_a_word_are_one_word(pair: str) -> None:
    british, american_ = pair.split("/")
    assert folded_word(british) == folded_word(american_)


@pytest.mark.parametrize("word", UNTOUCHED)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert american(word) == word
