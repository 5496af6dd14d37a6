"""What the log may contain."""

from __future__ import annotations

import json
import logging

from bot.service.log import QUIET, Redacting


def a_record(message: str, *arguments: object) -> logging.LogRecord:
    """A warning."""
    return logging.LogRecord("bot.delivery.courier", logging.WARNING, __file__, 1, message, arguments, None)


def test_a_line_says_when_how_bad_and_what() -> None:
    assert Redacting((), as_json=False).format(a_record("%d papers", 3)).endswith(" WARNING 3 papers")


def test_a_json_line_has_the_same_in_fields() -> None:
    fields = json.loads(Redacting((), as_json=True).format(a_record("%d papers", 3)))
    assert (fields["level"], fields["logger"], fields["message"]) == ("warning", "bot.delivery.courier", "3 papers")


def test_the_chat_clients_small_talk_is_left_out() -> None:
    assert {"discord", "httpx"} <= set(QUIET)


def test_secrets_are_blotted_out_wherever_they_stand() -> None:
    for as_json in (False, True):
        line = Redacting(("xoxb-1-secret", ""), as_json=as_json).format(a_record("token %s", "xoxb-1-secret"))
        assert "xoxb-1-secret" not in line


def test_secrets_are_blotted_out_of_tracebacks() -> None:
    try:
        int("xoxb-1-secret")
    except ValueError as error:
        record = a_record("odd")
        record.exc_info = (type(error), error, error.__traceback__)
    for as_json in (False, True):
        line = Redacting(("xoxb-1-secret",), as_json=as_json).format(record)
        assert "ValueError" in line
        assert "xoxb-1-secret" not in line
