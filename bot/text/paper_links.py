"""The papers that a text names: by links to arXiv and to sites that use its identifiers, or by the identifiers alone.

https://info.arxiv.org/help/arxiv_identifier.html has both forms of identifiers; the DOI of a paper at arXiv ends in its
identifier, too: https://info.arxiv.org/help/doi.html.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga"
    " funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph"
    " q-alg q-bio quant-ph solv-int supr-con"
)
"""What identifiers began with until March 2007: https://arxiv.org/archive."""

ARXIV_ID = re.compile(rf"[0-9]{{4}}\.[0-9]{{4,5}}|(?:{ARCHIVES.replace(' ', '|')})/[0-9]{{7}}", re.ASCII)
"""An arXiv identifier without its version, and without the subject class that older ones may have."""

# A month stands in both forms, which tells identifiers from most other numbers; one in the middle of a longer number or
# word is none. In a link a version may follow, and the ending of a file.
IDENTIFIER = re.compile(
    r"(?:(?<![a-z0-9.])|(?<=arxiv\.))"
    r"(?:([0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5})"
    rf"|({ARCHIVES.replace(' ', '|')})(?:\.[a-z]{{2}})?/([0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{3}}))"
    r"(?:v[0-9]{1,3})?(?![a-z0-9]|\.[0-9])",
    re.IGNORECASE | re.ASCII,
)


def paper_ids(text: str) -> tuple[str, ...]:
    """The ids of the papers that ``text`` links to or names, in its order, each once.

    Links may lead to arXiv, Hugging Face, alphaXiv, a DOI, or anywhere else with an identifier in them; they may be
    escaped, within other links. Ids have no version, and those of before April 2007 no subject class:
    ``2608.01234``, ``hep-th/9901001``.
    """
    found = IDENTIFIER.finditer(unquote(text))
    return tuple(dict.fromkeys(one[1] or f"{one[2].lower()}/{one[3]}" for one in found))
