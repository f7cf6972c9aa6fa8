from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from tests.bot.slack.articles import FERRY, LIBRARY
from tests.bot.slack.workplace import Workplace
from tests.fakes.slack import FakeSlack


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """The models, loaded once, and a store with two articles to copy from."""
    from bot.embedded import embedded_engine
    from retrieval.store import Library
    from retrieval.store.options import StoreOptions

    folder = tmp_path_factory.mktemp("slack") / "store"
    library = Library.open(StoreOptions(folder=folder))
    library.index([LIBRARY, FERRY])
    engine = embedded_engine()
    engine.warm_up()
    library.warm_up()
    yield SimpleNamespace(library=library, engine=engine, folder=folder)
    library.close()


@pytest.fixture
def slack():
    with FakeSlack() as fake:
        # A retry that would come after a minute comes after a fifth of a second.
        fake.deliveries.pace = 1 / 300
        yield fake


@pytest.fixture
def work(slack, models, tmp_path):
    """A workspace, and a store with the two articles; start the bot with `work.bot()`."""
    store = tmp_path / "store"
    shutil.copytree(models.folder, store)
    return Workplace(slack, store, models)


@pytest.fixture
def bot(work):
    with work.bot() as service:
        yield service


@pytest.fixture
def pages():
    """Serves pages on loopback: `pages["/story"] = (content type, bytes)`, at `pages.url`."""

    class Pages(dict):
        url = ""
        asked: list[str]

    held = Pages()
    held.asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            held.asked.append(self.path)
            kind, body = held.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in held else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()
    thread.join()
