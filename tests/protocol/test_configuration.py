"""The settings: at the beginning, and changed while documents are open."""

import re

import pytest
from lsprotocol import types as lsp
from support.fixtures import command_line, fixture
from support.places import address

DOCUMENT = fixture("tab/nongye-faulty.txt")
URI = DOCUMENT.uri
# One finding of every severity but information: hint, errors, warning.
MIXED = fixture("wide/jiaotong-faulty.txt")
MESSAGES = {
    language: [finding["message"] for finding in command_line(DOCUMENT.name, language)["findings"]]
    for language in ("zh", "en")
}
NAMES = {"zh": "资产总额等于四项之和", "en": "Total assets equal the four kinds"}
TITLES = {"zh": "改为 521.52", "en": "Change to 521.52"}
SEVERITIES = ["error", "warning", "info", "hint"]


async def codes(client, uri: str = URI, version: int = 1) -> list[str]:
    return [one.code for one in await client.findings(uri, version)]


async def language(client) -> str:
    """What the findings are in: each is worded as the command line words it."""
    messages = [one.message for one in await client.findings(URI, 1)]
    spoken = [language for language, expected in MESSAGES.items() if messages == expected]
    assert spoken, messages
    return spoken[0]


@pytest.mark.parametrize("locale, spoken", [
    (None, "zh"), ("zh-cn", "zh"), ("zh_TW.UTF-8", "zh"), ("en", "en"), ("en-GB", "en"), ("fr", "en"),
])
async def test_the_editors_language_is_spoken(start, locale, spoken):
    client = await start(locale=locale)
    client.open(URI, DOCUMENT.text)
    assert await language(client) == spoken


async def test_the_language_is_changed_while_documents_are_open(client):
    text = client.open(URI, DOCUMENT.text)
    assert await language(client) == "zh"
    for locale, spoken in [("en", "en"), ("zh", "zh"), ("en", "en"), ("auto", "zh")]:
        client.configure({"gouji": {"locale": locale}})
        assert await language(client) == spoken
        action, *_ = await client.actions(URI, text.find("512.52"))
        assert action.title == TITLES[spoken]
        hover = await client.hover(URI, text.find("512.52").start)
        assert NAMES[spoken] in hover.contents.value


async def test_a_rule_is_switched_off_and_on_while_documents_are_open(client):
    text = client.open(URI, DOCUMENT.text)
    assert await codes(client) == ["NN05", "NN07", "AS01"]
    client.configure({"gouji": {"rules": {"off": ["AS01", "NT11"]}}})
    assert await codes(client) == ["NN05", "NN07"]
    assert await client.actions(URI, text.find("512.52")) == ()
    shown = await client.hover(URI, text.find("512.52").start)
    assert shown is None or not re.search("AS01|NT11", shown.contents.value)
    client.configure({"gouji": {"rules": {"off": ["NN05", "NN04"]}}})
    assert await codes(client) == ["NN07", "AS01"]
    client.configure({"gouji": {"rules": {"off": []}}})
    assert await codes(client) == ["NN05", "NN07", "AS01"]


async def test_what_a_rule_that_is_off_does_not_say_another_may_say(editor):
    editor.open(URI, DOCUMENT.text)
    await editor.findings(URI, 1)
    editor.configure({"gouji": {"rules": {"off": ["as01"]}}})
    assert await codes(editor) == ["NN05", "NN07", "NT11"]


async def test_switching_off_holds_for_edits_and_for_documents_opened_later(editor):
    editor.configure({"gouji": {"rules": {"off": ["AS01", "NT11"]}}})
    text = editor.open(URI, DOCUMENT.text)
    assert await codes(editor) == ["NN05", "NN07"]
    editor.apply(URI, 2, text, [lsp.TextEdit(text.find("512.52"), "502.52")])
    assert await codes(editor, version=2) == ["NN05", "NN07"]
    editor.open(address("后来.txt"), DOCUMENT.text)
    assert await codes(editor, address("后来.txt")) == ["NN05", "NN07"]


@pytest.mark.parametrize("lowest", SEVERITIES)
async def test_only_what_is_severe_enough_is_shown(editor, lowest):
    text = editor.open(MIXED.uri, MIXED.text)
    everything = await editor.findings(MIXED.uri, 1)
    assert {one.severity for one in everything} == {1, 2, 4}
    # From another setting, so that there is a change to be told of.
    editor.configure({"gouji": {"minSeverity": "warning" if lowest == "error" else "error"}})
    await editor.findings(MIXED.uri, 1)
    editor.configure({"gouji": {"minSeverity": lowest}})
    shown = await editor.findings(MIXED.uri, 1)
    assert shown == tuple(one for one in everything if one.severity <= SEVERITIES.index(lowest) + 1)
    # What is not shown cannot be repaired either.
    offered = await editor.actions(MIXED.uri, text.all())
    assert {one.data["key"] for action in offered for one in action.diagnostics} == {one.data["key"] for one in shown}


@pytest.mark.parametrize("level", [lambda settings: settings, lambda settings: {"gouji": settings}],
                         ids=["without the level gouji", "with the level gouji"])
async def test_settings_may_come_at_the_beginning(start, level):
    options = level({"locale": "en", "rules": {"off": ["NN05", "NN04"]}, "minSeverity": "error"})
    client = await start(initialization_options=options)
    client.open(URI, DOCUMENT.text)
    findings = await client.findings(URI, 1)
    assert [one.code for one in findings] == ["NN07", "AS01"]
    assert findings[1].message == MESSAGES["en"][2]
    client.open(MIXED.uri, MIXED.text)
    assert {one.severity for one in await client.findings(MIXED.uri, 1)} == {lsp.DiagnosticSeverity.Error}


@pytest.mark.parametrize("settings", [
    None, [], "gouji", {}, {"gouji": None}, {"gouji": {"locale": 3, "rules": [], "minSeverity": None}},
    {"gouji": {"rules": {"off": "AS01"}}}, {"gouji": {"rules": {"off": [None, 1, "没有", "ZZ99"]}}},
    {"gouji": {"minSeverity": "fatal"}}, {"python": {"locale": "en"}},
])
async def test_settings_that_mean_nothing_change_nothing(editor, settings):
    editor.open(URI, DOCUMENT.text)
    before = await editor.findings(URI, 1)
    editor.configure(settings)
    editor.change(URI, 2)
    assert await editor.findings(URI, 2) == before
    # The server may say in the log what it could not use.
    editor.log_messages.clear()


async def test_settings_of_the_client_alone_are_passed_over(editor):
    """Editors send the whole section, with what only the extension reads."""
    editor.open(URI, DOCUMENT.text)
    before = await editor.findings(URI, 1)
    attach = {"names": ["部门预算"], "contents": True}
    client_side = {"attach": attach, "server": {"path": ""}, "trace": {"server": "off"}}
    editor.configure({"gouji": client_side | {"locale": "auto", "rules": {"off": []}, "minSeverity": "hint"}})
    editor.change(URI, 2)
    assert await editor.findings(URI, 2) == before
