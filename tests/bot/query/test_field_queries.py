"""Which parts and facts of a paper a query looks at."""

from __future__ import annotations

import pytest

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import parse
from tests.builders import a_paper

FIELDS = [
    ("agent", {"title": "Agents"}, True),
    ("agent", {"keywords": ("agents",)}, True),
    ("agent", {"summary": "agents"}, False),
    ("agent", {"authors": ("Agent Smithson",)}, False),
    ("agent", {"organization": "Agent Lab"}, False),
    ("title:agent", {"title": "Agents"}, True),
    ("title:agent", {"abstract": "agents"}, False),
    ("Title: agent memory", {"title": "Agent Memory"}, True),
    ("abstract:agent", {"abstract": "agents"}, True),
    ("abstract:agent", {"title": "Agents"}, False),
    ("title:CLIP", {"title": "A Clip"}, False),
    ("title:robot*", {"title": "Robotic Arms"}, True),
    ("keyword:world model", {"keywords": ("world models",)}, True),
    ('keyword:"world model"', {"keywords": ("world model",)}, True),
    ('keyword:"world model"', {"keywords": ("world models",)}, False),
    ("keyword:model world", {"keywords": ("model", "world")}, False),
    ("reward model", {"keywords": ("reward", "model")}, False),
    ("zzz reward", {"abstract": "reward"}, False),
    ("author:Example", {"authors": ("Ada Example",)}, True),
    ("author:Ada Example", {"authors": ("Ada Example",)}, True),
    ('author:"ada example"', {"authors": ("Ada Éxample",)}, True),
    ("author:Exampl*", {"authors": ("Ada Example",)}, True),
    ("author:Ada Sample", {"authors": ("Ada Example", "Ben Sample")}, False),
    ("author:Example Ben", {"authors": ("Ada Example", "Ben Sample")}, False),
    ("author:Adams", {"authors": ("Adam Example",)}, False),
    ("author:LI", {"authors": ("Li Sample",)}, True),
    ("org:nvidia", {"organization": "NVIDIA"}, True),
    ("org:NVIDIA", {"organization": "Nvidia"}, True),
    ("org:allenai", {"organization": "Another Lab"}, False),
    ("org:allenai", {"organization": "Ai2", "organization_handle": "allenai"}, True),
    ("org:ALLENAI", {"organization": "Ai2", "organization_handle": "allenai"}, True),
    ("org:allenai", {"organization": "Ai2", "organization_handle": "AllenAI"}, True),
    ("org:Ai2", {"organization": "Ai2", "organization_handle": "allenai"}, True),
    ("org:uiuc", {"organization": "University of Illinois", "organization_handle": "UIUC-CS"}, True),
    ("org:01.ai", {"organization": "Yi", "organization_handle": "01-ai"}, True),
    ('org:"Ai2 allenai"', {"organization": "Ai2", "organization_handle": "allenai"}, False),
    ("allenai", {"organization": "Ai2", "organization_handle": "allenai"}, False),
    ("submitter:akhaliq", {"submitter": "AK", "submitter_handle": "akhaliq"}, True),
    ("submitter:AKHALIQ", {"submitter": "AK", "submitter_handle": "akhaliq"}, True),
    ("submitter:AK", {"submitter": "AK", "submitter_handle": "akhaliq"}, True),
    ('submitter:"Zhou Heng"', {"submitter": "Heng Zhou", "submitter_handle": "henggg"}, True),
    ("submitter:akhaliq", {"authors": ("akhaliq",)}, False),
    ("akhaliq", {"submitter": "AK", "submitter_handle": "akhaliq"}, False),
    ("upvotes>=20", {"upvotes": 20}, True),
    ("upvotes>=20", {"upvotes": 19}, False),
    ("upvotes>20", {"upvotes": 20}, False),
    ("upvotes ≥ 20", {"upvotes": 20}, True),
    ("upvotes&gt;=20", {"upvotes": 20}, True),
    ("upvotes>=1,000", {"upvotes": 999}, False),
    ("comments>=5", {"comments": 5}, True),
    ("stars>=100", {"stars": 100}, True),
    ("stars>=100", {"stars": None}, False),
    ("has:code", {"code_url": "https://code.example"}, True),
    ("has:code", {}, False),
    ("HAS:project", {"project_url": "https://project.example"}, True),
    ("* -has:code", {}, True),
    ("zzz upvotes>=20 -has:code", {"upvotes": 30}, True),
    ("robots", {"title": "Robots"}, True),
    ("robots", {"keywords": ("robots",)}, True),
    ("robots", {"authors": ("Robots Example",)}, False),
    ("robots", {"organization": "Robots"}, False),
    ("dancing robots", {"keywords": ("dancing", "robots")}, False),
    ("dancing robots", {"title": "Dancing", "abstract": "robots"}, False),
    ("title:robots", {"title": "Robots"}, True),
    ("title:robots", {"abstract": "robots"}, False),
    ("TITLE:robots", {"title": "Robots"}, True),
    ("title:dancing robots", {"title": "Dancing Robots"}, True),
    ("abstract:robots", {"abstract": "robots"}, True),
    ("abstract:robots", {"title": "robots"}, False),
    ('author:"Ada Example"', {"authors": ("Ben Sample", "Ada Example")}, True),
    ("author:ada example", {"authors": ("Ada Example",)}, True),
    ("author:example", {"authors": ("Ada Example",)}, True),
    ('author:"Ada Sample"', {"authors": ("Ben Sample", "Ada Example")}, False),
    ("org:acme", {"organization": "Acme Labs"}, True),
    ('keyword:"world model"', {"title": "world model"}, False),
    ("keyword:robot*", {"keywords": ("robotics",)}, True),
    ("upvotes >= 20", {"upvotes": 20}, True),
    ("has:code", {"project_url": "https://project.example"}, False),
    ("has:project", {"project_url": "https://project.example"}, True),
    ("robots upvotes>=3", {"title": "Robots", "upvotes": 3}, True),
    ("robots AND has:code", {"title": "Robots"}, False),
    ("* AND upvotes>=3", {"upvotes": 2}, False),
]


@pytest.mark.parametrize(("query", "paper", "expected"), FIELDS)
def test_a_query_looks_at_its_fields_alone(*, query: str, paper: dict[str, object], expected: bool) -> None:
    """Everything that a line leaves out is empty."""
    values: dict[str, object] = {"title": "Zzz", "abstract": "", "authors": ()}
    found = find(parse(query), fold_paper(a_paper(**(values | paper))))
    assert (found is not None) is expected
