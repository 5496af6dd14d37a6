"""The preview page: real messages, as Slack and Discord are sent them, drawn on one page."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import storage
from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.forms import Kept, subscription_form
from adapters.platforms.discord.views import as_sent
from adapters.platforms.slack.blocks import to_blocks
from adapters.platforms.slack.form import Form as SlackForm
from adapters.platforms.slack.form import view_of
from adapters.preview import Form, Part, Sent, page
from adapters.sources.sample import DAYS, Sample
from bot.app.preview_messages import Exhibit, Filled, showcase
from bot.app.wiring import clock, desk_for_one_command, open_stores
from bot.config import Settings
from bot.domain import PaperList
from bot.domain.messages import Message
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores

INVENTED = (
    "There are no stored papers from these days yet, so these are invented ones."
    " “paperwire backfill” fetches real ones."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview.

    Attributes:
        page: Its HTML.
        remarks: Lines about it.
    """

    page: str
    remarks: tuple[str, ...]


def draw(settings: Settings, query: str, *, days: int, limit: int, marker: str) -> Preview:
    """Draw what a query would bring; see `bot.app.preview_messages.showcase`.

    Nothing is kept: the subscription is made in a database that is thrown away. The papers are the stored ones; if
    there are none from these days, or no database yet, those of the sample feed.

    Args:
        settings: Where the papers are.
        query: What would be subscribed to.
        days: How far back papers are looked for.
        limit: How many cards are shown.
        marker: See `adapters.preview.page`.

    Raises:
        QueryError: ``query`` is not in the language.
        StorageError: The database cannot be used.
    """
    today = clock().date()
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(scratch_stores())
        stored = stack.enter_context(open_stores(settings)) if settings.storage.path.exists() else None
        is_sample = stored is None or not stored.papers.days(since=today - timedelta(days=days - 1))
        if stored is None or is_sample:
            fill(scratch, today)
            stores = scratch
        else:
            stores = replace(
                scratch,
                papers=stored.papers,
                paper_index=stored.paper_index,
                meaning=stored.meaning,
                nearness=stored.nearness,
                vocabulary=stored.vocabulary,
            )
        shown = showcase(desk_for_one_command(settings, stores), query, days=days, limit=limit)
    remarks = tuple(line for line in (INVENTED if is_sample else "", shown.found) if line)
    parts = [part(exhibit) for exhibit in shown.exhibits]
    return Preview(page(f"What “{shown.query}” brings", remarks, parts, marker=marker), remarks)


def part(exhibit: Exhibit) -> Part:
    """An exhibit, with its messages as both platforms are sent them."""
    shown = [form(each) if isinstance(each, Filled) else sent(each, alone=exhibit.alone) for each in exhibit.shown]
    return Part(exhibit.headline, exhibit.about, shown)


def form(filled: Filled) -> Form:
    """The form to subscribe, as it is sent to Slack and to Discord."""
    return Form(
        view_of(SlackForm("C0123456789", filled.draft), explanation=filled.explanation),
        subscription_form(filled.draft, "", Kept({})).to_dict(),
    )


def sent(message: Message, *, alone: bool = False) -> Sent:
    """The message as it is sent to Slack and to Discord."""
    return Sent(to_blocks(message), as_sent(to_payload(message)), alone=alone)


@contextlib.contextmanager
def scratch_stores() -> Iterator[Stores]:
    """Stores in a database of their own, which is removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="paperwire-") as folder,
        storage.open_stores(Path(folder, "preview.db")) as stores,
    ):
        yield stores


def fill(stores: Stores, today: date) -> None:
    """Store the sample feed."""
    glossary = Glossary(stores.papers)
    for papers in asyncio.run(sample_lists(today)):
        stores.papers.save(Sample.name, papers, at=clock())
        glossary.read(papers.papers)


async def sample_lists(today: date) -> list[PaperList]:
    """The lists of the sample feed, earliest first."""
    sample = Sample(today)
    return [await sample.fetch(today - timedelta(days=ago)) for ago in reversed(range(DAYS))]
