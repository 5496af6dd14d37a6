"""/papers save, unsave and saved: a channel's reading list; in direct messages, one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.commands.abstract import QUOTED, find_paper
from bot.commands.desk import Desk
from bot.commands.opinions import note_opinion
from bot.commands.pages import Page, page_of, split_page
from bot.commands.subscriptions import matching
from bot.domain import Paper, SavedPaper, Saver
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.errors import CommandError, Instead, TooManySaved
from bot.ports.platform import MAX_CHOICES
from bot.text.figures import counted, listed
from bot.text.paper_links import paper_ids
from bot.text.rich import Rich, code, linked, moment_in, rich
from bot.text.shorten import shorten

MOST = 1_000
"""The most papers of a list."""

TITLE, NAME = 150, 40
"""Longest title and name of a person, in characters."""

NAMED = 3
"""The most people that a line names."""

EVERYONE = "for everyone"
"""What follows a paper that is taken off the list whoever has saved it."""

REPAIR = rich(code("/papers saved"), " shows the list.")


def save(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Put a paper on the reading list."""
    paper = find_paper(desk, text)
    saver = Saver(person_of(invocation), invocation.person, desk.now())
    try:
        is_new = desk.stores.saved.save(invocation.channel, paper, saver, limit=MOST)
    except TooManySaved:
        raise CommandError(
            f"The reading list is full: it has {MOST:,} papers.", repair=rich("Remove some first. ", REPAIR)
        ) from None
    note_opinion(desk, invocation.channel, paper, matching(desk, invocation.channel, paper), is_liked=True)
    entry = desk.stores.saved.get(invocation.channel, paper.id)
    savers = entry.savers if entry else (saver,)
    if not is_new:
        first = next((one for one in savers if one.person == saver.person), saver)
        when = moment_in(first.at, desk.zone_of(invocation))
        return Reply(rich("You saved ", title_of(paper), " already, on ", when, "."), buttons=(removing(paper),))
    others = names_of(one for one in savers if one.person != saver.person)
    too = f" {others} saved it too." if others else ""
    return Reply(
        rich("Saved ", title_of(paper), " to the reading list.", too),
        buttons=(Button("Undo", "papers", f"unsave {paper.id}"),),
    )


def unsave(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Take a paper off the reading list: for the person who saved it, or for everyone."""
    entry, channel, person = find_saved(desk, invocation, text), invocation.channel, person_of(invocation)
    paper, others = entry.paper, names_of(saver for saver in entry.savers if saver.person != person)
    undo = (Button("Undo", "papers", f"save {paper.id}"),)
    if text.lower().endswith(EVERYONE):
        desk.stores.saved.unsave(channel, paper.id)
        desk.stores.opinions.take_back(channel, paper.id)
        return Reply(rich("Removed ", title_of(paper), " from the reading list."), buttons=undo)
    if all(saver.person != person for saver in entry.savers):
        raise CommandError(
            f"You haven't saved this paper, but {others} did.",
            repair="It can be taken off the list all the same.",
            instead=[Instead("Remove it for everyone", "papers", f"unsave {paper.id} {EVERYONE}")],
        )
    desk.stores.saved.unsave(channel, paper.id, person)
    if not others:
        desk.stores.opinions.take_back(channel, paper.id)
    stays = f" It stays there, since {others} saved it too." if others else ""
    return Reply(rich("Removed ", title_of(paper), " from the reading list.", stays), buttons=undo)


def saved(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Show a page of the reading list: what most people saved first, then what was saved last."""
    papers = desk.stores.saved.of(invocation.channel)
    if not papers:
        return Reply(
            "The reading list is empty.",
            advice=rich("To put a paper on it, press Save on its card, or: ", code("/papers save 2608.01234")),
        )
    page = Page(papers, "", ())
    if not invocation.has_room:
        page = page_of(papers, split_page(text)[0], lambda label, other: Button(label, "papers", f"saved page:{other}"))
    zone = desk.zone_of(invocation)
    return Reply(
        f"{counted(len(papers), 'paper')} on the reading list{page.which}:",
        entries=tuple(entry_of(one, zone) for one in page.items),
        buttons=page.buttons,
    )


def saved_papers(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """Papers on the reading list whose title or id contains ``text``."""
    papers = [entry.paper for entry in desk.stores.saved.of(invocation.channel)]
    matching = [paper for paper in papers if text.casefold() in f"{paper.id} {paper.title}".casefold()]
    return [Choice(f"{paper.title} ({paper.id})", paper.id) for paper in matching[:MAX_CHOICES]]


def find_saved(desk: Desk, invocation: Invocation, text: str) -> SavedPaper:
    """The paper on the channel's list that ``text`` names by its id or a link.

    Raises:
        CommandError: It is not on the list.
    """
    if not text:
        raise CommandError("Which paper should come off the reading list?", repair=REPAIR)
    named = next(iter(paper_ids(text)), text.split(maxsplit=1)[0])
    entry = desk.stores.saved.get(invocation.channel, named)
    if entry is None:
        raise CommandError(f"The paper “{shorten(named, QUOTED)}” is not on the reading list.", repair=REPAIR)
    return entry


def entry_of(entry: SavedPaper, zone: str) -> Entry:
    """A paper of the list: its title, and who saved it when; the moment is in that time zone."""
    detail = rich(f"Saved by {names_of(entry.savers)} · ", moment_in(entry.savers[-1].at, zone))
    abstract = Button("Abstract", "papers", f"abstract {entry.paper.id}")
    return Entry(title_of(entry.paper), (abstract, removing(entry.paper)), detail)


def removing(paper: Paper) -> Button:
    """The button that takes the paper off the list."""
    return Button("Remove", "papers", f"unsave {paper.id}")


def title_of(paper: Paper) -> Rich:
    """The paper's title, with a link to its page."""
    return linked(shorten(paper.title, TITLE), paper.url)


def names_of(savers: Iterable[Saver]) -> str:
    """Who these are: "ada and ben", "ada, ben, cy and 4 more"."""
    names = [shorten(saver.name, NAME) for saver in savers]
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return listed([*names[:NAMED], *more]) if names else ""


def person_of(invocation: Invocation) -> str:
    """By what the person is known again; see `Saver`."""
    return invocation.person_id or invocation.person
