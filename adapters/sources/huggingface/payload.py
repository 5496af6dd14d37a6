"""The Daily Papers payload: items are checked, cleaned and made into papers.

A list is a JSON array of items, each with a ``paper``. Its id and title are required; any other field that makes no
sense counts as absent, since the API's fields come and go. A paper that is asked for by its id comes without an item
around it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, Field, ValidationError, WrapValidator
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from bot.domain import Paper, PaperList, Skipped
from bot.text.addresses import is_web
from bot.text.paper_links import ARXIV_ID
from bot.text.plain import plain
from bot.text.shorten import shorten

THUMBNAILS = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers"

TITLE, TEXT, NAME, URL = 1_000, 20_000, 200, 2_000
"""Characters that are kept at most; a longer URL is dropped."""

AUTHORS, KEYWORDS = 2_000, 100

LARGEST_COUNT = 2**53

Value = TypeVar("Value")


def _or_nothing(value: Any, check: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Take an optional field as absent if it makes no sense."""
    try:
        return check(value)
    except ValidationError:
        return None


def _identifier(value: str) -> str:
    unversioned = re.sub(r"v\d+\Z", "", value)
    if ARXIV_ID.fullmatch(unversioned):
        return unversioned
    if ".." in value or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", value):
        raise ValueError("not an id")
    return value


def _title(value: str) -> str:
    title = shorten(plain(value[: 4 * TITLE]), TITLE)
    if not title:
        raise ValueError("empty")
    return title


def _url(value: str) -> str:
    if not is_web(value, URL):
        raise ValueError("not an address")
    return value


def _moment(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("no time zone")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("outside of the calendar") from None


def _text(limit: int) -> AfterValidator:
    return AfterValidator(lambda value: shorten(plain(value[: 2 * limit]), limit))


Maybe = Annotated[Value | None, WrapValidator(_or_nothing)]
Name = Annotated[str, _text(NAME)]
Text = Annotated[str, _text(TEXT)]
Url = Annotated[str, AfterValidator(_url)]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]


class Author(BaseModel):
    """An author, who may want to be hidden."""

    name: Name
    hidden: bool | None = None


class Organization(BaseModel):
    """The organization behind a paper."""

    name: Maybe[Name] = None
    fullname: Maybe[Name] = None


class Submitter(BaseModel):
    """The person who submitted a paper."""

    name: Maybe[Name] = None
    fullname: Maybe[Name] = None


class Record(BaseModel):
    """The ``paper`` in an item."""

    id: Annotated[str, AfterValidator(_identifier)]
    title: Annotated[str, AfterValidator(_title)]
    summary: Maybe[Text] = None
    authors: Maybe[list[Maybe[Author]]] = None
    published_at: Maybe[Annotated[datetime, AfterValidator(_moment)]] = Field(default=None, alias="publishedAt")
    listed_at: Maybe[Annotated[datetime, AfterValidator(_moment)]] = Field(default=None, alias="submittedOnDailyAt")
    upvotes: Maybe[Count] = None
    ai_summary: Maybe[Text] = None
    ai_keywords: Maybe[list[Maybe[Name]]] = None
    organization: Maybe[Organization] = None
    code: Maybe[Url] = Field(default=None, alias="githubRepo")
    stars: Maybe[Count] = Field(default=None, alias="githubStars")
    project: Maybe[Url] = Field(default=None, alias="projectPage")
    submitter: Maybe[Submitter] = Field(default=None, alias="submittedOnDailyBy")


class Item(BaseModel):
    """An item of a list."""

    paper: Record
    comments: Maybe[Count] = Field(default=None, alias="numComments")
    thumbnail: Maybe[Url] = None
    organization: Maybe[Organization] = None
    submitter: Maybe[Submitter] = Field(default=None, alias="submittedBy")


def read_list(items: list[Any], *, day: date, base_url: str) -> PaperList:
    """The list of ``day`` from its JSON items, in their order; an id that occurs twice counts once.

    Args:
        items: The items; anything that JSON can hold.
        day: The list's day.
        base_url: The site with the papers' pages, without a slash at the end.
    """
    papers: dict[str, Paper] = {}
    skipped: list[Skipped] = []
    for item in items:
        try:
            paper = _paper(Item.model_validate(item), day, base_url)
        except ValidationError as error:
            skipped.append(Skipped(_claimed_id(item), _reason(error)))
        else:
            papers.setdefault(paper.id, paper)
    return PaperList(day, tuple(papers.values()), tuple(skipped))


def read_paper(answer: Any, *, otherwise: date, base_url: str) -> Paper:  # noqa: ANN401 - whatever JSON holds
    """The paper in a JSON answer, listed on the day that it names, else when it was published.

    Args:
        answer: The answer; anything that JSON can hold.
        otherwise: Its list day if the answer tells neither.
        base_url: See `read_list`.

    Raises:
        ValueError: It is no paper; the message says why.
    """
    comments = answer.get("numComments") if isinstance(answer, dict) else None
    try:
        item = Item.model_validate({"paper": answer, "numComments": comments})
    except ValidationError as error:
        raise ValueError(_reason(error)) from None
    listed = item.paper.listed_at or item.paper.published_at
    return _paper(item, listed.date() if listed else otherwise, base_url)


def _paper(item: Item, day: date, base_url: str) -> Paper:
    record = item.paper
    organization = record.organization or item.organization or Organization()
    submitter = item.submitter or record.submitter or Submitter()
    authors = [author.name for author in record.authors or () if author and author.name and not author.hidden]
    return Paper(
        id=record.id,
        title=record.title,
        url=f"{base_url}/papers/{quote(record.id)}",
        list_day=day,
        abstract=record.summary or "",
        authors=tuple(dict.fromkeys(authors))[:AUTHORS],
        published_at=record.published_at,
        summary=record.ai_summary or "",
        keywords=tuple(dict.fromkeys(keyword for keyword in record.ai_keywords or () if keyword))[:KEYWORDS],
        organization=organization.fullname or organization.name or "",
        organization_handle=organization.name or "",
        submitter=submitter.fullname or submitter.name or "",
        submitter_handle=submitter.name or "",
        upvotes=record.upvotes or 0,
        comments=item.comments or 0,
        stars=record.stars,
        code_url=record.code or "",
        project_url=record.project or "",
        thumbnail_url=item.thumbnail or f"{THUMBNAILS}/{quote(record.id)}.png",
    )


def _claimed_id(item: object) -> str:
    """The id in an invalid record, safe to log; "" if it has none."""
    paper = item.get("paper") if isinstance(item, dict) else None
    claimed = paper.get("id") if isinstance(paper, dict) else None
    return shorten(plain(str(claimed)[:200]), 64) if isinstance(claimed, str | int) else ""


def _reason(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in details['loc']) or 'item'}: {details['msg']}"
