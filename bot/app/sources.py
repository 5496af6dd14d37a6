"""The sources that are configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import Settings
from bot.ports.source import PaperSource

if TYPE_CHECKING:
    from adapters.sources.arxiv.source import Arxiv
    from adapters.sources.huggingface.source import HuggingFace


def make_sources(settings: Settings) -> tuple[PaperSource, ...]:
    """The sources that are on, the one with more about a paper first."""
    hub = make_hugging_face(settings)
    return (hub, make_arxiv(settings)) if settings.sources.arxiv.is_on else (hub,)


def make_hugging_face(settings: Settings, *, tries: int | None = None) -> HuggingFace:
    """Hugging Face's Daily Papers; ``tries`` is how often each request is tried, where given."""
    from adapters.sources.huggingface.source import TRIES, HuggingFace

    hub = settings.sources.huggingface
    return HuggingFace(hub.base_url, token=hub.token.get_secret_value(), tries=tries or TRIES)


def make_arxiv(settings: Settings, *, tries: int | None = None) -> Arxiv:
    """ArXiv; ``tries`` as above."""
    from adapters.sources.arxiv.answers import TRIES
    from adapters.sources.arxiv.source import Arxiv

    arxiv = settings.sources.arxiv
    return Arxiv(arxiv.categories, oai_url=arxiv.oai_url, rss_url=arxiv.rss_url, tries=tries or TRIES)
