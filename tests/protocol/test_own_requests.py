"""The requests of gouji's own: gouji/explain, gouji/recognise, gouji/coverage."""

import json
import re
import subprocess

import pytest
from pygls.exceptions import JsonRpcInvalidParams
from support import fixtures, own
from support.fixtures import fixture
from support.places import GOUJI, address

DOCUMENT = fixture("tab/nongye-faulty.txt")
URI = DOCUMENT.uri


def rules() -> list[dict]:
    """The rules as `gouji rules` lists them."""
    listed = subprocess.run([GOUJI, "rules", "--format", "json"], capture_output=True, check=True).stdout
    return json.loads(listed)["rules"]


def identity(document: dict | None) -> own.Identity | None:
    """What the command line says that a document is."""
    return document and own.Identity(**document)


async def test_every_rule_is_explained(editor):
    for rule in rules():
        explained = await editor.explain(rule["rule"])
        assert (explained.code, explained.name, explained.severity) == (rule["rule"], rule["name"], rule["severity"])
        assert explained.markdown.startswith(f"# {rule['rule']} {rule['name']}")
        assert "## 例" not in explained.markdown


async def test_a_rule_is_explained_in_the_language_of_the_session(start):
    client = await start(locale="en")
    explained = await client.explain("AS01")
    assert explained.name == "Total assets equal the four kinds"
    assert explained.name in explained.markdown
    client.configure({"gouji": {"locale": "zh"}})
    chinese = await client.explain("AS01")
    assert re.search(r"[一-鿿]", chinese.name) and chinese.name in chinese.markdown
    assert chinese.markdown != explained.markdown


async def test_a_code_may_be_written_in_small_letters_and_an_unknown_one_is_null(client):
    assert await client.explain("as01") == await client.explain("AS01") is not None
    for unknown in ["ZZ99", "", "AS", "AS01 ", "资产"]:
        assert await client.explain(unknown) is None


@pytest.mark.parametrize("name", fixtures.names())
async def test_a_disclosure_is_recognised_by_its_text(editor, name):
    assert await editor.recognise(fixture(name).text) == identity(fixtures.command_line(name)["document"])


async def test_what_is_no_disclosure_is_not_recognised(client):
    for text in [*(fixture(name).text for name in fixtures.plain()), "", "\n", "预算", "春眠不觉晓"]:
        assert await client.recognise(text) is None


async def test_recognising_opens_nothing(editor):
    assert (await editor.recognise(DOCUMENT.text)).body == "澜坪县农业农村局"
    assert await editor.coverage(URI) is None
    assert URI not in editor.published


@pytest.mark.parametrize("name", fixtures.names())
async def test_coverage_is_what_the_command_line_counts(editor, name):
    document, said = fixture(name), fixtures.command_line(name)
    editor.open(document.uri, document.text)
    coverage = await editor.coverage(document.uri)
    assert coverage.document == identity(said["document"])
    counted = {"amounts": coverage.amounts, "checked": coverage.checked}
    assert counted == {key: said["coverage"][key] for key in counted}
    assert coverage.relations == own.Relations(**said["coverage"]["relations"])
    assert len(coverage.unchecked) == coverage.amounts - coverage.checked
    if floor := document.coverage:
        assert coverage.amounts >= floor["amounts"]
        assert coverage.checked * 100 >= coverage.amounts * floor["checked"]


async def test_the_unchecked_amounts_are_where_they_are_said_to_be(counting):
    text = counting.open(URI, DOCUMENT.text)
    unchecked = [text.at(place) for place in (await counting.coverage(URI)).unchecked]
    assert unchecked == ["0.30", "0.30"]


async def test_coverage_follows_the_edits_and_ends_with_the_document(client):
    text = client.open(URI, DOCUMENT.text)
    before = await client.coverage(URI)
    assert before.relations.contradicted > 0
    client.apply(URI, 2, text, text.edits_to(fixture("tab/nongye.txt").text))
    after = await client.coverage(URI)
    assert after.relations.contradicted == 0 and after.document == before.document
    client.close(URI)
    assert await client.coverage(URI) is None


@pytest.mark.parametrize("name", fixtures.plain())
async def test_of_what_is_no_disclosure_no_amount_is_counted_as_checked(editor, name):
    document = fixture(name)
    editor.open(document.uri, document.text)
    coverage = await editor.coverage(document.uri)
    assert (coverage.document, coverage.checked) == (None, 0)
    assert coverage.relations == own.Relations(0, 0, 0, 0)


async def test_a_document_that_is_not_open_has_no_coverage(client):
    assert await client.coverage(address("没有打开.txt")) is None


@pytest.mark.parametrize("method, params", [
    (own.EXPLAIN, {}), (own.EXPLAIN, {"code": 1}), (own.RECOGNISE, {"text": None}), (own.RECOGNISE, {"uri": URI}),
    (own.COVERAGE, {}), (own.COVERAGE, {"textDocument": URI}), (own.COVERAGE, {"textDocument": {}}),
])
async def test_parameters_of_another_form_are_refused(editor, method, params):
    with pytest.raises(JsonRpcInvalidParams):
        await editor.ask(method, params)
    assert await editor.explain("AS01") is not None
