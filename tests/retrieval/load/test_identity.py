import pytest

from retrieval.load.identity import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Example.ORG:443/A?b=1&utm_source=x&c=2#top", "https://example.org/A?b=1&c=2"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?fbclid=1&UTM_Campaign=2", "https://example.org/a"),
        ("https://example.org/a?utm=1&q=%E7%81%AF", "https://example.org/a?utm=1&q=%E7%81%AF"),
        ("http://[2606:4700::1]:80/", "http://[2606:4700::1]/"),
        ("https://user:pw@example.org/a", "https://example.org/a"),
    ],
)
def test_canonical_url(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
