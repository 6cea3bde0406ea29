"""The requests of gouji's own, as typed as the protocol's. A field that is missing, or one too many, is an error."""

import attrs
from lsprotocol import types as lsp

EXPLAIN, RECOGNISE, COVERAGE = "gouji/explain", "gouji/recognise", "gouji/coverage"


@attrs.define
class Explanation:
    """A rule, in the session's language."""

    code: str
    name: str
    severity: str
    markdown: str


@attrs.define
class Identity:
    """What a disclosure says it is."""

    kind: str
    year: int | None
    body: str | None
    unit: str | None


@attrs.define
class Relations:
    """Relations by verdict."""

    exact: int
    rounded: int
    contradicted: int
    unchecked: int


@attrs.define
class Coverage:
    """How much of an open document was checked."""

    document: Identity | None
    amounts: int
    checked: int
    relations: Relations
    unchecked: list[lsp.Range]


@attrs.define
class ExplainAnswer:
    id: int | str
    result: Explanation | None
    jsonrpc: str


@attrs.define
class RecogniseAnswer:
    id: int | str
    result: Identity | None
    jsonrpc: str


@attrs.define
class CoverageAnswer:
    id: int | str
    result: Coverage | None
    jsonrpc: str


ANSWERS = {EXPLAIN: ExplainAnswer, RECOGNISE: RecogniseAnswer, COVERAGE: CoverageAnswer}
