"""The singular of an English word, by a small rule with exceptions.

A stemmer would join different words (transformer and transformation, general and generation) and miss the plurals of
acronyms; here a plural folds into its singular and nothing else changes. Words are lower case without accents.
"""

from __future__ import annotations

from functools import lru_cache

UNCHANGED = frozenset(
    """
    alas alias always arkansas asbestos atlas bayes besides bias canvas chaos christmas cosmos dallas diabetes does
    douglas elias ethos goes herpes hermes james jones kansas kubernetes kudos lens lucas mars means news odds overseas
    pancreas pathos perhaps pythagoras rabies rhinoceros series socrates sometimes species stokes texas thermos thomas
    thus towards trans upwards vegas versus whereas windows yes
    """.split()
)
"""Words that end in one s and are not plurals, or whose singular is another word (k-means, Bayes)."""

PLURALS_IN_ICS = frozenset(
    """
    antibiotics biometrics ceramics characteristics classics clinics comics critics epics fabrics graphics heuristics
    logics lyrics metrics mimics mosaics plastics relics rubrics skeptics topics
    """.split()
)
"""Sciences end in -ics and stay (physics, robotics ≠ robotic); these are plurals all the same."""

IRREGULAR = {
    # -is and -us that are plurals
    **{f"{word}s": word for word in "api gui mri poi roi ski taxi cpu gpu npu tpu emu guru menu plateau".split()},
    # -us, -as, -ns with -es
    **{
        f"{word}es": word
        for word in """
        alias apparatus atlas bias bonus bus calculus campus canvas census chorus circus consensus corpus focus gas
        genius genus hippocampus iris lens locus minus nexus nucleus plus radius sinus status stimulus surplus syllabus
        virus
        """.split()
    },
    # -o with -es
    **{
        f"{word}es": word
        for word in "cargo echo embargo hero mosquito potato tomato tornado torpedo veto volcano".split()
    },
    # -ie and -che
    **{f"{word}s": word for word in "ache avalanche cache calorie cookie headache movie niche psyche selfie".split()},
    # -f and -fe
    **{f"{word[:-1]}ves": word for word in "calf half leaf loaf scarf shelf thief wolf".split()},
    **{f"{word[:-2]}ves": word for word in "knife life wife".split()},
    # Greek and Latin
    **{
        f"{word[:-2]}es": word
        for word in "axis crisis diagnosis emphasis neurosis oasis prognosis psychosis symbiosis synopsis".split()
    },
    **{f"{word[:-2]}ices": word for word in "appendix apex codex cortex index matrix simplex vertex vortex".split()},
    "automata": "automaton",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "polyhedra": "polyhedron",
    "taxa": "taxon",
    "corpora": "corpus",
    "genera": "genus",
    "curricula": "curriculum",
    "equilibria": "equilibrium",
    "maxima": "maximum",
    "minima": "minimum",
    "momenta": "momentum",
    "optima": "optimum",
    "quanta": "quantum",
    "spectra": "spectrum",
    "schemata": "schema",
    "foci": "focus",
    "loci": "locus",
    "nuclei": "nucleus",
    "radii": "radius",
    "stimuli": "stimulus",
    "formulae": "formula",
    "nebulae": "nebula",
    "supernovae": "supernova",
    # Old English
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "men": "man",
    "mice": "mouse",
    "teeth": "tooth",
    "women": "woman",
}

SHORTEST = 4
"""Letters of the shortest word that can be a plural: gas, bus, its and GPS are not."""


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of ``word``, or ``word`` itself; doing it again changes nothing."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < SHORTEST or word[-1] != "s" or not word.isalpha() or word in UNCHANGED:
        return word
    if word.endswith(("ss", "us", "is")) or (word.endswith("ics") and word not in PLURALS_IN_ICS):
        return word
    if word.endswith(("yses", "theses")):
        return f"{word[:-2]}is"
    if word.endswith("ies") and len(word) > SHORTEST:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return IRREGULAR.get(word[:-1], word[:-1])
