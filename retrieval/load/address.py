"""Which addresses a URL may lead to.

The rule is `ipaddress`'s `is_global`, tightened: an IPv6 address that carries
an IPv4 one (mapped, 6to4, Teredo, NAT64) must carry a global one, and
multicast, reserved and site-local ranges are out.
"""

from __future__ import annotations

import ipaddress

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether a numeric address (IPv6 with or without `%zone`) is one of the open Internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return _is_global(parsed)
    if parsed.ipv4_mapped is not None:
        return _is_global(parsed.ipv4_mapped)
    if parsed in _NAT64:
        return _is_global(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
    tunnelled = (parsed.sixtofour, *(parsed.teredo or ()))
    return (
        _is_global(parsed)
        and not parsed.is_site_local
        and all(_is_global(each) for each in tunnelled if each is not None)
    )


def _is_global(address: _Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved
