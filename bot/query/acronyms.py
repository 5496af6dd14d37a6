"""Acronyms and their full forms, as papers themselves define them: "reinforcement learning (RL)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.query.tree import Term
from bot.text.folding import Token, fold

PAPERS_NEEDED = 3
"""So many papers must define an acronym alike …"""

SHARE_NEEDED = 0.9
"""… and they must be so large a share of all that define it."""

LETTERS = range(2, 7)
"""Capitals of an acronym."""

REACH = 100
"""Characters before the bracket in which the full form is looked for."""

SHORT = re.compile(r"\s\(([A-Za-z]{2,8}?)s?\)")

SPELLED = re.compile(r"[\w'’ -]*[^\W_]")
"""A full form has nothing but words."""

SMALL = frozenset("a an and as by for from in of on or over per the through to under via with".split())
"""Words that an acronym may leave out."""


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Pairs of an acronym and its full form, looked up both ways.

    Attributes:
        pairs: The acronym and its full form, as papers write them: ("MoE", "mixture of experts").
    """

    pairs: tuple[tuple[str, str], ...] = ()
    _full: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _short: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the pairs ready to be looked up."""
        full: dict[str, tuple[Term, ...]] = {}
        short: dict[str, tuple[str, ...]] = {}
        for acronym, form in self.pairs:
            term = Term(form)
            name = acronym.casefold()
            full[name] = (*full.get(name, ()), term)
            short[term.key] = (*short.get(term.key, ()), acronym)
        object.__setattr__(self, "_full", full)
        object.__setattr__(self, "_short", short)

    def full(self, term: Term) -> tuple[Term, ...]:
        """The full forms of the acronym that ``term`` is; none if it is none, or is in quotes."""
        return self._full.get(term.key, ())

    def short(self, term: Term) -> tuple[str, ...]:
        """The acronyms, as papers write them, of the full form that ``term`` is; none if it is none or quoted."""
        return self._short.get(term.key, ())

    def both(self) -> Iterator[tuple[str, Term]]:
        """Each acronym with each of its full forms."""
        for short, full in self.pairs:
            yield from ((short, term) for term in self._full[short.casefold()] if term.text == full)

    def and_learned(self, pairs: Iterable[tuple[str, str]]) -> Acronyms:
        """These and what was learned from papers; where they disagree about an acronym, what was learned."""
        learned = {short.casefold(): (short, full) for short, full in pairs}
        kept = []
        for short, full in self.pairs:
            other = learned.get(short.casefold())
            if other is None or Term(other[1]).key == Term(full).key:
                kept.append((short, full))
                learned.pop(short.casefold(), None)
        return Acronyms((*kept, *learned.values()))


def definitions(text: str) -> frozenset[tuple[str, str]]:
    """The acronyms that a text defines, each with its full form as it stands there: ("RL", "Reinforcement Learning").

    A definition is an acronym in brackets right behind words with its capitals as initials.
    """
    found = set()
    for match in SHORT.finditer(text):
        capitals = [letter.casefold() for letter in match[1] if letter.isupper()]
        if len(capitals) in LETTERS:
            before = text[max(0, match.start() - REACH) : match.start()]
            first = _first(fold(before), capitals)
            full = "" if first is None else " ".join(before[first:].split())
            if SPELLED.fullmatch(full):
                found.add((match[1], full))
    return frozenset(found)


def learn(defined: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str], ...]:
    """The pairs that papers agree on, by acronym.

    Every pair is defined by `PAPERS_NEEDED` papers or more, and by `SHARE_NEEDED` of those that define its acronym.

    Args:
        defined: What `definitions` found: acronym, full form, and in how many papers.
    """
    meanings: dict[str, Counter[str]] = {}
    written: dict[str, Counter[str]] = {}
    for short, full, papers in defined:
        meanings.setdefault(short.casefold(), Counter())[full] += papers
        written.setdefault(short.casefold(), Counter())[short] += papers
    pairs = []
    for name in sorted(meanings):
        keys: Counter[str] = Counter()
        for full, papers in meanings[name].items():
            keys[Term(full).key] += papers
        key, papers = keys.most_common(1)[0]
        if papers >= PAPERS_NEEDED and papers >= SHARE_NEEDED * keys.total():
            spellings = [(papers, full) for full, papers in meanings[name].items() if Term(full).key == key]
            pairs.append((written[name].most_common(1)[0][0], max(spellings)[1]))
    return tuple(pairs)


def _first(words: list[Token], capitals: list[str]) -> int | None:
    """Where the last of ``words`` begin that have the capitals as their initials, in characters; None if none have."""
    wanted = list(capitals)
    for index in reversed(range(len(words))):
        if words[index].word.startswith(wanted[-1]):
            wanted.pop()
        elif words[index].word not in SMALL:
            return None
        if not wanted:
            first = words[_start(words, index)]
            return first.start if first.word.startswith(capitals[0]) else None
    return None


def _start(words: list[Token], index: int) -> int:
    """Where the hyphenated compound begins that the word belongs to."""
    while index and words[index].hyphened:
        index -= 1
    return index


NO_ACRONYMS = Acronyms()
"""Words alone."""

COMMON = Acronyms(
    (
        ("AGI", "artificial general intelligence"),
        ("AIGC", "AI-generated content"),
        ("BEV", "bird's-eye view"),
        ("BPE", "byte pair encoding"),
        ("CNN", "convolutional neural network"),
        ("CoT", "chain of thought"),
        ("DiT", "diffusion transformer"),
        ("DPO", "direct preference optimization"),
        ("DRL", "deep reinforcement learning"),
        ("3DGS", "3D Gaussian splatting"),
        ("GAN", "generative adversarial network"),
        ("GNN", "graph neural network"),
        ("GRPO", "group relative policy optimization"),
        ("GUI", "graphical user interface"),
        ("HCI", "human-computer interaction"),
        ("ICL", "in-context learning"),
        ("IMU", "inertial measurement unit"),
        ("LLM", "large language model"),
        ("LMM", "large multimodal model"),
        ("LoRA", "low-rank adaptation"),
        ("LSTM", "long short-term memory"),
        ("LVLM", "large vision-language model"),
        ("MARL", "multi-agent reinforcement learning"),
        ("MCTS", "Monte Carlo tree search"),
        ("MDP", "Markov decision process"),
        ("MIM", "masked image modeling"),
        ("MLLM", "multimodal large language model"),
        ("MLP", "multilayer perceptron"),
        ("MoE", "mixture of experts"),
        ("MRI", "magnetic resonance imaging"),
        ("NER", "named entity recognition"),
        ("NeRF", "neural radiance field"),
        ("NLI", "natural language inference"),
        ("NLP", "natural language processing"),
        ("NMT", "neural machine translation"),
        ("OCR", "optical character recognition"),
        ("ODE", "ordinary differential equation"),
        ("OOD", "out-of-distribution"),
        ("PDE", "partial differential equation"),
        ("PEFT", "parameter-efficient fine-tuning"),
        ("PINN", "physics-informed neural network"),
        ("POMDP", "partially observable Markov decision process"),
        ("PPO", "proximal policy optimization"),
        ("PRM", "process reward model"),
        ("PTQ", "post-training quantization"),
        ("QA", "question answering"),
        ("QAT", "quantization-aware training"),
        ("RAG", "retrieval-augmented generation"),
        ("RL", "reinforcement learning"),
        ("RLAIF", "reinforcement learning from AI feedback"),
        ("RLHF", "reinforcement learning from human feedback"),
        ("RLVR", "reinforcement learning with verifiable rewards"),
        ("RNN", "recurrent neural network"),
        ("SAE", "sparse autoencoder"),
        ("SFT", "supervised fine-tuning"),
        ("SLAM", "simultaneous localization and mapping"),
        ("SLM", "small language model"),
        ("SNN", "spiking neural network"),
        ("SSL", "self-supervised learning"),
        ("SSM", "state space model"),
        ("T2I", "text-to-image"),
        ("T2V", "text-to-video"),
        ("UAV", "unmanned aerial vehicle"),
        ("VAE", "variational autoencoder"),
        ("ViT", "vision transformer"),
        ("VLA", "vision-language-action"),
        ("VLM", "vision-language model"),
        ("VQA", "visual question answering"),
        ("XAI", "explainable artificial intelligence"),
    )
)
"""Where a new store starts: acronyms with one meaning in papers of this field.

Left out are those with several, such as ASR (speech recognition, attack success rate), TTS (text to speech, test-time
scaling), MPC, ANN, TTA.
"""
