import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from datetime import date

import pytest

from retrieval.errors import LoadError
from retrieval.load import LoadLimits, load
from retrieval.load.fetch import fetch
from retrieval.load.network import Deadline, Network
from tests.retrieval.load.makers import pdf
from tests.retrieval.load.site import Roads, serving

OPEN = LoadLimits(allow_private=True, timeout_seconds=5)
GUARDED = LoadLimits(timeout_seconds=5)
PUBLIC = "93.184.216.34"
BODY = "<p>岬の灯台が務めを終えた。</p>".encode()


@pytest.fixture
def site():
    with serving() as running:
        running.page("/a", BODY)
        yield running


def _error(url, limits=OPEN, network=None):
    with pytest.raises(LoadError) as caught:
        fetch(url, limits, network)
    return caught.value


def test_a_page(site):
    page = fetch(f"{site.url}/a#top", OPEN)
    assert page.body == BODY
    assert (page.url, page.content_type, page.charset) == (f"{site.url}/a", "text/html", "utf-8")
    assert site.asked == [(f"127.0.0.1:{site.port}", "/a")]


def test_redirects_are_followed_and_the_last_url_is_the_page(site):
    site.redirect("/1", "/2?utm_source=x")
    site.redirect("/2?utm_source=x", f"{site.url}/a")
    assert fetch(f"{site.url}/1", OPEN).url == f"{site.url}/a"


def test_five_redirects_and_not_six(site):
    for i in range(6):
        site.redirect(f"/{i}", f"/{i + 1}")
    site.page("/6", BODY)
    assert fetch(f"{site.url}/1", OPEN).url == f"{site.url}/6"
    error = _error(f"{site.url}/0")
    assert (error.key, error.details["limit"]) == ("load.redirects", 5)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_own_computer_is_refused(site, host):
    assert _error(f"http://{host}:{site.port}/a", GUARDED).key == "load.private_address"
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0"])
def test_the_own_computer_is_refused_however_it_is_written(site, host):
    meant = socket.inet_ntoa(socket.inet_aton(host))  # as the system's resolver reads it
    roads = Roads(site, {host: [[meant]]})
    assert _error(f"http://{host}/a", GUARDED, roads.network).key == "load.private_address"
    assert roads.connected == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(site):
    roads = Roads(site, {"news.example": [[PUBLIC, "10.0.0.7"]]})
    assert _error("http://news.example/a", GUARDED, roads.network).key == "load.private_address"
    assert roads.connected == []


def test_the_address_that_was_checked_is_the_one_connected_to(site):
    roads = Roads(site, {"news.example": [[PUBLIC], ["127.0.0.1"]]})
    page = fetch("http://news.example/a", GUARDED, roads.network)
    assert roads.connected == [(PUBLIC, 80)]
    assert site.asked == [("news.example", "/a")]
    assert page.url == "http://news.example/a"


def test_a_name_that_turns_private_between_two_hops_is_refused(site):
    site.redirect("/first", "/a")
    roads = Roads(site, {"news.example": [[PUBLIC], ["127.0.0.1"]]})
    assert _error("http://news.example/first", GUARDED, roads.network).key == "load.private_address"
    assert [path for _, path in site.asked] == ["/first"]


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/a", "http://metadata.example/a", "//[::1]/a", "http://192.168.0.1/"],
)
def test_a_redirect_into_a_private_network_is_refused(site, target):
    site.redirect("/first", target)
    names = {
        "news.example": [[PUBLIC]],
        "metadata.example": [["169.254.169.254"]],
        "127.0.0.1": [["127.0.0.1"]],
        "::1": [["::1"]],
        "192.168.0.1": [["192.168.0.1"]],
    }
    roads = Roads(site, names)
    assert _error("http://news.example/first", GUARDED, roads.network).key == "load.private_address"
    assert roads.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://news.example/a", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(site, target):
    site.redirect("/first", target)
    assert _error(f"{site.url}/first").key == "load.url_scheme"


def test_a_dead_address_gives_way_to_the_next(site):
    other = "2606:4700:4700::1111"
    roads = Roads(site, {"news.example": [[other, PUBLIC]]}, dead=frozenset({other}))
    assert fetch("http://news.example/a", GUARDED, roads.network).body == BODY
    assert roads.connected == [(other, 80), (PUBLIC, 80)]


def test_proxies_of_the_environment_are_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(f"{site.url}/a", OPEN).body == BODY


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://user:pw@news.example/a", "load.url_password"),
        ("http:///a", "load.bad_url"),
        ("http://news.example:99999/", "load.bad_url"),
        ("http://[::1/", "load.bad_url"),
        ("http://unknown.example/", "load.host_not_found"),
        ("http://" + "x" * 70 + ".灯台/", "load.bad_url"),
    ],
)
def test_bad_urls(site, url, key):
    error = _error(url, GUARDED, Roads(site, {"news.example": [[PUBLIC]]}).network)
    assert error.key == key
    assert "pw" not in str(error)


def test_line_breaks_in_a_url_or_a_redirect_smuggle_no_header(site):
    site.redirect("/first", "/a%0d%0aX: 1")
    site.page("/a%0d%0aX:%201", BODY)
    assert fetch(f"{site.url}/first", OPEN).body == BODY
    assert all("\n" not in path for _, path in site.asked)


def test_a_japanese_host_and_path(site):
    site.page("/%E7%81%AF%E5%8F%B0?q=%E6%B8%AF", BODY)
    roads = Roads(site, {"灯台.example".encode("idna").decode(): [[PUBLIC]]})
    assert fetch("http://灯台.example/灯台?q=港", GUARDED, roads.network).body == BODY


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_a_status_that_is_no_page(site, status):
    site.page("/gone", b"", status=status)
    error = _error(f"{site.url}/gone")
    assert (error.key, error.details["status"]) == ("load.http_status", status)


@pytest.mark.parametrize("kind", ["image/png", "application/json", "application/octet-stream"])
def test_a_type_that_is_no_article(site, kind):
    site.page("/x", b"x", Content_Type=kind)
    error = _error(f"{site.url}/x")
    assert (error.key, error.details["type"]) == ("load.content_type", kind)


def test_a_page_over_the_limit_by_its_length_and_by_its_bytes(site):
    limits = LoadLimits(max_page_bytes=1000, allow_private=True)
    site.page("/exact", b"a" * 1000)
    site.page("/large", b"a" * 1001)

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"a" * 65536)

    site.pages["/endless"] = endless
    assert len(fetch(f"{site.url}/exact", limits).body) == 1000
    assert _error(f"{site.url}/large", limits).key == "load.page_large"
    assert _error(f"{site.url}/endless", limits).key == "load.page_large"


def test_compression(site):
    site.page("/zip", gzip.compress(BODY * 10_000), Content_Encoding="gzip")
    site.page("/cut", gzip.compress(BODY * 100)[:-12], Content_Encoding="gzip")
    site.page("/br", b"xx", Content_Encoding="br")
    assert fetch(f"{site.url}/zip", OPEN).body == BODY * 10_000
    assert _error(f"{site.url}/cut").key == "load.page_broken"
    assert _error(f"{site.url}/br").key == "load.page_broken"


def test_a_gzip_bomb_stops_at_the_limit(site):
    bomb = gzip.compress(bytes(200_000_000), compresslevel=9)
    assert len(bomb) < 250_000
    site.page("/bomb", bomb, Content_Encoding="gzip")
    begun = time.monotonic()
    assert _error(f"{site.url}/bomb").key == "load.page_large"
    assert time.monotonic() - begun < 2


def test_a_body_that_breaks_off_is_not_taken_for_whole(site):
    site.page("/short", b"half", Content_Length="400")
    assert _error(f"{site.url}/short").key == "load.unreachable"


def test_nobody_listening(site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert _error(f"http://127.0.0.1:{port}/").key == "load.unreachable"


@pytest.mark.parametrize(
    "opening",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n"
     b"Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"],
    ids=["status", "header", "body"],
)  # fmt: skip
def test_a_server_that_drips_does_not_outlast_the_deadline(opening):
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _ = server.accept()
            with connection:
                connection.sendall(opening)
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        begun = time.monotonic()
        try:
            limits = LoadLimits(timeout_seconds=0.5, allow_private=True)
            error = _error(f"http://127.0.0.1:{server.getsockname()[1]}/", limits)
        finally:
            stop.set()
            thread.join()
    assert (error.key, error.details["seconds"]) == ("load.timeout", "0.5")
    assert time.monotonic() - begun < 2


def test_a_tls_server_that_never_answers_does_not_outlast_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as server:
        limits = LoadLimits(timeout_seconds=0.3, allow_private=True)
        error = _error(f"https://127.0.0.1:{server.getsockname()[1]}/", limits)
    assert error.key == "load.timeout"


@pytest.fixture
def secure_site(tmp_path):
    """A TLS server with a certificate for news.example: (port, certificate, names asked for)."""
    if shutil.which("openssl") is None:
        pytest.skip("makes its certificate with openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=news.example",
         "-addext", "subjectAltName=DNS:news.example",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names = []
    context.sni_callback = lambda sock, name, context: names.append(name)
    with serving(context) as running:
        running.page("/a", BODY)
        yield running, certificate, names


def test_tls_speaks_the_name_and_checks_it(secure_site, monkeypatch):
    site, certificate, names = secure_site
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    roads = Roads(site, {"news.example": [[PUBLIC]], "other.example": [[PUBLIC]]})
    assert fetch("https://news.example/a", GUARDED, roads.network).body == BODY
    assert roads.connected == [(PUBLIC, 443)]
    assert names == ["news.example"]
    assert _error("https://other.example/a", GUARDED, roads.network).key == "load.bad_certificate"


def test_a_certificate_of_nobody_known_is_refused(secure_site):
    site, _, _ = secure_site
    roads = Roads(site, {"news.example": [[PUBLIC]]})
    assert _error("https://news.example/a", GUARDED, roads.network).key == "load.bad_certificate"


def test_a_resolver_that_hangs_does_not_outlast_the_deadline(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: release.wait(5) and [])
    try:
        with pytest.raises(TimeoutError):
            Network().resolve("slow.example", 80, Deadline(0.2))
    finally:
        release.set()


def test_what_the_types_become(site):
    today = date(2026, 1, 10)
    text = "灯台の百年\n\n岬の灯台は2025年9月27日に務めを終えた。"
    site.page("/t", text.encode("cp932"), Content_Type="text/plain; charset=Shift_JIS")
    site.page("/m", f"# {text}".encode(), Content_Type="text/markdown")
    site.page("/p", pdf(text), Content_Type="application/pdf")
    site.page("/j", '{"text": "灯台の話。"}'.encode(), Content_Type="application/x-ndjson")
    site.page("/e", b" ", Content_Type="text/plain")
    for path in ("/t", "/m", "/p"):
        (article,) = load(site.url + path, OPEN, today=today)
        assert (article.title, article.date) == ("灯台の百年", "2025-09-27"), path
        assert article.id == article.source == site.url + path
    assert [a.id for a in load(site.url + "/j", OPEN)] == [site.url + "/j#1"]
    with pytest.raises(LoadError) as caught:
        list(load(site.url + "/e", OPEN))
    assert caught.value.key == "load.empty"


def test_an_html_page_becomes_an_article(site):
    pytest.importorskip("trafilatura", exc_type=ImportError)
    head = "<html><head><title>灯台の百年</title></head><body><article><h1>灯台の百年</h1><p>"
    markup = head + "岬の灯台が務めを終えた。" * 20
    site.page("/h?utm_source=mail", markup.encode())
    (article,) = load(site.url + "/h?utm_source=mail#top", OPEN)
    assert article.id == site.url + "/h"
    assert article.title == "灯台の百年"
    assert article.text.startswith("灯台の百年\n")
