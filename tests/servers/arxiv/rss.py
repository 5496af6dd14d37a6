"""Feeds as arXiv gives them: https://info.arxiv.org/help/rss_specifications.html."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.servers.arxiv.world import LAST_ANNOUNCED_VERSION, NEW_YORK, Change, World, any_in

CHANNEL = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>{title}</title>
    <link>http://rss.arxiv.org/rss/{title}</link>
    <lastBuildDate>{built}</lastBuildDate>
    <pubDate>{midnight}</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>
{items}  </channel>
</rss>
"""

CUT_LAST = ["replace-cross", "replace", "cross", "new"]
"""How a feed that is too long is sorted before its end is cut off."""


def feed(world: World, categories: Sequence[str], capacity: int) -> str:
    """The feed of those categories together."""
    day = world.feed_day()
    midnight = datetime.combine(day, time(), NEW_YORK)
    found: dict[str, str] = {}
    items: dict[str, str] = {}
    for change in world.announced.get(day, ()):
        kind = _kind(change, categories)
        if kind and (change.entry.id not in found or CUT_LAST.index(kind) > CUT_LAST.index(found[change.entry.id])):
            found[change.entry.id] = kind
            items[change.entry.id] = _item(change, kind, format_datetime(midnight))
    kept = sorted(items, key=lambda paper_id: CUT_LAST.index(found[paper_id]))[:capacity]
    return CHANNEL.format(
        title="+".join(categories),
        built=format_datetime(midnight + timedelta(seconds=2)),
        midnight=format_datetime(midnight),
        items="".join(items[paper_id] for paper_id in kept),
    )


def error(what: str) -> str:
    """What a request for a category that does not exist is answered with."""
    return CHANNEL.format(title=f'Feed error for query "{escape(what)}"', built="", midnight="", items="")


def _kind(change: Change, categories: Sequence[str]) -> str:
    """How a change is announced to readers of those categories; "" if it is not."""
    if change.kind == "cross":
        return "cross" if any_in([change.category], categories) else ""
    if not any_in(change.categories, categories):
        return ""
    is_primary = any_in([change.entry.primary], categories)
    if change.kind == "new":
        return "new" if is_primary else "cross"
    if len(change.entry.versions) > LAST_ANNOUNCED_VERSION:
        return ""
    return "replace" if is_primary else "replace-cross"


def _item(change: Change, kind: str, published: str) -> str:
    entry = change.entry
    version = f"{entry.id}v{len(entry.versions)}"
    abstract = escape(entry.fields["abstract"])
    categories = "".join(f"<category>{category}</category>" for category in entry.categories)
    return (
        f"    <item><title>{escape(entry.fields['title'])}</title><link>https://arxiv.org/abs/{entry.id}</link>"
        f"<description>arXiv:{version} Announce Type: {kind} \nAbstract: {abstract}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{version}</guid>{categories}<pubDate>{published}</pubDate>'
        f"<arxiv:announce_type>{kind}</arxiv:announce_type>"
        "<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>"
        f"<dc:creator>{escape(entry.fields['authors'])}</dc:creator></item>\n"
    )
