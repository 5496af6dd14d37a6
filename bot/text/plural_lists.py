"""The words whose plural no rule tells; see `bot.text.plurals`."""

from __future__ import annotations

UNCHANGED = frozenset(
    """
    achilles adios afterwards alas alias always angeles anyways archimedes aristophanes arkansas asbestos
    athens atlas backwards bahamas barracks bayes biceps billiards besides bias brussels calvados canvas carlos chaos
    christmas clothes cmos corps cosmos dallas diabetes does douglas downwards elias ethos euripides forceps forwards
    gallows goes goods hans headquarters hercules hermes herpes hers homosapiens honduras innings inwards james
    jenkins jonas jones judas kairos kansas keras kubernetes kudos lagos laos lens lucas madras marcos
    mars means measles menses mercedes midas molasses mumps mythos news nicholas nowadays odds onwards orleans ours
    ourselves outwards overseas pampas pancreas pathos perhaps postgres pythagoras quadriceps rabies rhinoceros
    rickets santos sapiens scabies series shambles sideways siemens silas socrates sometimes sophocles species stokes
    texas theirs themselves thermos thomas thus tobias topos towards trans triceps upwards vegas versus wales
    watts whereas windows yes yours yourselves
    """.split()
)
"""Words that end in one s and are not plurals, or whose singular is another word (k-means, Bayes, goods)."""

IN_ICS = frozenset(
    """
    analgesics anesthetics antibiotics antics antiseptics attics biometrics ceramics characteristics classics clerics
    clinics comics conics critics cubics cynics demographics diabetics dielectrics diuretics epics epidemics fabrics
    fanatics ferroelectrics frolics graphics harmonics heretics heuristics infographics logics lunatics
    lyrics medics metrics mimics mnemonics mosaics mystics narcotics pandemics panics paramedics picnics plastics
    polemics prebiotics probiotics psychedelics quadrics quartics relics rubrics schematics sceptics skeptics
    statistics subharmonics submetrics subtopics tactics thermoelectrics thermoplastics tonics topics tunics
    """.split()
)
"""Sciences end in -ics and stay (physics, robotics ≠ robotic); these are plurals of nouns in -ic all the same."""

IN_MEN = tuple(
    """
    businessmen cameramen chairmen congressmen councilmen countrymen craftsmen crewmen doormen draftsmen firemen
    fishermen foremen freshmen frontmen gentlemen gunmen handymen horsemen huntsmen laymen lumbermen mailmen marksmen
    middlemen midshipmen milkmen noblemen ombudsmen patrolmen policemen postmen repairmen salesmen seamen servicemen
    snowmen spokesmen sportsmen statesmen stuntmen tradesmen watchmen weathermen workmen
    """.split()
)
"""Not specimen, regimen and acumen."""

IRREGULAR = {
    # -i and -u with -s, which look like words that stay
    **{
        f"{word}s": word
        for word in """
        alibi api bikini bonsai bureau chateau cpu dpu emoji emu gpu graffiti gui guru haiku ipu jacuzzi kanji kiwi kudu
        mcu menu mini mri npu origami plateau poi rabbi roi safari ski sushi tableau tau taxi tofu tpu tsunami tutu vpu
        wasabi wiki xpu yeti
        """.split()
    },
    # -us, -as, -is, -ns with -es
    **{
        f"{word}es": word
        for word in """
        abacus alias apparatus atlas bias bonus bus cactus calculus callus campus canvas caucus census chorus circus
        citrus consensus corpus crocus discus exodus fetus ficus focus foetus fungus gas genius genus hiatus
        hippocampus hippopotamus impetus iris isthmus lens locus lotus minibus minus mucus nexus nucleus octopus
        omnibus pancreas papyrus platypus plus prospectus radius rebus rhinoceros rhombus sinus status stimulus
        surplus syllabus tennis terminus thermos thesaurus torus trellis uterus virus walrus
        """.split()
    },
    # -o with -es
    **{
        f"{word}es": word
        for word in """
        banjo buffalo cargo domino echo embargo fiasco ghetto halo hero innuendo mango manifesto memento mosquito
        motto potato tomato tornado torpedo tuxedo veto volcano zero
        """.split()
    },
    # -ie and -che, -ze
    **{
        f"{word}s": word
        for word in """
        ache apache avalanche backache bookie brownie budgie cache calorie collie cookie creche cutie douche eyrie
        foodie genie goalie groupie headache heartache hippie hoodie indie lie magpie menagerie moustache movie
        mustache necktie newbie niche pastiche pixie prairie psyche quiche reverie rookie selfie smoothie sortie
        stomachache talkie techie tie toothache veggie zombie
        """.split()
    },
    "underlies": "underlie",
    "quizzes": "quiz",
    "whizzes": "whiz",
    # -f and -fe
    **{
        f"{word[:-1]}ves": word
        for word in "calf dwarf elf half hoof leaf loaf scarf self shelf thief wharf wolf".split()
    },
    **{f"{word[:-2]}ves": word for word in "housewife knife life midwife penknife wife".split()},
    "bookshelves": "bookshelf",
    "cloverleaves": "cloverleaf",
    # Greek and Latin
    **{
        f"{word[:-2]}es": word
        for word in """
        axis catharsis cirrhosis crisis diagnosis emphasis fibrosis genesis meiosis metamorphosis metastasis
        mitosis necrosis nemesis neurosis oasis osmosis prognosis psychosis sclerosis stasis stenosis symbiosis
        synopsis thrombosis
        """.split()
    },
    **{
        f"{word[:-2]}ices": word
        for word in "appendix apex calix cervix codex cortex directrix helix index matrix simplex vertex vortex".split()
    },
    "submatrices": "submatrix",
    "subindices": "subindex",
    **{
        f"{word[:-2]}a": word
        for word in """
        automaton criterion dodecahedron ganglion icosahedron mitochondrion octahedron phenomenon polyhedron
        tetrahedron taxon
        """.split()
    },
    **{
        f"{word[:-2]}a": word
        for word in """
        addendum aquarium atrium auditorium bacterium cerebellum compendium consortium continuum corrigendum cranium
        curriculum desideratum emporium equilibrium erratum extremum gymnasium honorarium infimum maximum memorandum
        millennium minimum momentum moratorium optimum ovum phylum planetarium quantum referendum sanatorium septum
        serum solarium spectrum stadium stratum supremum symposium terrarium
        """.split()
    },
    "corpora": "corpus",
    "genera": "genus",
    **{f"{word}ta": word for word in "carcinoma lemma schema stigma stoma".split()},
    **{
        f"{word[:-2]}i": word
        for word in """
        alumnus bacillus bronchus cactus calculus cumulus embolus focus fungus gyrus hippocampus homunculus locus
        meniscus modulus nucleus octopus radius stimulus sulcus syllabus terminus thrombus torus villus
        """.split()
    },
    **{
        f"{word}e": word
        for word in """
        alga alumna amoeba antenna cochlea fistula formula lacuna lamina larva nebula nova papilla persona pupa retina
        supernova vertebra
        """.split()
    },
    **{f"{word}x": word for word in "bureau chateau plateau tableau".split()},
    # Old English
    **{f"{word}ren": word for word in "child godchild grandchild schoolchild stepchild".split()},
    **{word: f"{word[:-2]}an" for word in IN_MEN},
    "feet": "foot",
    "geese": "goose",
    "lice": "louse",
    "men": "man",
    "mice": "mouse",
    "dormice": "dormouse",
    "oxen": "ox",
    "teeth": "tooth",
    "women": "woman",
}

OTHER_SINGULARS = {
    "axes": "axe",
    "bases": "basis",
    "ellipses": "ellipsis",
    "leaves": "leave",
    "lives": "live",
}
"""Plurals of two words: the one that the rule does not give."""
