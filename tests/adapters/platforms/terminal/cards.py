"""A card that has everything."""

from __future__ import annotations

from bot.domain import Evidence, Match
from bot.domain.messages import Message
from tests.builders import a_paper, card_of


def a_card_with_everything() -> Message:
    """A card on which every line that there can be stands."""
    paper = a_paper(
        title="Robots Dance",
        organization="Acme",
        upvotes=58,
        comments=3,
        stars=7,
        code_url="https://c.example",
        project_url="https://p.example",
    )
    evidence = (
        Evidence("title", "Dance", "Robots ", ""),
        Evidence("abstract", "robots", "We teach ", " to dance."),
        Evidence("upvotes", "upvotes>=20"),
    )
    return card_of(paper, [Match("dance", evidence)], note="Posted here 3 days ago.")
