"""arXiv: https://info.arxiv.org/help/oa/index.html and https://info.arxiv.org/help/rss.html."""

from adapters.sources.arxiv.source import Arxiv

__all__ = ["Arxiv"]
