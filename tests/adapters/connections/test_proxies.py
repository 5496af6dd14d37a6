"""Which proxy the environment names for an address."""

from __future__ import annotations

import pytest

from adapters.connections import Proxy, proxy_for
from bot.errors import ConfigError

HERE = "https://discord.com/api/v10"
PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("address", "environment", "variable"),
    [
        (HERE, {}, None),
        (HERE, {"HTTPS_PROXY": PROXY}, "HTTPS_PROXY"),
        (HERE, {"https_proxy": PROXY}, "https_proxy"),
        (HERE, {"https_proxy": PROXY, "HTTPS_PROXY": "http://other.example"}, "https_proxy"),
        (HERE, {"https_proxy": " ", "HTTPS_PROXY": PROXY}, "HTTPS_PROXY"),
        (HERE, {"HTTP_PROXY": PROXY}, None),
        (HERE, {"ALL_PROXY": PROXY}, "ALL_PROXY"),
        (HERE, {"ALL_PROXY": "http://other.example", "HTTPS_PROXY": PROXY}, "HTTPS_PROXY"),
        ("http://papers.example", {"http_proxy": PROXY, "https_proxy": "http://other.example"}, "http_proxy"),
        ("wss://gateway.discord.gg/", {"HTTPS_PROXY": PROXY}, "HTTPS_PROXY"),
        ("ws://gateway.example/", {"HTTP_PROXY": PROXY}, "HTTP_PROXY"),
    ],
)
def test_a_proxy_is_named_by_the_scheme_of_the_address(
    address: str, environment: dict[str, str], variable: str | None
) -> None:
    assert proxy_for(address, environment) == (Proxy(PROXY, variable) if variable else None)


@pytest.mark.parametrize(
    ("written", "address", "place"),
    [
        ("proxy.example:3128", "http://proxy.example:3128", "proxy.example:3128"),
        (" http://proxy.example ", "http://proxy.example", "proxy.example"),
        ("HTTP://proxy.example", "http://proxy.example", "proxy.example"),
        ("https://proxy.example:443/", "https://proxy.example:443/", "proxy.example:443"),
        ("http://me:se%40cret@proxy.example:3128", "http://me:se%40cret@proxy.example:3128", "proxy.example:3128"),
        ("http://[::1]:3128", "http://[::1]:3128", "[::1]:3128"),
        ("10.0.0.1:8080", "http://10.0.0.1:8080", "10.0.0.1:8080"),
    ],
)
def test_a_proxy_is_written_in_many_ways(written: str, address: str, place: str) -> None:
    proxy = proxy_for(HERE, {"HTTPS_PROXY": written})
    assert proxy is not None
    assert (proxy.url, proxy.place) == (address, place)


@pytest.mark.parametrize(
    "written",
    [
        "socks5://me:planted@proxy.example:1080",
        "socks5h://proxy.example",
        "socks4://proxy.example",
        "SOCKS5://proxy.example",
        "ftp://proxy.example",
        "http://",
        "http://:3128",
        "http:/proxy.example",
        "://proxy.example",
        "http://proxy.example:port",
        "http://proxy.example:99999",
        "http://me:pl#anted@proxy.example:3128",
        "http://me:planted /@proxy.example:3128",
        "http://me:plänted@proxy.example:3128",
        "http://[::1",
        "http://é..example",
        "nonsense with planted words",
        "\x00",
    ],
)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
def test_what_is_not_the_address_of_a_proxy_is_an_error_that_names_the_variable_and_shows_no_password(
    variable: str, written: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        proxy_for(HERE, {variable: written})
    assert str(caught.value).startswith(f"{variable}: it ")
    assert "\n" not in str(caught.value)
    assert "pl" not in str(caught.value).replace("place", "").replace("example", "")


EXCEPTED = [
    ("https://discord.com/", "discord.com"),
    ("https://discord.com/", "DISCORD.COM"),
    ("https://Discord.com/", "discord.com"),
    ("https://discord.com./", "discord.com"),
    ("https://discord.com/", ".com"),
    ("https://discord.com/", "*.com"),
    ("https://gateway.discord.com/", "discord.com"),
    ("https://gateway.discord.com/", ".discord.com"),
    ("https://discord.com/", "*"),
    ("https://discord.com/", "other.example,*"),
    ("https://discord.com/", "discord.com:443"),
    ("https://discord.com:8443/", "discord.com:8443"),
    ("https://discord.com/", "https://discord.com"),
    ("https://discord.com/", "localhost , discord.com ,"),
    ("https://discord.com/", "localhost discord.com"),
    ("https://discord.com/", ",,discord.com,,"),
    ("https://10.1.2.3/", "10.0.0.0/8"),
    ("https://10.1.2.3/", "10.1.2.3"),
    ("https://10.1.2.3:8443/", "10.0.0.0/8:8443"),
    ("https://[fd00::7]/", "localhost,fd00::/8"),
    ("https://[fd00::7]/", "[fd00::7]"),
    ("https://[fd00::7]/", "fd00:0:0::7"),
    ("https://[fd00::7]:8443/", "[fd00::7]:8443"),
    ("https://xn--bcher-kva.example/", "bücher.example"),
]


@pytest.mark.parametrize(("address", "exceptions"), EXCEPTED)
@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
def test_what_no_proxy_names_is_reached_directly(address: str, exceptions: str, variable: str) -> None:
    assert proxy_for(address, {"HTTPS_PROXY": PROXY, variable: exceptions}) is None


@pytest.mark.parametrize(
    ("address", "exceptions"),
    [
        (HERE, ""),
        (HERE, "localhost,fd00::/8"),
        (HERE, "cord.com"),
        (HERE, "discord.com.example"),
        (HERE, "discord.com:8443"),
        (HERE, "10.0.0.0/8"),
        (HERE, "10.0.0.0/99,::/999,1.2.3.4.5,[,],[]:,:,/,.,*.,//,é.example,\udcff,\x00"),
        (HERE, "." * 300),
        ("https://10.1.2.3/", "10.1.2.30,11.0.0.0/8,2.3"),
        ("https://[fd00::7]/", "fe80::/10,fd00::70,::7"),
    ],
)
def test_what_no_proxy_does_not_name_goes_through_the_proxy(address: str, exceptions: str) -> None:
    assert proxy_for(address, {"HTTPS_PROXY": PROXY, "NO_PROXY": exceptions}) == Proxy(PROXY, "HTTPS_PROXY")
