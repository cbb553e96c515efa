"""Where the bot may post."""

import pytest

from bot.teams.service_urls import ServiceUrls, is_loopback, malformed

LIST = ServiceUrls(
    (
        "smba.trafficmanager.net",
        "*.botframework.com",
        "https://one.example/teams",
        "two.example:8443",
        "http://127.0.0.1:5000/uk",
    )
)


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/uk/",
        "https://SMBA.trafficmanager.net",
        "https://smba.trafficmanager.net:443/uk",
        "https://europe.webchat.botframework.com/",
        "https://one.example/teams",
        "https://one.example/teams/uk/",
        "https://two.example:8443/",
        "http://127.0.0.1:5000/uk/",
    ],
)
def test_what_is_on_the_list_is_allowed(url: str) -> None:
    assert LIST.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "http://smba.trafficmanager.net/uk/",  # in clear text
        "ftp://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example#smba.trafficmanager.net",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",  # another service on the same host
        "https://smba.trafficmanager.net:port/",
        "https://smba.trafficmanager.net /",
        "https://smba.trafficmanager.net/\n",
        "https://smba.trafficm\u00e4nager.net/",
        "https://botframework.com/",  # below it, not it
        "https://evilbotframework.com/",
        "https://one.example/teams2",
        "https://one.example/teams/../admin",
        "https://one.example/teams/%2e%2e/admin",
        "https://one.example/",
        "https://two.example/",
        "http://127.0.0.1:5001/uk/",
        "http://127.0.0.1:5000/de/",
        "http://[::1",
        "https:///uk",
    ],
)
def test_what_only_looks_like_it_is_not(url: str) -> None:
    assert not LIST.allows(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:56150/_connector", "http://127.0.0.1:1/", "https://[::1]:9/"]
)
def test_the_demo_opens_this_machine_and_nothing_else(url: str) -> None:
    assert ServiceUrls((), loopback=True).allows(url)
    assert not ServiceUrls(()).allows(url)
    assert not ServiceUrls((), loopback=True).allows("http://10.0.0.1/")
    assert not ServiceUrls((), loopback=True).allows("https://localhost.example/")


def test_a_loopback_host_may_be_listed_by_name() -> None:
    assert ServiceUrls(("127.0.0.1",)).allows("http://127.0.0.1:56150/_connector")


def test_entries_that_could_never_match_are_found() -> None:
    wrong = ["http://teams.example/", "https://", "a b", "https://u@h/"]
    assert malformed(wrong) == wrong
    assert malformed(LIST.entries) == []


def test_only_this_machine_is_loopback() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "::", "10.0.0.1", "localhost.example")))
