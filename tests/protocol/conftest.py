"""Clients for the tests, and what is kept of them where a test fails."""

import re

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from support import recorded
from support.client import Client
from support.places import ARTEFACTS
from support.text import UNITS

STARTED = pytest.StashKey[list[Client]]()


@pytest_asyncio.fixture
async def start(request):
    """Starts clients, each with a server of its own, and takes leave of them after the test. A server that has to be
    killed, that complains or that ends otherwise than it should fails the test."""
    clients = request.node.stash[STARTED] = []

    async def start(capabilities: lsp.ClientCapabilities | None = None, **params) -> Client:
        clients.append(client := Client())
        await client.start(capabilities or lsp.ClientCapabilities(), **params)
        return client

    yield start
    try:
        for client in clients:
            assert client.error is None, client.error
            if client.exit_code is None:
                assert await client.leave() == 0
            assert client.complaints() == []
    finally:
        for client in clients:
            await client.put_away()


@pytest_asyncio.fixture(params=recorded.names())
async def client(request, start) -> Client:
    """Each recorded client."""
    return await start(recorded.capabilities(request.param))


@pytest_asyncio.fixture(params=UNITS)
async def counting(request, start) -> Client:
    """A client for each position encoding."""
    return await start(recorded.counting(request.param))


@pytest_asyncio.fixture
async def editor(start) -> Client:
    """One client, where it does not matter which."""
    return await start(recorded.capabilities("visual-studio-code"))


def pytest_sessionstart():
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for kept in ARTEFACTS.glob("*.log"):
        kept.unlink()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where a test fails, keeps every message of its clients and what the servers wrote on standard error."""
    report = yield
    if report.failed:
        name = re.sub(r"[^\w.@-]+", "_", item.nodeid).strip("_")
        with (ARTEFACTS / f"{name}.log").open("a", encoding="utf-8") as log:
            log.write(f"{item.nodeid}: {report.when}\n{report.longreprtext}\n\nstandard error:\n{report.capstderr}\n")
            for number, client in enumerate(item.stash.get(STARTED, []), 1):
                log.write(f"\nclient {number}:\n" + "\n".join(client.conversation) + "\n")
    return report
