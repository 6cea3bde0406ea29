"""The parts of a finding as clients take them."""

from urllib.parse import urlsplit

from lsprotocol import types as lsp
from support.fixtures import fixture

DOCUMENT = fixture("tab/nongye-faulty.txt")
URI = DOCUMENT.uri


def takes(client):
    """What a client says of the findings that it takes."""
    document = client.capabilities.text_document
    return (document and document.publish_diagnostics) or lsp.PublishDiagnosticsClientCapabilities()


async def test_a_finding_names_its_rule_its_place_and_its_source(client):
    text = client.open(URI, DOCUMENT.text)
    findings = await client.findings(URI, 1)
    assert [(one.code, text.at(one.range)) for one in findings] == [
        ("NN05", "农产品质量安全监测18.50万元"),
        ("NN07", "24.13"),
        ("AS01", "512.52"),
    ]
    assert all(one.severity == lsp.DiagnosticSeverity.Error and one.source == "gouji" for one in findings)
    assert "512.52" in findings[2].message and "521.52" in findings[2].message
    assert len({one.data["key"] for one in findings}) == 3


async def test_the_evidence_stands_in_the_document(client):
    text = client.open(URI, DOCUMENT.text)
    findings = await client.findings(URI, 1)
    for one in findings:
        for evidence in one.related_information or []:
            assert evidence.location.uri == URI
            assert evidence.location.range != one.range
            assert evidence.message.startswith(f"{text.at(evidence.location.range)} — ")
    if takes(client).related_information:
        said = [[evidence.message for evidence in one.related_information] for one in findings]
        assert [len(evidence) for evidence in said] == [2, 5, 4]
        assert said[2] == ["326.50 — 房屋", "31.60 — 车辆", "163.42 — 其他固定资产", "521.52 — 说明固定资产"]


async def test_a_rule_has_a_page_that_can_be_opened(client):
    client.open(URI, DOCUMENT.text)
    findings = await client.findings(URI, 1)
    if takes(client).code_description_support:
        assert all(one.code_description for one in findings)
    for one in findings:
        if one.code_description is None:
            continue
        page = urlsplit(one.code_description.href)
        assert page.scheme == "https" and page.netloc
        assert page.path.endswith(f"/{one.code}.md")


async def test_a_client_is_not_sent_what_it_says_it_does_not_take(client):
    client.open(URI, DOCUMENT.text)
    findings = await client.findings(URI, 1)
    if takes(client).related_information is False:
        assert not any(one.related_information for one in findings)
    if takes(client).code_description_support is False:
        assert not any(one.code_description for one in findings)
    assert not any(one.tags for one in findings)
