"""One row per field, count and fact: name, aliases, words, example, where it is found."""

from __future__ import annotations

from bot.domain import Paper


def has(paper: Paper, what: str) -> bool:
    """Whether the paper has a repository (``code``) or a page of its own (``project``)."""
    return bool(paper.code_url if what == "code" else paper.project_url)


def count_of(paper: Paper, name: str) -> int:
    """How many of one of `COUNTS` the paper has; 0 if that is not known."""
    return {"upvotes": paper.upvotes, "comments": paper.comments, "stars": paper.stars or 0}[name]


MEANT = {
    "abs": "abstract",
    "affiliation": "org",
    "by": "author",
    "company": "org",
    "from": "org",
    "lab": "org",
    "name": "author",
    "summary": "abstract",
    "tag": "keyword",
    "tags": "keyword",
    "ti": "title",
    "topic": "keyword",
    "university": "org",
    "with": "has",
    "github": "stars",
    "hearts": "upvotes",
    "likes": "upvotes",
    "points": "upvotes",
    "score": "upvotes",
    "votes": "upvotes",
}
"""Names that people know from elsewhere."""


FIELD_EXAMPLES = {
    "title": "title:agent",
    "abstract": "abstract:robot*",
    "author": 'author:"Ada Example"',
    "org": "org:allenai",
    "keyword": "keyword:world model",
}


FIELDS = ("title", "abstract", "author", "org", "keyword")
"""What a term can be confined to."""


NAMES = ("author", "org")
"""Fields of names: these have no plural and no acronyms."""


COUNTS = ("upvotes", "comments", "stars")


POSSESSIONS = ("code", "project")


PLACES = {"": "", "title": " in the title", "abstract": " in the abstract", "keyword": " in a keyword"}


NAMING = {"author": "by ", "org": "from "}


POSSESSED = {"code": "code", "project": "a project page"}
