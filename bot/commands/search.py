"""/papers search: stored papers that match a query."""

from __future__ import annotations

from bot.advice.near_misses import near_misses_stored
from bot.advice.wider import wider_wordings
from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import page_of, split_page
from bot.domain import Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Card, Entry, Reply
from bot.query import Query, parse
from bot.search.lookup import SearchResult, look_up
from bot.text.figures import counted

INDEXING = "I'm still indexing older papers, so some are missing here. Please try again in a while."


def search(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of the stored papers that match a query, best first."""
    number, text = split_page(text)
    query = parse(text)
    found = look_up(query, desk.stores, desk.glossary)
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
    """How many papers match, which of them are shown, and in which order."""
    notice = "" if found.is_whole else f"{INDEXING}\n"
    order = "best matches first" if found.by_words else "most votes first"
    count = f"{counted(found.count, 'paper')} for {query.text}{which}"
    if found.is_exact:
        return f"{notice}{count}, {order}:" if shown > 1 else f"{notice}{count}:"
    return f"{notice}About {count}, {order}. I can show the first {len(found.papers)}:"


def none_found(desk: Desk, query: Query, found: SearchResult) -> Reply:
    """Show the nearest papers, and offer a wider query that finds some."""
    near = near_misses_stored(query, desk.stores, desk.glossary)
    if found.is_exact:
        text = f"No papers match “{query.text}”."
    else:
        text = f"None of the likeliest papers matches “{query.text}”. Adding a word would help."
    forms = ((form, look_up(parse(form), desk.stores, desk.glossary)) for form in wider_wordings(query))
    wider = next(((form, other) for form, other in forms if other.papers), None)
    if not found.is_whole:
        text = f"{INDEXING}\n{text}"
    buttons = []
    if wider:
        form, other = wider
        text += f" {counted(other.count, 'paper matches', 'papers match')} “{form}”."
        buttons = [Button("Search wider", "papers", f"search {form}"), Button("Try wider", "papers", f"try {form}")]
    return Reply(
        f"{text}\nThe closest:" if near else text,
        entries=tuple(Entry(f"{paper.title}: {miss}") for paper, miss in near),
        advice="" if wider else "Fewer words find more, and a comma adds alternatives: rlhf, reward model.",
        buttons=(
            *buttons,
            *(() if wider else (Button("Try it anyway", "papers", f"try {query.text}"),)),
            Button("Subscribe to this", "subscribe", query.text),
        ),
    )


def found_card(paper: Paper, match: Match | None = None) -> Card:
    """The card of a paper that someone asked for, with what matched."""
    return make_card(paper, [match] if match else (), is_posted=False)
