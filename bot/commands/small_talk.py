"""Greetings, thanks and questions: people speak to a bot as they do to each other, and get a friendly answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from bot.advice.example_query import Example
from bot.domain.messages import Button, Reply
from bot.text.rich import code, rich

Kind = Literal["greeting", "thanks", "farewell", "praise", "question"]

SAID: dict[Kind, str] = {
    "thanks": """thanks|thank you|thank u|thx|thnx|tnx|ty|tysm|many thanks|cheers|much appreciated|appreciated
        |danke|vielen dank|besten dank|merci|gracias|muchas gracias|grazie|obrigado|obrigada|dank je|dank u|bedankt
        |tack|takk|tak|kiitos|dziekuje|dzieki|dekuji|koszonom|multumesc|hvala|tesekkurler|tesekkur ederim|спасибо
        |дякую|arigato|arigatou|ありがとう|ありがとうございます|谢谢|多谢|謝謝|감사합니다|고마워|고맙습니다|धन्यवाद
        |shukran|شكرا|תודה""",
    "farewell": """bye|bye bye|goodbye|good bye|good night|see you|see ya|cya|farewell|tschuss|auf wiedersehen
        |au revoir|adios|hasta luego|arrivederci|tchau|再见|пока|さようなら""",
    "greeting": """hello|hi|hiya|hey|heya|howdy|yo|sup|greetings|welcome|hello there|hello world|good morning
        |good afternoon|good evening|good day|morning|hallo|moin|servus|guten morgen|guten tag|guten abend|gruss gott
        |gruezi|bonjour|salut|bonsoir|hola|buenos dias|buenas|buenas tardes|ciao|salve|buongiorno|ola|bom dia|boa tarde
        |hei|hej|czesc|ahoj|szia|merhaba|selam|namaste|नमस्ते|привет|здравствуйте|salaam|مرحبا|שלום|konnichiwa|こんにちは
        |おはよう|你好|您好|안녕|안녕하세요|ping|are you there|you there|anyone there|nice to meet you""",
    "praise": """good bot|nice|great|awesome|amazing|cool|perfect|excellent|brilliant|wonderful|fantastic|lovely
        |well done|good job|nice job|great job|nice work|great work|good work|love it|i love it|love you|i love you
        |super|bravo|wow|you rock|youre the best|you are the best|ok|okay|got it|sounds good|sorry|no problem
        |lol|haha""",
    "question": """what can you do|what do you do|what can i do|what can i ask|who are you|what are you
        |what is this|whats this|how do you work|how does this work|how do i|how can i|how do we|how can we|how to
        |how to use|how to start|how to begin|how to subscribe|how to unsubscribe|how to search|how does it work
        |what commands|which commands|commands|help me|can you help|could you help|i need help|need help|please help
        |usage|manual|instructions|menu|start|hilfe|aide|ayuda|aiuto|ajuda|was kannst du|que peux tu faire
        |que puedes hacer|帮助|ヘルプ|помощь|도움말|what now|what next|how are you|hows it going
        |whats up|how is it going""",
}
"""What people say; compared without accents and punctuation."""

AROUND = frozenset(
    """a again all always and are at bot but day dear dude everybody everyone folks for friend friends from guys here
    indeed is it its kindly lot lots me mate million much my now oh one our paper paperwire papers people please pls
    really sir so stuff team that thats the there these this those to today u ur us very week with yall you your youre
    beaucoup bien de du es fur mange mille molto muchas mucho muito mycket pour schon sehr sa tusen tusind vielmals
    viel zusammen alle allerseits большое огромное всем""".split()
)
"""Words around it that make nothing else of it: “thanks a lot for these papers”."""

ASKING = ("how do i ", "how can i ", "how do we ", "how can we ", "what can this ")
"""What begins a question to the bot, however it ends."""


def kind_of(words: str) -> Kind | None:
    """What kind of small talk this is; None where a word may be about something else: “super resolution”."""
    said = _folded(words)
    if not said:
        return "question" if "?" in words or "？" in words else None
    if " ".join(said).startswith(ASKING):
        return "question"
    kinds = _kinds(said)
    # "hello, what can you do?" asks something.
    return next((kind for kind in kinds if kind != "greeting"), kinds[0] if kinds else None)


def _kinds(said: Sequence[str]) -> list[Kind]:
    """The kinds of the openers that the words consist of, in their order; none if there is any other word."""
    kinds: list[Kind] = []
    at = 0
    while at < len(said):
        lengths = range(min(MOST_WORDS, len(said) - at), 0, -1)
        length = next((some for some in lengths if " ".join(said[at : at + some]) in OPENERS), 0)
        if length:
            kinds.append(OPENERS[" ".join(said[at : at + length])])
        elif said[at] not in AROUND:
            return []
        at += length or 1
    return kinds


def answer_to(kind: Kind, example: Example) -> Reply:
    """A friendly answer, and for those who only greet, what to do first."""
    if kind == "greeting":
        return Reply(
            rich(
                "Hello! I post new research papers that match what a channel is subscribed to."
                " Tell me what to follow, for example ",
                code(example.command),
            ),
            buttons=(Button("Try it", "papers", f"try {example.query}"), Button("Help", "papers", "help")),
        )
    said = {"thanks": "You're welcome!", "farewell": "See you with the next papers!"}
    return Reply(said.get(kind, "Thank you!"), buttons=(Button("Help", "papers", "help"),))


def _folded(words: str) -> list[str]:
    """The words in lower case, without accents, apostrophes and punctuation."""
    decomposed = unicodedata.normalize("NFKD", words.casefold().replace("'", "").replace("’", ""))
    # Only Latin letters lose their marks: in other scripts a mark may be a letter of its own.
    bare = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f"))
    return "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in bare).split()


OPENERS = {" ".join(_folded(opener)): kind for kind, openers in SAID.items() for opener in openers.split("|")}
MOST_WORDS = max(len(opener.split()) for opener in OPENERS)
