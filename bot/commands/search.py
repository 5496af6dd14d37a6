"""Looking papers up: by a query in the whole store, and those of a day."""

from __future__ import annotations

from bot.advice.near_misses import near_misses_stored
from bot.advice.wider import wider_wordings
from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import page_of, paged
from bot.domain import Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Card, Entry, Reply
from bot.query import Query, parse
from bot.search.lookup import SearchResult, look_up
from bot.text.figures import counted

FILING = "I am still reading through older papers, so some are missing here; please ask again in a while."


def search(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of the stored papers that a query matches, best first."""
    number, text = paged(text)
    query = parse(text)
    found = look_up(query, desk.stores, desk.glossary, now=desk.now)
    if not found.papers:
        return none_found(desk, query, found)
    page = page_of(found.papers, number, lambda other: f"search page:{other} {query.text}")
    return Reply(
        headline(found, query, page.which, len(page.items)),
        cards=tuple(found_card(paper, match) for paper, match in page.items),
        advice=page.advice,
        buttons=(*page.buttons, Button("Subscribe to this", "subscribe", query.text)),
    )


def headline(found: SearchResult, query: Query, which: str, shown: int) -> str:
    """How many there are, which of them are shown, and in which order."""
    before = "" if found.is_whole else f"{FILING}\n"
    order = "best matches first" if found.by_words else "most votes first"
    said = f"{counted(found.count, 'paper')} for {query.text}{which}"
    if found.is_exact:
        return f"{before}{said}, {order}:" if shown > 1 else f"{before}{said}:"
    return f"{before}About {said}, {order}; I can show the first {len(found.papers)}:"


def none_found(desk: Desk, query: Query, found: SearchResult) -> Reply:
    """Say what comes near, and offer a wider form that finds something."""
    near = near_misses_stored(query, desk.stores, desk.glossary)
    if found.is_exact:
        said = f"I know no paper for {query.text}."
    else:
        said = f"I found no paper for {query.text} among the likeliest ones. Another word would help."
    forms = ((form, look_up(parse(form), desk.stores, desk.glossary, now=desk.now)) for form in wider_wordings(query))
    offered = next(((form, other) for form, other in forms if other.papers), None)
    if not found.is_whole:
        said = f"{FILING}\n{said}"
    buttons = []
    if offered:
        form, other = offered
        said += f" There {'is' if other.count == 1 else 'are'} {counted(other.count, 'paper')} for {form}."
        buttons = [Button("Search wider", "papers", f"search {form}"), Button("Try wider", "papers", f"try {form}")]
    return Reply(
        f"{said}\nThese come near:" if near else said,
        entries=tuple(Entry(f"{paper.title}: {miss}") for paper, miss in near),
        advice="" if offered else "Fewer words find more, and a comma adds alternatives, as in rlhf, reward model.",
        buttons=(
            *buttons,
            *(() if offered else (Button("Try it anyway", "papers", f"try {query.text}"),)),
            Button("Subscribe to this", "subscribe", query.text),
        ),
    )


def found_card(paper: Paper, match: Match | None = None) -> Card:
    """The card of a paper that was asked for, with what matched."""
    return make_card(paper, [match] if match else (), is_posted=False)
