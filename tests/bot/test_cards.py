"""The text of cards and digests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from string import ascii_letters
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import NAME, NOTICE, SENTENCE, SUMMARY, byline, make_digest, with_counts
from bot.domain import Counts, Evidence, Match, Nearness
from bot.domain.messages import Button, Card, Digest, Link
from tests.builders import TODAY, a_paper, card_of, completed, digest_of, on_list

YESTERDAY = TODAY - timedelta(days=1)

LAST_YEAR = date(TODAY.year - 1, 12, 30)

DANCE = Evidence("title", "Dance", "Robots Learn to ", "")

VOTES = Evidence("upvotes", "upvotes>=20")


def why(*evidence: Evidence, query: str = "dance") -> str:
    """The reason on a card with this evidence."""
    return reason_on(card_of(a_paper(), [Match(query, evidence)]))


def reason_on(card: Card) -> str:
    """Why the card is here, with asterisks around what is emphasized; empty if it does not say so."""
    return "\n".join(
        "".join(f"*{piece.text}*" if piece.bold else piece.text for piece in line) for line in card.reasons
    )


def labels(targets: Iterable[Link | Button]) -> list[str]:
    """What these buttons and entries of a menu say."""
    return [target.label for target in targets]


def brought(*queries: str) -> list[Match]:
    """What subscriptions with these queries find in a paper's title."""
    return [Match(query, (DANCE,)) for query in queries]


@pytest.mark.parametrize(
    ("authors", "organization", "text"),
    [
        (("Ada", "Ben"), "", "Ada, Ben"),
        (("Ada", "Ben", "Cy"), "", "Ada, Ben, Cy"),
        (("Ada", "Ben", "Cy", "Dee"), "", "Ada, Ben, Cy and 1 more"),
        (tuple(f"A{n}" for n in range(664)), "", "A0, A1, A2 and 661 more"),
        (("Ada",), "Acme", "Acme · Ada"),
        ((), "Acme", "Acme"),
        ((), "", ""),
    ],
)
def test_the_byline_names_organization_and_first_authors(
    authors: tuple[str, ...], organization: str, text: str
) -> None:
    assert byline(a_paper(authors=authors, organization=organization)) == text


def test_a_very_long_name_does_not_fill_the_byline() -> None:
    text = byline(a_paper(authors=("A consortium " * 50, "Ben", "Cy", "Dee"), organization="Acme " * 50))
    assert text.endswith("…, Ben, Cy and 1 more")
    assert len(text) <= 2 * NAME + len(" · , Ben, Cy and 1 more")


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ({}, ""),
        ({"upvotes": 58, "comments": 1, "stars": 1204}, "▲ 58 · 1 comment · ★ 1,204"),
        ({"upvotes": 3, "comments": 2, "stars": 0}, "▲ 3 · 2 comments"),
        ({"upvotes": 3, "list_day": YESTERDAY}, "9 Mar · ▲ 3"),
        ({"upvotes": 3, "list_day": LAST_YEAR}, "30 Dec 2025 · ▲ 3"),
        ({"upvotes": 3, "submitter": "AK"}, "▲ 3 · submitted by AK"),
    ],
)
def test_figures_name_the_day_if_it_is_not_today_and_nothing_that_is_zero(about: dict[str, Any], text: str) -> None:
    assert card_of(a_paper(**about)).figures == text


def test_figures_end_with_how_fast_votes_are_gained_and_where_the_paper_comes_from() -> None:
    published = datetime(2023, 4, 5, tzinfo=UTC)
    card = card_of(a_paper(upvotes=9, published_at=published), trend="+9 votes in 12 hours")
    assert card.figures == "▲ 9 · +9 votes in 12 hours · published 5 Apr 2023"


@pytest.mark.parametrize(
    ("published", "submitter", "text"),
    [
        (TODAY - timedelta(days=7), "", ""),
        (TODAY - timedelta(days=8), "", "published 2 Mar"),
        (date(2023, 4, 5), "", "published 5 Apr 2023"),
        (TODAY, "AK", "submitted by AK"),
        (date(2023, 4, 5), "AK", "published 5 Apr 2023 · submitted by AK"),
        (None, "", ""),
        (TODAY + timedelta(days=30), "", ""),
    ],
)
def test_the_card_says_where_the_paper_comes_from(published: date | None, submitter: str, text: str) -> None:
    at = published and datetime(published.year, published.month, published.day, tzinfo=UTC)
    assert card_of(a_paper(published_at=at, submitter=submitter)).origin == text


@pytest.mark.parametrize(
    ("summary", "abstract", "shown", "whose"),
    [
        ("Short.", "Long.", "Short.", "Hugging Face's summary"),
        ("", "Long.", "Long.", "From the abstract"),
        ("", "", "", ""),
    ],
)
def test_the_summary_is_the_lists_own_else_the_abstract_and_says_whose_it_is(
    summary: str, abstract: str, shown: str, whose: str
) -> None:
    card = card_of(a_paper(summary=summary, abstract=abstract))
    assert (card.summary, card.summary_by) == (shown, whose)


def test_a_long_summary_ends_with_a_sentence() -> None:
    long = card_of(a_paper(abstract="A sentence about robots. " * 50)).summary
    assert len(long) <= SUMMARY
    assert long.endswith("robots. …")


def test_the_abstract_is_kept_whole() -> None:
    abstract = "A sentence about robots. " * 50
    assert card_of(a_paper(abstract=abstract)).abstract == abstract


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        ("Robots dance. They also sing.", "Robots dance."),
        ("Robots, e.g. those of Acme et al., dance. They sing.", "Robots, e.g. those of Acme et al., dance."),
        ("Robots dance", "Robots dance"),
        ("", ""),
    ],
)
def test_a_digest_has_one_sentence_of_what_a_paper_is(summary: str, sentence: str) -> None:
    assert card_of(a_paper(summary=summary, abstract="")).sentence == sentence


def test_a_long_sentence_ends_after_a_word() -> None:
    sentence = card_of(a_paper(summary="robots that dance " * 20)).sentence
    assert len(sentence) <= SENTENCE
    assert sentence.removesuffix("…").split()[-1] in {"robots", "that", "dance"}


def test_pdf_code_abstract_and_save_stand_in_the_row_and_the_rest_in_the_menu() -> None:
    paper = a_paper(code_url="https://code.example", project_url="https://project.example")
    card = card_of(paper, brought("dance"))
    assert labels([*card.links, *card.buttons]) == ["PDF", "Code", "Abstract", "Save"]
    assert labels(card.menu) == [
        "Why",
        "Less like this",
        "More like this",
        "Follow for me",
        "arXiv",
        "Project",
        "Discuss",
    ]


def test_what_a_paper_does_not_have_has_no_button() -> None:
    card = card_of(a_paper(id="talk-7"))
    assert labels([*card.links, *card.buttons]) == ["Abstract", "Save"]
    assert labels(card.menu) == ["Why", "More like this", "Discuss"]


def test_a_card_that_was_asked_for_offers_no_change_of_the_subscriptions() -> None:
    card = card_of(a_paper(), brought("dance"), is_posted=False)
    assert labels(card.menu) == ["Why", "More like this", "arXiv", "Discuss"]


def test_a_reason_names_the_subscription_and_quotes_what_matched_from_its_surroundings() -> None:
    evidence = Evidence("abstract", "reinforcement learning", "…policies with ", " from people…")
    assert why(evidence, query="reinforcement learning") == (
        "for “reinforcement learning”: “…policies with *reinforcement learning* from people…”"
    )


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (DANCE, "for “dance”: “*Dance*” in the title"),
        (Evidence("keyword", "world model"), "for “dance”: keyword “*world model*”"),
        (Evidence("author", "Sample", "Ben "), "for “dance”: by *Ben Sample*"),
        (Evidence("org", "Acme", "", " Labs"), "for “dance”: from *Acme Labs*"),
        (Evidence("submitter", "AK"), "for “dance”: submitted by *AK*"),
        (Evidence("keyword", "x>=2"), "for “dance”: keyword “*x>=2*”"),
    ],
)
def test_a_reason_says_where_it_matched(evidence: Evidence, text: str) -> None:
    assert why(evidence) == text


def test_a_reason_says_how_close_a_paper_is_to_a_subject_that_it_does_not_name() -> None:
    near = Nearness("red teaming", 0.518, "We jailbreak every kettle.")
    assert why(Evidence("abstract", "jailbreak", "We ", " every kettle…", near), query="~red teaming") == (
        "for “~red teaming”: close to “red teaming” (0.52); it says “*jailbreak*”: “We jailbreak every kettle.”"
    )


@pytest.mark.parametrize(
    ("query", "evidence", "text"),
    [
        ("upvotes>=20", (VOTES,), "for “upvotes>=20”"),
        ("dance has:code", (DANCE, Evidence("code", "has:code")), "for “dance has:code”: “*Dance*” in the title"),
        ('"in context"', (), "for “in context”"),
        ('"in context" -"a survey"', (), 'for “"in context" -"a survey"”'),
    ],
)
def test_a_reason_repeats_nothing_that_its_query_says(query: str, evidence: tuple[Evidence, ...], text: str) -> None:
    assert why(*evidence, query=query) == text


def test_a_reason_quotes_two_places_at_most() -> None:
    assert why(*(Evidence("keyword", f"robot {n}") for n in range(9))) == (
        "for “dance”: keyword “*robot 0*”; keyword “*robot 1*”"
    )


def test_words_of_the_title_are_quoted_together_and_first() -> None:
    robots = Evidence("title", "Robots", "", " Learn to Dance")
    assert why(Evidence("keyword", "music"), robots, DANCE) == (
        "for “dance”: “*Robots*” and “*Dance*” in the title; keyword “*music*”"
    )


def test_several_subscriptions_are_named_and_the_same_words_quoted_once() -> None:
    assert reason_on(card_of(a_paper(), brought("dance", "dance, music"))) == (
        "for “dance” and “dance, music”: “*Dance*” in the title"
    )
    assert reason_on(card_of(a_paper(), brought("dance", "dance, music", "dance*", "robots"))) == (
        "for “dance”, “dance, music” and 2 more: “*Dance*” in the title"
    )


def test_a_paper_that_has_reached_its_votes_says_so_and_when_it_was_listed() -> None:
    query, found = "dance upvotes>=20", [Match("dance upvotes>=20", (DANCE, VOTES))]
    card = card_of(a_paper(list_day=YESTERDAY), found, reached=TODAY)
    assert reason_on(card) == (
        f"for “{query}”: *reached 20 votes* by 10 March, listed on 9 March; “*Dance*” in the title"
    )
    assert card.notice.startswith("Reached 20 votes: Walking Robots")


def test_a_card_that_was_searched_for_only_quotes_what_matched() -> None:
    card = card_of(a_paper(), brought("dance"), is_posted=False)
    assert reason_on(card) == "“*Dance*” in the title"
    assert card.brought_by == ""


def test_a_card_without_subscription_and_one_of_every_paper_have_no_reasons() -> None:
    for card in (card_of(a_paper()), card_of(a_paper(), [Match("*")])):
        assert card.reasons == ()


@pytest.mark.parametrize(
    ("queries", "text"),
    [
        (("dance",), "dance"),
        (("dance", "robots", "music"), "dance and 2 more"),
        (("*", "robots"), "robots"),
        (("*",), ""),
    ],
)
def test_a_digest_names_the_subscription_that_brought_a_paper(queries: tuple[str, ...], text: str) -> None:
    assert card_of(a_paper(), brought(*queries)).brought_by == text


def test_a_digest_has_most_votes_first_then_the_strongest_match() -> None:
    few, many = a_paper(id="few", upvotes=1), a_paper(id="many", upvotes=9)
    strong = card_of(a_paper(id="strong", upvotes=1), [Match("dance", (DANCE,))])
    digest = digest_of([card_of(few), strong, card_of(many)])
    assert [card.paper_id for card in digest.cards] == ["many", "strong", "few"]


def test_equally_good_papers_of_a_digest_keep_their_order() -> None:
    digest = digest_of([card_of(a_paper(id=str(number))) for number in range(5)])
    assert [card.paper_id for card in digest.cards] == ["0", "1", "2", "3", "4"]


def ordered(votes: Sequence[int], **liking: float) -> list[str]:
    """The papers of a digest in its order, each named by its place among these votes: a, b and so on."""
    cards = [card_of(a_paper(id=name, upvotes=count)) for name, count in zip(ascii_letters, votes, strict=False)]
    return [card.paper_id for card in make_digest(cards, today=TODAY, liking=liking).cards]


def test_what_its_readers_like_comes_sooner_in_a_digest_and_what_they_do_not_later() -> None:
    assert ordered([12, 10, 8], a=-0.4, c=0.4) == ["c", "b", "a"]


def test_liking_counts_as_much_beside_many_votes_as_beside_few() -> None:
    assert ordered([9, 4], b=0.2) == ordered([399, 199], b=0.2) == ["b", "a"]
    assert ordered([9, 4], b=0.1) == ordered([399, 199], b=0.1) == ["a", "b"]


@given(st.lists(st.integers(0, 2**60), max_size=20), st.floats(-1, 1))
def test_where_all_is_liked_alike_the_order_is_that_of_votes(votes: list[int], alike: float) -> None:
    by_votes = sorted(range(len(votes)), key=lambda place: -votes[place])
    everything = dict.fromkeys(ascii_letters, alike)
    assert ordered(votes) == ordered(votes, **everything) == [ascii_letters[at] for at in by_votes]


@given(st.lists(st.tuples(st.integers(0, 2**60), st.floats(-1, 1)), max_size=20))
def test_whatever_is_liked_no_paper_of_a_digest_is_left_out(papers: list[tuple[int, float]]) -> None:
    liking = dict(zip(ascii_letters, (liked for _, liked in papers), strict=False))
    assert sorted(ordered([votes for votes, _ in papers], **liking)) == [*ascii_letters[: len(papers)]]


@pytest.mark.parametrize(
    ("days", "headline"),
    [
        ([TODAY], "1 paper · Tuesday 10 March"),
        ([TODAY, TODAY], "2 papers · Tuesday 10 March"),
        ([YESTERDAY, TODAY], "2 papers · 9–10 March"),
        ([LAST_YEAR, TODAY], "2 papers · 30 December 2025 – 10 March 2026"),
        ([], "No new papers."),
    ],
)
def test_a_digest_is_headed_by_how_many_papers_of_which_days_it_holds(days: list[date], headline: str) -> None:
    cards = [card_of(a_paper(id=str(number), list_day=day)) for number, day in enumerate(days)]
    assert digest_of(cards).headline == headline


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ({"organization": "Acme"}, "Walking Robots Learn to Dance, by Acme: Ada Example, Ben Sample"),
        ({"authors": ("Ada Example",)}, "Walking Robots Learn to Dance, by Ada Example"),
        ({"title": "Can Robots Dance?"}, "Can Robots Dance? By Ada Example, Ben Sample"),
        ({"authors": ()}, "Walking Robots Learn to Dance"),
    ],
)
def test_a_notification_reads_as_a_sentence(about: dict[str, Any], text: str) -> None:
    assert card_of(a_paper(**about)).notice == text


def test_a_notification_of_a_digest_begins_with_the_number_of_papers() -> None:
    cards = [card_of(a_paper(id=title, title=title)) for title in ("Robots Dance", "Robots Sing")]
    assert digest_of(cards).notice == "2 papers, Tuesday 10 March: Robots Dance; Robots Sing"
    assert digest_of([]).notice == "No new papers."


def test_a_notification_is_one_short_line() -> None:
    card = card_of(a_paper(title="Robots " * 60))
    for message in (card, digest_of([card] * 30)):
        assert len(message.notice) <= NOTICE


def test_new_counts_change_nothing_but_counts_and_figures() -> None:
    posted = card_of(a_paper(upvotes=1, list_day=YESTERDAY), brought("dance"))
    counted = with_counts(posted, {posted.paper_id: Counts(58, 3, 138)})
    assert isinstance(counted, Card)
    assert counted.figures == "9 Mar · ▲ 58 · 3 comments · ★ 138"
    assert replace(counted, upvotes=1, comments=0, stars=None, figures=posted.figures) == posted


def test_a_card_of_the_first_layout_keeps_its_figures() -> None:
    posted = completed(replace(card_of(a_paper(list_day=YESTERDAY, submitter="AK")), layout=1))
    assert posted.figures == "▲ 0"
    counted = with_counts(posted, {posted.paper_id: Counts(2, 0, None)})
    assert isinstance(counted, Card)
    assert counted.figures == "▲ 2"


def test_a_paper_of_a_digest_that_is_gone_keeps_its_counts() -> None:
    digest = digest_of([card_of(a_paper(id="gone", upvotes=9)), card_of(a_paper(id="here", upvotes=1))])
    counted = with_counts(digest, {"here": Counts(5, 0, None)})
    assert isinstance(counted, Digest)
    assert [card.figures for card in counted.cards] == ["▲ 9", "▲ 5"]


def test_a_card_that_stands_says_once_that_its_paper_was_withdrawn() -> None:
    card = card_of(a_paper())
    told = with_counts(card, {card.paper_id: Counts(0, 0, None, is_withdrawn=True)})
    assert isinstance(told, Card)
    assert (told.note, told.counts.is_withdrawn) == ("Its authors have withdrawn this paper.", True)


def test_a_card_names_the_list_of_arxiv_its_categories_and_what_the_authors_say() -> None:
    paper = on_list(
        a_paper(categories=("cs.RO", "cs.LG", "cs.AI", "cs.CV"), comment="Accepted at ExampleConf", upvotes=3),
        ("arxiv", TODAY),
        ("huggingface", TODAY),
    )
    assert card_of(paper).figures == "▲ 3 · Daily Papers and arXiv cs.RO, cs.LG, cs.AI · “Accepted at ExampleConf”"
