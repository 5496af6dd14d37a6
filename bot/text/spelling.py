"""British and American spellings of a word as one: localisation and localization, colour and color.

The American one is kept, whichever was written. Endings are changed only where both spellings are the same word: *wise*
and *exercise* have no other spelling, and *tour* is not *tor*. Words are lower case without accents.
"""

from __future__ import annotations

import re

ISE = re.compile(r"(?P<stem>.*[^aeou])is(?P<ending>e[ds]?|ers?|ing|ations?|ational|able|ability)")
"""``-ise`` and what is made of it; after a vowel it is another ending, as in *noise* and *praise*."""

NEVER_IZE = tuple(
    """
    advertise advise devise exercise franchise improvise merchandise practise precise prise promise revise supervise
    televise wise
    """.split()
)
"""Ends of words in ``-ise`` that have no other spelling: *unsupervised*, *enterprise*, *otherwise*."""

NEVER_IZE_WHOLE = frozenset(
    """
    anise arise chastise chemise circumcise compromise concise demise despise excise expertise incise mortise
    paradise premise rise sunrise surmise treatise uprise valise vise
    """.split()
)
"""Whole words of that kind: *rise*, but not *characterise*."""

SHORTEST_STEM = 3
"""Letters before ``-ise``: *rise* and *miser* have fewer."""

# Not contour, hour, tour and your.
OUR = re.compile(
    r"(^od|^ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|^hon|dishon|^hum|lab|neighb|parl|ranc"
    r"|^rig|rum|sav|splend|tum|^val|vap|^vig)our(?!n|c|t)"
)
IZE = tuple("ise ised iser isers ises ising isability isable isation isational isations".split())
"""Ends of words that `ISE` may match."""

ENDINGS = (
    ("lyse lysed lyser lysers lysing", re.compile(r"lys(?=(?:e|ed|ers?|ing)$)"), "lyz"),
    (
        "bre bres gre gres tre tres vre vres",
        re.compile(r"(calib|cent|fib|lit|lust|manoeuv|meag|met|sab|somb|spect|theat)re(?=s?$)"),
        r"\1er",
    ),
    ("bred tred vred", re.compile(r"(calib|cent|lust|manoeuv|met)red$"), r"\1ered"),
    ("manoeuvring", re.compile(r"manoeuvring$"), "manoeuvering"),
    (
        "ogue ogued ogues oguing",
        re.compile(r"(anal|catal|dec|dial|epil|homol|monol|prol|travel)ogu(?:e(?=[sd]?$)|(?=ing$))"),
        r"\1og",
    ),
    (
        "lled ller llers lling llings llor llors llous",
        re.compile(
            r"(bevel|cancel|channel|chisel|counsel|dial|duel|equal|fuel|funnel|grovel|initial|jewel|label|level"
            r"|libel|marshal|marvel|model|panel|parcel|pedal|pencil|quarrel|revel|rival|shovel|signal|spiral|swivel"
            r"|total|travel|tunnel|unravel)l(?=(?:ed|ers?|ings?|ors?|ous)$)"
        ),
        r"\1",
    ),
)
"""The other families, by the ends of their words: analyse, centre, dialogue, modelling."""

ENDS = (*IZE, *(end for ends, _, _ in ENDINGS for end in ends.split()))

LAST_LETTERS = frozenset(end[-3:] for end in ENDS)

WHOLE = dict(
    pair.split("/")
    for pair in """
    acknowledgement/acknowledgment ageing/aging aluminium/aluminum anaemia/anemia anaesthesia/anesthesia
    artefact/artifact benefitted/benefited biassed/biased defence/defense distil/distill encyclopaedia/encyclopedia
    enrol/enroll enrolment/enrollment foetal/fetal focussed/focused focussing/focusing fulfil/fulfill
    fulfilment/fulfillment grey/gray greyscale/grayscale gynaecology/gynecology haematology/hematology
    haemoglobin/hemoglobin haemorrhage/hemorrhage judgement/judgment leukaemia/leukemia
    licence/license manoeuver/maneuver manoeuvered/maneuvered manoeuvering/maneuvering oedema/edema
    oesophagus/esophagus offence/offense orthopaedic/orthopedic paediatric/pediatric practise/practice
    practised/practiced practising/practicing programme/program sceptic/skeptic sceptical/skeptical skilful/skillful
    """.split()
)
"""Single words, without the s of their plural."""

WHOLE_WORDS = frozenset((*WHOLE, *(f"{word}s" for word in WHOLE)))


def american(word: str) -> str:
    """The word in its American spelling; doing it again changes nothing."""
    # Nearly all words end here, and so do the pairs of words in every paper, which are too many to be cached.
    may_end_otherwise = word[-3:] in LAST_LETTERS and word.endswith(ENDS)
    if not may_end_otherwise and "our" not in word and word not in WHOLE_WORDS:
        return word
    if not word.isalpha():
        return word
    word = _ize(word)
    word = OUR.sub(r"\1or", word)
    for _, ending, other in ENDINGS if may_end_otherwise else ():
        word = ending.sub(other, word)
    stem = word.removesuffix("s")
    return WHOLE[stem] + word[len(stem) :] if stem in WHOLE else word


def _ize(word: str) -> str:
    found = ISE.fullmatch(word)
    if found is None or len(found["stem"]) < SHORTEST_STEM:
        return word
    whole = f"{found['stem']}ise"
    if whole.endswith(NEVER_IZE) or whole in NEVER_IZE_WHOLE:
        return word
    return f"{found['stem']}iz{found['ending']}"
