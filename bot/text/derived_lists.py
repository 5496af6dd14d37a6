"""Words that look derived from another and mean something else where papers use them."""

from __future__ import annotations

UNRELATED = frozenset(
    """
    accounted accounting addressed addressing advanced advancing attributed attributing automatic backed backing
    banked banking based basing bearing bounding called cased casing centered centering challenged challenging classic
    clipped clipping codebased computed concerned concerning contented contenting controlled counted counting crossed
    crossing dated dating detailed detailing directed domained edged edging electronic evening faced facing factored
    factoring featured featuring fielded fielding figured figuring filed filing flowed flowing formed forming founded
    framed framing functioned functioning germanic graphic grokked grokking handed handing headed heading homeric
    housed housing interested interesting issued landed landing lasted lasting leading learning lighted lighting
    limited limiting lined lining listed listing longed longing marketed marketing mattered meaned meaning minded
    minding moved named naming networked networking noted noting nursed nursing operatic ordered ordering organic
    passed passing placed placing pointed pointing politic posed posing positioned positioning powered powering
    presented presenting pressed pressing principled projected projecting promised promising ranged ranging ranked
    ranking rated rating regarded regarding related relating resulted resulting rewarded rewarding ruled ruling shaped
    shaping sided siding signed skilled sounded sounding spaced spacing staged staging stated stating statistic
    structured structuring subjected subjecting suited surveyed surveying systemic tasked tasking tested texted
    texting timed timing titanic typed typing united valued valuing viewed viewing waved waving weighted weighting
    whispered whispering willing worded wording
    """.split()
)
"""*Faced* with a problem is not a face, and *based* on a model no base."""
