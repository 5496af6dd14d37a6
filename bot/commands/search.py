"""/papers search: stored papers that match a query."""

from __future__ import annotations

from bot.advice.advise import BROADEN, SPELLED, did_you_mean, is_of_names
from bot.advice.near_misses import near_misses_stored
from bot.advice.offers import readable
from bot.advice.spelling import respelled
from bot.advice.wider import wider_wordings
from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.pages import PAGE_SIZE, page_of, split_page
from bot.commands.understanding import Understood, label_of, understand
from bot.domain import Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Card, Entry, Reply
from bot.query import Query
from bot.search.lookup import SearchResult, look_up
from bot.search.near import near_query
from bot.text.figures import counted
from bot.text.rich import Rich, bold, linked, rich, rich_lines

INDEXING = "I'm still indexing older papers, so some are missing here. Please try again in a while."


NEAREST = 5
"""Papers that are shown because they are near in meaning."""


def search(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of the stored papers that match a query, best first, and below the last what is near in meaning."""
    number, text = split_page(text)
    understood = understand(text, desk.recent, searching)
    query = understood.query
    found = look_up(query, desk.stores, desk.glossary)
    if not found.papers:
        return none_found(desk, understood, found)
    page = page_of(
        found.papers, number, lambda label, other: Button(label, "papers", f"search page:{other} {query.text}")
    )
    return Reply(
        rich_lines(understood.doubt, headline(found, query, page.which, len(page.items))),
        cards=tuple(found_card(desk, paper, found.match_of(paper)) for paper in page.items),
        near=near_cards(desk, query, found) if page.is_last and len(page.items) + NEAREST <= PAGE_SIZE else (),
        buttons=(*page.buttons, *understood.buttons(searching), Button("Subscribe to this", "subscribe", query.text)),
    )


def headline(found: SearchResult, query: Query, which: str, shown: int) -> Rich:
    """How many papers match, which of them are shown, and in which order."""
    order = "best matches first" if found.by_words else "most votes first"
    count = rich(f"{counted(found.count, 'paper')} for ", bold(query.text), which)
    if not found.is_exact:
        count = rich("About ", count, f", {order}. I can show the first {len(found.papers)}:")
    else:
        count = rich(count, f", {order}:" if shown > 1 else ":")
    return rich_lines("" if found.is_whole else INDEXING, count)


def none_found(desk: Desk, understood: Understood, found: SearchResult) -> Reply:
    """Show the nearest papers, and offer a query that finds some: with other words, or a wider one."""
    query = understood.query
    near = near_cards(desk, query, found)
    misses = [] if near else near_misses_stored(query, desk.stores, desk.glossary)
    if found.is_exact:
        text = rich(f"No papers match “{query.text}”.")
    else:
        text = rich(f"None of the likeliest papers matches “{query.text}”. Adding a word would help.")
    lines = [] if found.is_whole else [INDEXING]
    lines += [understood.doubt] if understood.doubt else []
    buttons = list(understood.buttons(searching))
    respelling = respelled(query, desk.recent())
    wider = None if respelling else first_wider(desk, query)
    if respelling:
        text = rich(text, " ", did_you_mean(respelling))
        buttons.append(Button(label_of(respelling.brings), *searching(respelling.brings.query.text)))
    elif wider:
        form, count = wider
        text = rich(text, f" {counted(count, 'paper matches', 'papers match')} “{form}”.")
        buttons += [Button("Search wider", *searching(form)), Button("Try wider", "papers", f"try {form}")]
    else:
        buttons.append(Button("Try it anyway", "papers", f"try {query.text}"))
    closest = ["The closest:"] if misses else []
    advice = SPELLED if is_of_names(query) else BROADEN
    return Reply(
        rich_lines(*lines, text, *closest),
        entries=tuple(Entry(rich(linked(paper.title, paper.url), f": {miss}")) for paper, miss in misses),
        near=near,
        advice="" if respelling or wider else advice,
        buttons=(*buttons, Button("Subscribe to this", "subscribe", query.text)),
    )


def near_cards(desk: Desk, query: Query, found: SearchResult) -> tuple[Card, ...]:
    """The papers that are nearest in meaning and do not match; none while meaning is not ready."""
    matching = {paper.id for paper in found.papers}
    near = near_query(query, desk.meaning, desk.stores, desk.glossary.known, limit=NEAREST, without=matching)
    return tuple(found_card(desk, each.paper) for each in near or ())


def first_wider(desk: Desk, query: Query) -> tuple[str, int] | None:
    """The first broader form of the query that finds stored papers, and how many; None if there is none."""
    forms = (form for text in wider_wordings(query) if (form := readable(text)))
    found = ((form.text, look_up(form, desk.stores, desk.glossary)) for form in forms)
    return next(((text, result.count) for text, result in found if result.papers), None)


def searching(form: str) -> tuple[str, str]:
    """The command that searches for another query."""
    return "papers", f"search {form}"


def found_card(desk: Desk, paper: Paper, match: Match | None = None) -> Card:
    """The card of a paper that someone asked for, with what matched."""
    return make_card(paper, [match] if match else (), today=desk.now().date(), is_posted=False)
