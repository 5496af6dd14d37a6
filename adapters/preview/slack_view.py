"""A dialog as Slack draws it: https://docs.slack.dev/reference/views/modal-views."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.preview.html import Html, Mapped, element, icon
from adapters.preview.slack import draw_blocks
from adapters.preview.slack_text import draw_text


def draw_view(view: Mapped, avatar: Html, errors: Mapping[str, str] | None = None) -> Html:
    """The dialog.

    Args:
        view: As it is sent.
        avatar: The app's icon, which stands beside the title.
        errors: What is wrong with its inputs, by their block id.
    """
    top = element("div", avatar, element("h4", draw_text(view["title"])), icon("close"), class_="top")
    names = [(view[part], kind) for part, kind in (("close", "button"), ("submit", "button primary")) if part in view]
    ends = (element("span", draw_text(name), class_=kind) for name, kind in names)
    blocks = element("div", draw_blocks(view["blocks"], errors), class_="blocks")
    return element("div", top, blocks, element("div", *ends, class_="ends"), class_="modal")
