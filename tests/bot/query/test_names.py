"""Names that have signs, numbers, capitals or foreign letters, and people's names."""

from __future__ import annotations

import pytest

from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import parse
from tests.bot.query.finds import finds
from tests.builders import a_paper

SIGNS = [
    ('"A*"', "the A* algorithm", "a search, by A search, A-search"),
    ('"A* search"', "an A* search", "a search"),
    ('"D*"', "D* Lite", "the d-dimensional"),
    ('"Q*"', "$Q^*$ or Q*", "Q, q"),
    ('"RRT*"', "RRT* plans", "RRT plans"),
    ("C++", "in C++.", "C code, C+"),
    ("C#", "C# code", "C code"),
    ("F#", "F#", "F1, F"),
    (".NET", "the .NET runtime", "the net"),
    ("net", "the .NET runtime", "networks"),
    ("Q&A", "a Q&A site; Q&As", "question. A, QA, Q A"),
    ("R&D", "R & D", "R D, r-d"),
    ("AT&T", "AT&T", "at t"),
    ("H&E", "H&E stains", "h, e"),
    ("S4++", "S4++", "S4, S4+"),
    ("S4", "S4++", "S40"),
    ("T5+", "T5+", "T5"),
    ("codet5+", "CodeT5+", "CodeT5"),
    ("CodeT5", "CodeT5+", "CodeT50"),
    ("k-NN", "kNN, k-NN", "NN"),
    ("L1/L2", "L1/L2 norms", "L1 L2, L1-L2"),
    ("I/O", "I/O-bound", "I. O, I-O, i o"),
    ("TCP/IP", "TCP/IP", "TCP IP"),
    ("vision/language", "vision/language and vision-language", "language vision"),
    ("node.js", "a Node.js server", "a node. JS, node js"),
    ("nodejs", "a Node.js server", "a node. JS"),
    ("01.ai", "by 01.AI", "01 AI"),
    ("∞-former", "the ∞-former", "a former model"),
    ("former", "the ∞-former", "forms"),
    ("pass@k", "pass@k rises", "pass k"),
    ("pass k", "pass@k rises", "k pass"),
    ("Recall@10", "Recall@10", "recall 10"),
    ("$100", "costs $100", "100 steps"),
    ("100", "costs $100", "1000"),
    ("C", "plain C code", "C++ code, C# code"),
]
"""A query, a text that it finds, and one that it does not."""


@pytest.mark.parametrize(("query", "found", "other"), SIGNS)
def test_a_name_with_signs_is_found_only_where_it_is_written_so(query: str, found: str, other: str) -> None:
    assert finds(query, found)
    assert not finds(query, other)


NUMBERS = [
    "DINOv2 = DINO-v2 = DINO v2 = dinov2 ≠ DINOv3",
    "YOLOv8 = YOLO-v8 = YOLO v8 = yolov8 ≠ YOLO 8",
    "DeepSeekV3 = DeepSeek-V3 = DeepSeek V3 = deepseekv3 ≠ DeepSeek-V3.1",
    "DeepSeek-R1 = DeepSeekR1 = deepseekr1 = DeepSeek R1 ≠ DeepSeek-R10",
    "KimiK2 = Kimi K2 = kimik2 = Kimi-K2 ≠ Kimi K20",
    "SD3 = SD 3 = SD-3 = sd3 ≠ SD 3.5",
    "EfficientNetB0 = EfficientNet-B0 = EfficientNet B0 = efficientnetb0 ≠ EfficientNet-B1",
    "A100 = A100s ≠ a 100-fold",
    "GPT-4 = GPT4 = GPT 4 = GPT-4s = GPT4s ≠ GPT-40",
    "GPT-4 = GPT4 ≠ GPT 4.1",
    "GPT-4o = GPT4o = GPT 4o = gpt4o ≠ GPT-4",
    "Qwen2.5-VL = Qwen 2.5 VL = Qwen2.5VL = qwen2.5vl ≠ Qwen2-VL",
    "Qwen2-VL = Qwen2VL = qwen2vl ≠ Qwen2.5-VL",
    "Llama 3.1 = Llama-3.1 = Llama3.1 ≠ Llama 3",
    "FP8 = FP 8 = fp8 ≠ FP16",
    "4-bit = 4bit = 4 bit = 4bits ≠ 14-bit",
    "RTX 4090 = RTX4090s = RTX-4090 ≠ RTX 409",
    "Qwen3-Coder = Qwen3Coder = qwen3coder = Qwen 3 Coder ≠ Qwen3",
    "o3-mini = o3 mini = o3mini ≠ o3",
    "Mixtral-8x7B = Mixtral 8x7B = mixtral8x7b ≠ Mixtral",
    "ResNet-50 = ResNet50 = ResNet 50 ≠ ResNet-500",
    "GPT-3.5-turbo = GPT3.5 Turbo = gpt3.5-turbo ≠ GPT-3.5",
    "DALL·E 2 = DALL-E 2 = DALLE2 ≠ DALL-E 3",
    "word2vec = Word2Vec ≠ word 2 vectors",
    "o1 ≠ o10",
    "R1 ≠ R10",
    "7B = 7-B ≠ 70B, 17B",
    "L2 = L-2 ≠ L20",
    "table 3 = Table 3 ≠ table 30",
    "early 1990 ≠ early 1990s",
]
"""Ways of writing a name, and what is another one."""


@pytest.mark.parametrize("case", NUMBERS)
def test_a_name_with_a_number_is_one_name_however_it_is_joined(case: str) -> None:
    alike, _, other = case.partition(" ≠ ")
    names = alike.split(" = ")
    assert [(one, two) for one in names for two in names if not finds(one, f"We use {two} here")] == []
    assert [name for name in names if finds(name, f"We use {other} here")] == []


@pytest.mark.parametrize(
    ("query", "text"), [("CLIP", "CLIP2"), ("YOLO", "YOLOv8"), ("DINO", "DINOv2"), ("gpt", "GPT4o")]
)
def test_a_name_is_found_with_any_number(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "found", "other"),
    [
        ("MOE", "MoE, MoEs", "Moe met moe"),
        ("LORA", "LoRA, LoRAs", "Lora and lora"),
        ("LLAMA", "LLaMA", "a llama, Llama"),
        ("SFM", "SfM", "sfm"),
        ("LLM", "TRAINING LLMS", "llm"),
        ("LLMS", "an LLM", "llms"),
        ("AID", "AID", "AIDS"),
        ("GP", "a GP", "GPS"),
        ("CLIP", "CLIP", "OpenCLIP, a clip"),
    ],
)
def test_capitals_find_an_acronym_however_it_is_capitalized(query: str, found: str, other: str) -> None:
    assert all(finds(query, text) for text in found.split(", "))
    assert not finds(query, other)


LETTERS = [
    "β-VAE = beta-VAE = beta VAE = \\beta-VAE = $\\beta$-VAE = βVAE ≠ VAE",
    "∆-learning = Δ-learning = delta-learning ≠ learning",
    "ε-greedy = epsilon-greedy = epsilon greedy ≠ greedy",
    "λ-calculus = lambda calculus ≠ calculus",
    "π0 = π_0 = π₀ = pi0 = pi-0 ≠ π1",
    "Schrödinger bridge = Schroedinger bridges ≠ bridge",
    "Schrödinger bridge = Schrodinger bridge ≠ bridge",
    "Re-localization = Re-localisation = relocalisation ≠ local",
]


@pytest.mark.parametrize("case", LETTERS)
def test_a_name_is_one_name_in_whatever_letters(case: str) -> None:
    alike, _, other = case.partition(" ≠ ")
    names = alike.split(" = ")
    assert [(one, two) for one in names for two in names if not finds(one, f"We use {two} here")] == []
    assert [name for name in names if finds(name, f"We use {other} here")] == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("basis", "bases", True),
        ("base", "bases", True),
        ("bases", "basis", True),
        ("bases", "base", True),
        ("knowledge base", "knowledge bases", True),
        ("reduced basis", "reduced bases", True),
        ("reduced bases methods", "reduced basis method", True),
        ("basis", "base", False),
        ('"basis"', "bases", False),
    ],
)
def test_a_plural_of_two_words_is_either(*, query: str, text: str, expected: bool) -> None:
    assert finds(query, text) is expected


@pytest.mark.parametrize("query", ["LoRA", "LoRAs", "lora", "Lora"])
def test_a_word_that_is_not_all_in_capitals_is_found_in_any(query: str) -> None:
    assert finds(query, "lora")
    assert finds(query, "LoRA")


def test_a_unit_is_not_a_greek_letter_with_a_name() -> None:
    assert not finds("mum", "5 μm")


PEOPLE = [
    ('author:"LeCun, Yann"', "Yann LeCun", True),
    ('author:"Yann LeCun"', "LeCun, Yann", True),
    ('author:"He Kaiming"', "Kaiming He", True),
    ('author:"Kaiming He"', "Kaiming He", True),
    ("author:He", "Kaiming He", True),
    ('author:"Y. LeCun"', "Yann LeCun", True),
    ('author:"Y.LeCun"', "Yann LeCun", True),
    ('author:"LeCun, Y."', "Yann LeCun", True),
    ('author:"LeCun Y"', "Yann LeCun", True),
    ('author:"Yann LeCun"', "Yann A. LeCun", True),
    ('author:"van der Maaten"', "Laurens van der Maaten", True),
    ('author:"van der Maaten, Laurens"', "Laurens van der Maaten", True),
    ('author:"Maaten, Laurens van der"', "Laurens van der Maaten", True),
    ('author:"L. van der Maaten"', "Laurens van der Maaten", True),
    ("author:Maaten", "Laurens van der Maaten", True),
    ('author:"Li Fei-Fei"', "Fei-Fei Li", True),
    ('author:"Feifei Li"', "Li Fei-Fei", True),
    ('author:"F.-F. Li"', "Fei-Fei Li", True),
    ('author:"Schölkopf, Bernhard"', "Bernhard Schölkopf", True),
    ("author:Schoelkopf", "Bernhard Schölkopf", True),
    ("author:Scholkopf", "Bernhard Schölkopf", True),
    ("author:Schölkopf", "Bernhard Schoelkopf", True),
    ('author:"Müller, Jörg"', "Joerg Mueller", True),
    ("author:O'Brien", "Jo O’Brien", True),
    ('author:"LeCun, Yann"', "Yves LeCun", False),
    ('author:"Y. LeCun"', "Mary LeCun", False),
    ('author:"Y. LeCun"', "LeCun", False),
    ('author:"Kaiming He"', "Kaiming Hen", False),
    ('author:"Hinton, Geoffrey E."', "Geoffrey F. Hinton", False),
    ("author:Adam", "John Adams", False),
]


@pytest.mark.parametrize(("query", "name", "expected"), PEOPLE)
def test_a_person_is_found_with_either_name_first(*, query: str, name: str, expected: bool) -> None:
    assert (find(parse(query), fold_paper(a_paper(authors=("Ada Example", name)))) is not None) is expected


def test_the_names_of_two_people_are_not_one_name() -> None:
    assert find(parse('author:"LeCun, Yann"'), fold_paper(a_paper(authors=("Yann Test", "Ada LeCun")))) is None
