from __future__ import annotations

import json
from pathlib import Path
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.buttons import MOST_BUTTONS
from adapters.platforms.discord.embeds import thread_name, to_embed, to_payload
from adapters.platforms.discord.markdown import flat, inert
from adapters.sources.huggingface.payload import read_list
from bot.domain.messages import Button, Card, Digest, Entry, Message, Reply
from bot.text.characters import units
from tests.adapters.platforms.discord.messages import DIGESTS, KEY, REPLIES, a_card, body, cards, kinds, text_of
from tests.builders import TODAY, a_paper, card_of, digest_of
from tests.servers.discord.markdown import active, every, formatted, obeyed, parse, shown
from tests.servers.discord.rules import complaints


@given(cards() | DIGESTS | REPLIES, st.sampled_from(["", KEY]))
def test_any_message_is_one_that_discord_takes_and_in_which_nothing_acts(message: Message, key: str) -> None:
    payload = to_payload(message, key=key)
    assert complaints(body(payload)) == []
    assert obeyed(body(payload)) == []
    assert len(payload.buttons) <= MOST_BUTTONS


@given(cards())
def test_any_card_says_what_it_should_with_no_markup_but_bold(card: Card) -> None:
    embed = to_embed(card).to_dict()
    assert active(embed["title"]) == active(embed.get("description", "")) == []
    assert {kind for field in embed.get("fields", []) for kind in active(field["value"])} <= {"bold"}


@given(DIGESTS)
def test_a_digest_links_its_papers_and_nothing_else(digest: Digest) -> None:
    [embed] = to_payload(digest).embeds
    links = [node for node in every(parse(embed.description or "")) if node.kind == "link"]
    assert len(links) <= len(digest.cards)
    assert {node.url.split("/")[2] for node in links} <= {"papers.example"}


def test_a_card_says_everything_about_its_paper() -> None:
    card = a_card(
        organization="Example Institute", upvotes=58, comments=3, stars=1234, thumbnail_url="https://t.example/1.png"
    )
    embed = to_embed(card).to_dict()
    assert embed["title"] == "Walking Robots Learn to Dance"
    assert embed["url"] == card.url
    assert embed["description"] == "We teach robots to dance."
    assert embed["author"] == {"name": "Example Institute · Ada Example, Ben Sample"}
    assert embed["footer"] == {"text": "▲ 58 · 3 comments · ★ 1,234 · 10 March 2026"}
    assert embed["thumbnail"] == {"url": "https://t.example/1.png"}
    [why] = embed["fields"]
    assert why["value"] == "abstract: We teach **“robots”** to dance."


def test_a_card_that_nobody_subscribed_to_gives_no_reason() -> None:
    assert "fields" not in to_embed(card_of(a_paper())).to_dict()


def test_pictures_can_be_left_out() -> None:
    payload = to_payload(a_card(thumbnail_url="https://t.example/1.png"), thumbnails=False)
    assert payload.embeds[0].thumbnail.url is None


def test_a_digest_of_forty_papers_is_one_message_with_a_line_for_each() -> None:
    papers = [
        a_card(
            id=f"9901.{number:05}",
            title=f"Paper {number}: {'Long Words in a Title ' * 8}",
            upvotes=number,
            comments=3,
            stars=9,
        )
        for number in range(40)
    ]
    digest = digest_of(papers)
    payload = to_payload(digest)
    assert complaints(body(payload)) == []
    lines = text_of(digest).splitlines()
    assert lines[0] == "40 papers · 10 March 2026"
    assert [line.split(":")[0] for line in lines[1:]] == [f"Paper {number}" for number in reversed(range(40))]
    assert all("…\u00a0· ▲\u00a0" in line and line.endswith("3\u00a0comments\u00a0· ★\u00a09") for line in lines[1:])
    assert sum(line.kind == "link" for text in formatted(body(payload)) for line in every(parse(text))) == 40


def test_a_digest_of_more_papers_than_any_message_holds_counts_the_rest() -> None:
    digest = digest_of([a_card(id=f"9901.{number:05}") for number in range(200)])
    assert complaints(body(to_payload(digest))) == []
    shown_ = text_of(digest).splitlines()[1:]
    assert shown_[-1] == f"… and {200 - len(shown_) + 1} more"


def test_a_reply_says_everything_in_its_order() -> None:
    reply = Reply(
        "Text.\n\nMore text.",
        code="a AND\n     ^",
        entries=(Entry("1. robots"), Entry("7. teacups")),
        advice="Try this.",
    )
    assert text_of(reply) == "Text.\n\nMore text.\na AND\n     ^\n1. robots\n7. teacups\n\nTry this."
    assert kinds(reply) == {"code block"}


def test_a_reply_that_could_not_be_done_has_a_colour_of_its_own() -> None:
    done, failed = (to_payload(Reply("Text.", ok=ok)).embeds[0].colour for ok in (True, False))
    assert done != failed


def test_a_long_abstract_is_shown_whole() -> None:
    abstract = "We teach robots to dance, with great care. " * 60
    assert abstract.strip() in text_of(Reply(f"A title\n{abstract.strip()}"))


def test_papers_asked_for_stand_under_the_text_each_in_its_embed() -> None:
    found = tuple(card_of(a_paper(id=f"9901.{number:05}", title=f"Paper {number}")) for number in range(10))
    payload = to_payload(Reply("10 papers:", cards=found))
    assert payload.content == "10 papers:"
    assert [embed.title for embed in payload.embeds] == [f"Paper {number}" for number in range(10)]


def test_a_paper_asked_for_alone_is_a_whole_card_with_its_buttons() -> None:
    payload = to_payload(Reply("1 paper:", cards=(a_card(),), buttons=(Button("More", "papers", "today"),)))
    assert [button.label for button in payload.buttons] == [
        *("Paper", "arXiv", "PDF"),
        *("Abstract", "Why", "Less like this", "More"),
    ]
    assert payload.embeds[0].fields


@given(cards() | DIGESTS | REPLIES)
def test_a_forum_post_has_a_name_that_discord_takes(message: Message) -> None:
    name = thread_name(message)
    post = {"name": name, "message": body(to_payload(message))}
    assert complaints(post) == []


def test_a_forum_post_is_called_as_its_paper() -> None:
    assert thread_name(a_card(title="N_0 *stars*")) == "N_0 *stars*"
    assert units(thread_name(a_card(title="👩‍🔬 " * 90))) <= 100


def test_every_recorded_paper_is_shown_as_it_is(recordings: Path) -> None:
    files = [*recordings.glob("2026-*.json"), recordings / "edge_cases.json"]
    for file in files:
        papers = read_list(json.loads(file.read_text()), day=TODAY, base_url="https://papers.example").papers
        made = [card_of(paper) for paper in papers]
        for card in made:
            payload = to_payload(card, key=KEY)
            assert complaints(body(payload)) == []
            embed = payload.embeds[0].to_dict()
            assert shown(embed["description"]) == flat(card.summary)
            assert inert(card.title).startswith(shown(embed["title"]).rstrip("… "))
            assert obeyed(body(payload)) == []
        whole = digest_of(made[:40])
        assert complaints(body(to_payload(whole, key=KEY))) == []
        assert len(text_of(whole).splitlines()) == len(made[:40]) + 1
        assert complaints(body(to_payload(Reply("Papers:", cards=tuple(made[:10]))))) == []


def test_texts_of_any_size_are_shown_at_once() -> None:
    huge = "[*x*](y) " * 1_000_000
    card = a_card(title=huge, abstract=huge, organization=huge)
    begun = process_time()
    for message in (card, digest_of([card] * 40), Reply(huge, code=huge, entries=(Entry(huge),) * 40, advice=huge)):
        assert complaints(body(to_payload(message))) == []
    assert process_time() - begun < 10
