"""What a message looks like in a terminal, whatever a paper says."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from adapters.platforms.terminal.layout import show
from bot.domain import Evidence, Match, Paper
from bot.domain.messages import Button, Entry, Menu, Message, Reply
from bot.text.characters import visible
from bot.text.rich import bold, code, linked, rich
from tests.adapters.platforms.terminal.cards import a_card_with_everything
from tests.builders import TODAY, a_paper, card_of, digest_of

LONG_URL = f"https://papers.example/papers/{'x' * 60}"


def shown(message: Message, *, width: int = 80, colour: bool = False) -> str:
    """What a message looks like."""
    output = io.StringIO()
    console = Console(
        file=output, width=width, highlight=False, emoji=False, markup=False, force_terminal=colour, no_color=not colour
    )
    show(console, message)
    return output.getvalue()


class TestCards:
    """What a message looks like."""

    def test_a_card_tells_what_it_is_who_it_is_from_why_it_is_here_and_where_it_leads(self) -> None:
        assert shown(a_card_with_everything()).splitlines() == [
            "Robots Dance",
            "https://papers.example/papers/9901.00001",
            "  Acme · Ada Example, Ben Sample",
            "  ▲ 58 · 3 comments · ★ 7",
            "  Posted here 3 days ago.",
            "",
            "  We teach robots to dance.",
            "  From the abstract",
            "",
            "  Why      for “dance”: “Dance” in the title; “We teach robots to dance.”",
            "  PDF      https://arxiv.org/pdf/9901.00001",
            "  Code     https://c.example",
            "  arXiv    https://arxiv.org/abs/9901.00001",
            "  Project  https://p.example",
            "  Discuss  https://papers.example/papers/9901.00001#community",
            "",
        ]

    def test_a_card_of_which_little_is_known_has_no_empty_places(self) -> None:
        card = card_of(Paper("talk-7", "Robots Dance", "https://papers.example/talk-7", TODAY))
        assert shown(card).splitlines() == [
            "Robots Dance",
            "https://papers.example/talk-7",
            "",
            "  Discuss  https://papers.example/talk-7#community",
            "",
        ]

    @pytest.mark.parametrize("width", [20, 40, 80, 200])
    def test_the_address_stands_in_full_on_a_line_of_its_own_at_any_width(self, width: int) -> None:
        card = card_of(a_paper(url=LONG_URL, title="Robots " * 20))
        for message in (card, digest_of([card]), Reply("one", cards=(card,))):
            for colour in (False, True):
                assert LONG_URL in shown(message, width=width, colour=colour).splitlines()

    @pytest.mark.parametrize("width", [20, 40, 80])
    def test_every_other_line_fits_and_ends_without_blanks(self, width: int) -> None:
        for message in (a_card_with_everything(), digest_of([card_of(a_paper(title="Robots " * 20))])):
            lines = [line for line in shown(message, width=width).splitlines() if "://" not in line]
            assert [line for line in lines if len(line) > width or line != line.rstrip()] == []

    def test_a_narrow_terminal_spends_no_column_on_labels(self) -> None:
        lines = shown(a_card_with_everything(), width=40).splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith("  Why "))
        assert lines[start:][:5] == [
            "  Why for “dance”: “Dance” in the title;",
            "      “We teach robots to dance.”",
            "  PDF https://arxiv.org/pdf/9901.00001",
            "  Code https://c.example",
            "  arXiv https://arxiv.org/abs/9901.00001",
        ]

    def test_a_digest_says_of_each_paper_what_it_is_who_wrote_it_and_what_brought_it(self) -> None:
        dance = [Match("dance"), Match("robots")]
        one = card_of(a_paper(id="9901.00001", title="Robots 1", upvotes=1, organization="Acme"), dance)
        two = card_of(a_paper(id="9901.00002", title="Robots 2", upvotes=2))
        assert shown(digest_of([one, two])).splitlines() == [
            "2 papers · Tuesday 10 March",
            "",
            "Robots 2",
            "https://papers.example/papers/9901.00002",
            "  We teach robots to dance.",
            "  ▲ 2 · Ada Example, Ben Sample",
            "",
            "Robots 1",
            "https://papers.example/papers/9901.00001",
            "  We teach robots to dance.",
            "  ▲ 1 · Acme · dance and 1 more",
            "",
        ]

    def test_entries_have_their_details_and_what_to_type_below_them(self) -> None:
        entry = Entry(
            rich("1. ", bold("robots")),
            (Button("Edit", "papers", "edit 1"), Button("Remove", "unsubscribe", "1")),
            "by ada, 10 March",
        )
        assert shown(Reply("2 subscriptions:", entries=(entry, Entry("dance")))).splitlines() == [
            "2 subscriptions:",
            "1. robots",
            "   by ada, 10 March",
            "   Edit: /papers edit 1 · Remove: /unsubscribe 1",
            "• dance",
            "",
        ]

    def test_a_choice_can_be_typed(self) -> None:
        menu = Menu(
            "Which zone?", (Button("Berlin", "papers", "zone Europe/Berlin"), Button("UTC", "papers", "zone UTC"))
        )
        assert shown(Reply("Saved.", menu=menu)).splitlines() == [
            "Saved.",
            "Which zone?",
            "  Berlin: /papers zone Europe/Berlin",
            "  UTC: /papers zone UTC",
            "",
        ]

    def test_what_is_near_in_meaning_stands_below_the_cards_under_its_own_heading(self) -> None:
        found, near = card_of(a_paper(title="Found")), card_of(a_paper(title="Near to It"))
        lines = shown(Reply("1 paper:", cards=(found,), near=(near,))).splitlines()
        assert lines.index("Found") < lines.index("Near in meaning:") < lines.index("Near to It")

    def test_pieces_of_a_text_are_set_apart_in_colour(self) -> None:
        text = rich("• ", linked("Robots", "https://papers.example/1"), ": ", bold("dance"), ", ", code("/papers help"))
        coloured = shown(Reply(text), colour=True)
        assert re.search(r"\x1b]8;[^;]*;https://papers.example/1\x1b\\Robots\x1b]8;;\x1b\\", coloured)
        assert "\x1b[1mdance\x1b[0m" in coloured
        assert "\x1b[36m/papers help\x1b[0m" in coloured
        assert shown(Reply(text)) == "• Robots: dance, /papers help\n\n"

    def test_an_address_that_deceives_is_no_link(self) -> None:
        for url in ("javascript:alert(1)", "https://bank.example@evil.example", "https://x.example/\x1b]8;;"):
            assert "\x1b]8" not in shown(Reply(linked("Robots", url)), colour=True)

    def test_what_the_button_of_a_digest_does_can_be_typed(self) -> None:
        digest = replace(digest_of([card_of(a_paper())] * 2), buttons=(Button("3 more", "papers", "rest 0123"),))
        assert shown(digest).splitlines()[-2:] == ["  3 more: /papers rest 0123", ""]

    def test_lists_in_a_reply_hang_from_their_bullets(self) -> None:
        text = "The latest:\n• Robots that Dance all Night\n10. robots, dance (by ada)"
        assert shown(Reply(text, advice="More words find fewer papers."), width=20).splitlines() == [
            "The latest:",
            "• Robots that Dance",
            "  all Night",
            "10. robots, dance",
            "    (by ada)",
            "More words find",
            "fewer papers.",
            "",
        ]

    def test_what_a_button_does_can_be_typed(self) -> None:
        reply = Reply("3 papers:", buttons=(Button("Next", "papers", "today page:2"), Button("List", "subscriptions")))
        assert shown(reply).splitlines() == ["3 papers:", "  Next: /papers today page:2", "  List: /subscriptions", ""]

    def test_a_caret_stays_under_its_place_in_a_narrow_terminal(self) -> None:
        query = "robots " * 10 + "("
        text = shown(Reply("Wrong.", code=f"{query}\n{' ' * 70}^", ok=False), width=30)
        lines = text.splitlines()
        assert lines[2].index("^") == lines[1].index("(")

    def test_what_matched_stands_out_in_colour(self) -> None:
        assert "\x1b[1;32mDance\x1b[0m" in shown(a_card_with_everything(), colour=True)

    def test_an_announcement_is_left_out_since_the_reply_stands_there_already(self) -> None:
        assert shown(Reply("Subscribed.", announcement="ada subscribed this channel.")) == "Subscribed.\n\n"


class TestHostileText:
    """Nothing that a paper says can format, move or pretend."""

    @pytest.mark.parametrize(
        "text", ["[bold red]x[/]", ":smile:", "\x1b[31mred\x1b[0m", "[link=https://x.example]x[/link]", "[/]"]
    )
    def test_nothing_in_a_paper_formats_or_moves(self, text: str) -> None:
        evidence = Evidence("abstract", text, text, text)
        paper = a_paper(title=text, abstract=text, authors=(text,), organization=text, url=f"https://x.example/{text}")
        card = card_of(paper, [Match("robots", (evidence,))])
        for message in (card, digest_of([card]), Reply(text, code=text, advice=text, cards=(card,))):
            shown_text = shown(message, colour=True)
            assert "\x1b[31mred" not in shown_text
            assert text.replace("\x1b", "") in shown_text

    @given(text=st.text(min_size=1), width=st.integers(1, 120))
    def test_any_text_is_shown_without_control_characters(self, text: str, width: int) -> None:
        paper = Paper("x", text, "https://papers.example/x", TODAY, abstract=text, authors=(text,), organization=text)
        for message in (card_of(paper), Reply(text, code=text, advice=text)):
            shown_text = shown(message, width=width)
            assert not any(character < " " and character != "\n" for character in shown_text)
            assert not any(
                "\x7f" <= character <= "\x9f" or character in "\u202e\u2066\u2028\ud800" for character in shown_text
            )

    @pytest.mark.parametrize("broken", ["Robots\nhttps://evil.example", "Robots\u2028https://evil.example"])
    def test_a_title_cannot_put_an_address_on_a_line_of_its_own(self, broken: str) -> None:
        text = shown(card_of(a_paper(title=broken)), width=25)
        assert "https://evil.example" not in text.splitlines()

    def test_emoji_and_other_scripts_stay_whole(self) -> None:
        for text in ("👩‍🔬 at work", "強化学習", "Schrödinger", "π₀"):
            assert visible(text) == text
