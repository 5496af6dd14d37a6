"""arXiv's categories, and what they are called: https://arxiv.org/category_taxonomy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

ARCHIVES: Mapping[str, Mapping[str, str]] = {
    "cs": {
        "AI": "Artificial Intelligence",
        "AR": "Hardware Architecture",
        "CC": "Computational Complexity",
        "CE": "Computational Engineering, Finance, and Science",
        "CG": "Computational Geometry",
        "CL": "Computation and Language",
        "CR": "Cryptography and Security",
        "CV": "Computer Vision and Pattern Recognition",
        "CY": "Computers and Society",
        "DB": "Databases",
        "DC": "Distributed, Parallel, and Cluster Computing",
        "DL": "Digital Libraries",
        "DM": "Discrete Mathematics",
        "DS": "Data Structures and Algorithms",
        "ET": "Emerging Technologies",
        "FL": "Formal Languages and Automata Theory",
        "GL": "General Literature",
        "GR": "Graphics",
        "GT": "Computer Science and Game Theory",
        "HC": "Human-Computer Interaction",
        "IR": "Information Retrieval",
        "IT": "Information Theory",
        "LG": "Machine Learning",
        "LO": "Logic in Computer Science",
        "MA": "Multiagent Systems",
        "MM": "Multimedia",
        "MS": "Mathematical Software",
        "NA": "Numerical Analysis",
        "NE": "Neural and Evolutionary Computing",
        "NI": "Networking and Internet Architecture",
        "OH": "Other Computer Science",
        "OS": "Operating Systems",
        "PF": "Performance",
        "PL": "Programming Languages",
        "RO": "Robotics",
        "SC": "Symbolic Computation",
        "SD": "Sound",
        "SE": "Software Engineering",
        "SI": "Social and Information Networks",
        "SY": "Systems and Control",
    },
    "econ": {"EM": "Econometrics", "GN": "General Economics", "TH": "Theoretical Economics"},
    "eess": {
        "AS": "Audio and Speech Processing",
        "IV": "Image and Video Processing",
        "SP": "Signal Processing",
        "SY": "Systems and Control",
    },
    "math": {
        "AC": "Commutative Algebra",
        "AG": "Algebraic Geometry",
        "AP": "Analysis of PDEs",
        "AT": "Algebraic Topology",
        "CA": "Classical Analysis and ODEs",
        "CO": "Combinatorics",
        "CT": "Category Theory",
        "CV": "Complex Variables",
        "DG": "Differential Geometry",
        "DS": "Dynamical Systems",
        "FA": "Functional Analysis",
        "GM": "General Mathematics",
        "GN": "General Topology",
        "GR": "Group Theory",
        "GT": "Geometric Topology",
        "HO": "History and Overview",
        "IT": "Information Theory",
        "KT": "K-Theory and Homology",
        "LO": "Logic",
        "MG": "Metric Geometry",
        "MP": "Mathematical Physics",
        "NA": "Numerical Analysis",
        "NT": "Number Theory",
        "OA": "Operator Algebras",
        "OC": "Optimization and Control",
        "PR": "Probability",
        "QA": "Quantum Algebra",
        "RA": "Rings and Algebras",
        "RT": "Representation Theory",
        "SG": "Symplectic Geometry",
        "SP": "Spectral Theory",
        "ST": "Statistics Theory",
    },
    "q-bio": {
        "BM": "Biomolecules",
        "CB": "Cell Behavior",
        "GN": "Genomics",
        "MN": "Molecular Networks",
        "NC": "Neurons and Cognition",
        "OT": "Other Quantitative Biology",
        "PE": "Populations and Evolution",
        "QM": "Quantitative Methods",
        "SC": "Subcellular Processes",
        "TO": "Tissues and Organs",
    },
    "q-fin": {
        "CP": "Computational Finance",
        "EC": "Economics",
        "GN": "General Finance",
        "MF": "Mathematical Finance",
        "PM": "Portfolio Management",
        "PR": "Pricing of Securities",
        "RM": "Risk Management",
        "ST": "Statistical Finance",
        "TR": "Trading and Market Microstructure",
    },
    "stat": {
        "AP": "Statistics Applications",
        "CO": "Statistics Computation",
        "ME": "Statistics Methodology",
        "ML": "Statistical Machine Learning",
        "OT": "Other Statistics",
        "TH": "Statistics Theory",
    },
    "astro-ph": {
        "CO": "Cosmology and Nongalactic Astrophysics",
        "EP": "Earth and Planetary Astrophysics",
        "GA": "Astrophysics of Galaxies",
        "HE": "High Energy Astrophysical Phenomena",
        "IM": "Instrumentation and Methods for Astrophysics",
        "SR": "Solar and Stellar Astrophysics",
    },
    "cond-mat": {
        "dis-nn": "Disordered Systems and Neural Networks",
        "mes-hall": "Mesoscale and Nanoscale Physics",
        "mtrl-sci": "Materials Science",
        "other": "Other Condensed Matter",
        "quant-gas": "Quantum Gases",
        "soft": "Soft Condensed Matter",
        "stat-mech": "Statistical Mechanics",
        "str-el": "Strongly Correlated Electrons",
        "supr-con": "Superconductivity",
    },
    "nlin": {
        "AO": "Adaptation and Self-Organizing Systems",
        "CD": "Chaotic Dynamics",
        "CG": "Cellular Automata and Lattice Gases",
        "PS": "Pattern Formation and Solitons",
        "SI": "Exactly Solvable and Integrable Systems",
    },
    "physics": {
        "acc-ph": "Accelerator Physics",
        "ao-ph": "Atmospheric and Oceanic Physics",
        "app-ph": "Applied Physics",
        "atm-clus": "Atomic and Molecular Clusters",
        "atom-ph": "Atomic Physics",
        "bio-ph": "Biological Physics",
        "chem-ph": "Chemical Physics",
        "class-ph": "Classical Physics",
        "comp-ph": "Computational Physics",
        "data-an": "Data Analysis, Statistics and Probability",
        "ed-ph": "Physics Education",
        "flu-dyn": "Fluid Dynamics",
        "gen-ph": "General Physics",
        "geo-ph": "Geophysics",
        "hist-ph": "History and Philosophy of Physics",
        "ins-det": "Instrumentation and Detectors",
        "med-ph": "Medical Physics",
        "optics": "Optics",
        "plasm-ph": "Plasma Physics",
        "pop-ph": "Popular Physics",
        "soc-ph": "Physics and Society",
        "space-ph": "Space Physics",
    },
    "gr-qc": {},
    "hep-ex": {},
    "hep-lat": {},
    "hep-ph": {},
    "hep-th": {},
    "math-ph": {},
    "nucl-ex": {},
    "nucl-th": {},
    "quant-ph": {},
}
"""The categories of each archive, without its name; an archive without any is a category itself."""

ARCHIVE_NAMES: Mapping[str, str] = {
    "cs": "Computer Science",
    "econ": "Economics",
    "eess": "Electrical Engineering and Systems Science",
    "math": "Mathematics",
    "q-bio": "Quantitative Biology",
    "q-fin": "Quantitative Finance",
    "stat": "Statistics",
    "astro-ph": "Astrophysics",
    "cond-mat": "Condensed Matter",
    "nlin": "Nonlinear Sciences",
    "physics": "Physics",
    "gr-qc": "General Relativity and Quantum Cosmology",
    "hep-ex": "High Energy Physics: Experiment",
    "hep-lat": "High Energy Physics: Lattice",
    "hep-ph": "High Energy Physics: Phenomenology",
    "hep-th": "High Energy Physics: Theory",
    "math-ph": "Mathematical Physics",
    "nucl-ex": "Nuclear Experiment",
    "nucl-th": "Nuclear Theory",
    "quant-ph": "Quantum Physics",
}


def _categories() -> Iterator[tuple[str, str]]:
    for archive, categories in ARCHIVES.items():
        if not categories:
            yield archive, ARCHIVE_NAMES[archive]
        yield from ((f"{archive}.{code}", name) for code, name in categories.items())


CATEGORIES: Mapping[str, str] = dict(_categories())
"""The name of every category."""

WHOLE = ".*"
"""Behind an archive: all its categories."""

PATTERNS: Mapping[str, str] = {
    **CATEGORIES,
    **{f"{archive}{WHOLE}": name for archive, name in ARCHIVE_NAMES.items() if ARCHIVES[archive]},
}
"""What stands for one category or for those of an archive, and what it is called."""

SHORTEST = 4
"""Letters of a name that is taken for a longer one: "robot" for Robotics."""

_BY_LOWER = {pattern.casefold(): pattern for pattern in PATTERNS} | {
    archive: f"{archive}{WHOLE}" for archive in ARCHIVES if ARCHIVES[archive]
}


PHYSICS = frozenset(
    "astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph".split()
)
"""The archives of the group "physics"; the others are groups of their own."""

IN_WORDS = frozenset({"cond-mat", "physics"})
"""Archives whose subjects are words (``cond-mat.str-el``); those of the others are two capitals (``cs.LG``)."""


def category(written: str) -> str:
    """The category or archive that is meant, as arXiv writes it: ``cs.LG``, ``hep-th``, ``cs``; "" if there is none.

    Subjects are not looked up, since arXiv adds some now and then.
    """
    archive, dot, subject = written.strip().partition(".")
    archive = archive.lower()
    if archive not in ARCHIVES or (dot and not ARCHIVES[archive]):
        return ""
    if not dot:
        return archive
    if archive in IN_WORDS:
        return f"{archive}.{subject.lower()}" if re.fullmatch(r"[A-Za-z]{2,10}(-[A-Za-z]{2,10})*", subject) else ""
    return f"{archive}.{subject.upper()}" if re.fullmatch(r"[A-Za-z]{2}", subject) else ""


def group_of(archive: str) -> str:
    """The group that an archive is in: ``physics`` for ``hep-th``, ``cs`` for ``cs``."""
    return "physics" if archive in PHYSICS else archive


def known_category(written: str) -> str:
    """The category or archive in its own letters: ``cs.lg`` is cs.LG, ``stat`` is stat.*; empty if there is none."""
    return _BY_LOWER.get(written.casefold(), "")


def category_meant(written: str) -> str:
    """The category that was probably meant, by a code that is nearly right or by its name; empty if none is close."""
    folded = written.casefold().strip()
    by_name = {name.casefold(): pattern for pattern, name in reversed(list(PATTERNS.items()))}
    named = [pattern for name, pattern in by_name.items() if len(folded) >= SHORTEST and name.startswith(folded)]
    close = difflib.get_close_matches(folded, _BY_LOWER, n=1, cutoff=0.75)
    alike = difflib.get_close_matches(folded, by_name, n=1, cutoff=0.75)
    found = [*named[:1], *(_BY_LOWER[code] for code in close), *(by_name[name] for name in alike)]
    return found[0] if found else ""


def is_in(categories: tuple[str, ...], pattern: str) -> bool:
    """Whether one of a paper's categories is the one that a pattern names, or in its archive."""
    if pattern.endswith(WHOLE):
        archive = pattern.removesuffix("*")
        return any(category.startswith(archive) for category in categories)
    return pattern in categories
