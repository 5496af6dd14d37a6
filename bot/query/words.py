"""A query said back in words."""

from __future__ import annotations

from bot.query.parser import Query
from bot.query.tree import And, Everything, Fact, Has, Node, Not, Or, Phrase

PLACES = {
    "": "",
    "title": " in the title",
    "abstract": " in the abstract",
    "keyword": " among the keywords",
    "author": " among the authors",
    "org": " as the organisation",
}


def describe(query: Query) -> str:
    """What the query asks for: "papers that mention “rlhf” or “reward model”, without “survey”"."""
    return f"papers {_clause(query.tree)}"


def _clause(node: Node) -> str:
    if isinstance(node, Everything):
        return "of every kind"
    if isinstance(node, And):
        wanted = [part for part in node.parts if not isinstance(part, Not)]
        mentioned = [part for part in wanted if not isinstance(part, Fact | Has | Everything)]
        facts = [part for part in wanted if isinstance(part, Fact | Has)]
        said = []
        if mentioned:
            said.append("that mention " + " and ".join(_say(part, inside=And) for part in mentioned))
        said += [_say(part) for part in facts]
        said += ["without " + _say(part.part, inside=And) for part in node.parts if isinstance(part, Not)]
        return ", ".join(said or ["of every kind"])
    if isinstance(node, Fact | Has):
        return _say(node)
    return f"that mention {_say(node)}"


def _say(node: Node, *, inside: type[And] | None = None) -> str:
    match node:
        case Phrase():
            exactly = "exactly " if node.exact else ""
            ending = "…" if node.prefix else ""
            return f"{exactly}“{node.text}{ending}”{PLACES[node.field]}"
        case Fact(name, least):
            return f"from {least} {name} on"
        case Has(what):
            return "with code" if what == "code" else "with a project page"
        case Everything():
            return "anything"
        case Not(part):
            return f"not {_say(part, inside=And)}"
        case And(parts):
            said = " and ".join(_say(part, inside=And) for part in parts)
            return f"({said})" if inside else said
        case Or(parts):
            said = " or ".join(_say(part, inside=And) for part in parts)
            return f"({said})" if inside else said
