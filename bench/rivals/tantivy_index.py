"""tantivy: the papers are indexed in memory, and every query is run, without scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy

from bench.rivals.folded import AllOf, AnyOf, Condition, Expression, Words

WRITER_BYTES = 50_000_000
ANALYZER = "folded"


class Tantivy:
    """See `bench.rivals.Rival`."""

    def __init__(self, schema: tantivy.Schema, queries: Sequence[tantivy.Query]) -> None:
        self._schema = schema
        self._queries = queries

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Index the lines and run every query."""
        index = tantivy.Index(self._schema)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(ANALYZER, analyzer)
        # One thread makes one segment, in which a document's number is the line's.
        writer = index.writer(WRITER_BYTES, 1)
        for line in lines:
            writer.add_document(tantivy.Document(words=line))
        writer.commit()
        index.reload()
        search = index.searcher().search
        return [
            sorted(address.doc for _, address in search(query, limit=len(lines), count=False).hits)
            for query in self._queries
        ]


def prepare(expressions: Sequence[Expression]) -> Tantivy:
    """Build a query object for every query."""
    schema = tantivy.SchemaBuilder().add_text_field("words", tokenizer_name=ANALYZER).build()
    const = tantivy.Query.const_score_query
    return Tantivy(schema, [const(_built(schema, expression.condition), 1.0) for expression in expressions])


def _built(schema: tantivy.Schema, condition: Condition) -> tantivy.Query:
    match condition:
        case Words(words, True):
            return tantivy.Query.regex_query(schema, "words", f"{re.escape(words[0])}.*")
        case Words((word,)):
            return tantivy.Query.term_query(schema, "words", word)
        case Words(words):
            return tantivy.Query.phrase_query(schema, "words", list(words))
        case AllOf(wanted, unwanted):
            parts = [(tantivy.Occur.Must, _built(schema, part)) for part in wanted]
            parts += [(tantivy.Occur.MustNot, _built(schema, part)) for part in unwanted]
            return tantivy.Query.boolean_query(parts)
        case AnyOf(alternatives):
            return tantivy.Query.boolean_query([(tantivy.Occur.Should, _built(schema, part)) for part in alternatives])
