"""The table of fields, counts and facts: each row has what the language takes from it, and clashes with no other."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.folded_paper import fold_paper
from bot.matching.missing import nearest_miss
from bot.query import describe, parse
from bot.query.fields import COUNTS, FACTS, FIELDS, HAS, WITH, CountKind, Fact, Field
from bot.query.tree import Count, Has, Term
from tests.builders import a_paper

EMPTY = a_paper(title="Zzz", abstract="", keywords=(), authors=(), organization="", stars=0)

EVERY_FIELD = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
EVERY_COUNT = pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.name)
EVERY_FACT = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)


def example_for(query: str) -> str:
    """The example in the error of a query."""
    with pytest.raises(QueryError) as caught:
        parse(query)
    return caught.value.repair.removeprefix("For example: ")


@EVERY_FIELD
def test_the_example_of_a_field_is_a_query_for_it(field: Field) -> None:
    tree = parse(field.example).tree
    assert isinstance(tree, Term)
    assert tree.field == field.name


@pytest.mark.parametrize(("alias", "name"), [(alias, field.name) for field in FIELDS for alias in field.aliases])
def test_the_alias_of_a_field_is_answered_with_the_field(alias: str, name: str) -> None:
    assert example_for(f"{alias}:robot") == f"{name}:robot"


@pytest.mark.parametrize(("alias", "name"), [(alias, count.name) for count in COUNTS for alias in count.aliases])
def test_the_alias_of_a_count_is_answered_with_the_count(alias: str, name: str) -> None:
    assert example_for(f"{alias}>=20") == f"{name}>=20"


@pytest.mark.parametrize(("alias", "name"), [(alias, fact.name) for fact in FACTS for alias in fact.aliases])
def test_the_alias_of_a_fact_is_answered_with_the_fact(alias: str, name: str) -> None:
    assert example_for(f"has:{alias}") == f"has:{name}"


def test_the_alias_of_has_is_answered_with_has() -> None:
    assert example_for(f"{WITH}:code") == f"{HAS}:code"


def test_no_alias_before_a_colon_is_the_name_of_another_row() -> None:
    aliases = [alias for field in FIELDS for alias in field.aliases]
    assert len(aliases) == len(set(aliases))
    assert not {*aliases, WITH} & {HAS, *(field.name for field in FIELDS), *(count.name for count in COUNTS)}


@pytest.mark.parametrize("rows", [COUNTS, FACTS])
def test_no_alias_of_a_count_or_fact_is_the_name_of_another(rows: tuple[CountKind | Fact, ...]) -> None:
    aliases = [alias for row in rows for alias in row.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & {row.name for row in rows}


@EVERY_FIELD
def test_a_field_has_words_for_descriptions_and_misses(field: Field) -> None:
    query = parse(f"{field.name}:robot")
    described = (
        f"papers {field.described} “robot”" if field.is_name else f"papers that mention “robot” {field.described}"
    )
    assert describe(query) == described
    assert nearest_miss(query, fold_paper(EMPTY)) == f"“robot” is not {field.within}"


@EVERY_COUNT
def test_a_count_has_words_for_descriptions_and_misses(count: CountKind) -> None:
    query = parse(f"{count.name}>=20")
    assert query.tree == Count(count.name, 20)
    assert describe(query) == f"papers with at least 20 {count.noun}s"
    assert nearest_miss(query, fold_paper(EMPTY)) == f"it has 0 of 20 {count.noun}s"


@EVERY_FACT
def test_a_fact_has_words_for_descriptions_and_misses(fact: Fact) -> None:
    query = parse(f"has:{fact.name}")
    assert query.tree == Has(fact.name)
    assert describe(query) == f"papers with {fact.noun}"
    assert nearest_miss(query, fold_paper(EMPTY)) == f"it has no {fact.noun.removeprefix('a ')}"


@pytest.mark.parametrize("attribute", [*(count.name for count in COUNTS), *(fact.attribute for fact in FACTS)])
def test_counts_and_facts_are_attributes_of_papers(attribute: str) -> None:
    assert attribute in {field.name for field in fields(Paper)}
