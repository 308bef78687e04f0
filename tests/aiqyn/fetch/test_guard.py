import pytest

from aiqyn.fetch.guard import ForbiddenAddress, Guard

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",  # cloud metadata
    "100.64.0.1",  # carrier-grade NAT
    "100.100.100.200",  # Alibaba's metadata
    "168.63.129.16",  # Azure's
    "192.0.0.192",  # Oracle's
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::80ff:fffe",  # Teredo of 127.0.0.1
]
PUBLIC = ["195.12.114.1", "8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_guard_refuses_private_addresses(address):
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_guard_permits_public_addresses(address):
    assert Guard().permits(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_guard_opened_permits_private_addresses(address):
    assert Guard(allow_private=True).permits(address)


def test_guard_permits_the_networks_named_and_no_other():
    guard = Guard(allowed_networks=("10.1.0.0/16",))

    assert [guard.permits(ip) for ip in ("10.1.2.3", "10.2.0.1")] == [True, False]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "x.0x7f", "1."],
)
def test_guard_refuses_hosts_written_as_private_or_disguised_numbers(host):
    with pytest.raises(ForbiddenAddress):
        Guard().check_host(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "www.gov.kz", "[2a00:1450:4001::1]", "a1.kz"])
def test_guard_lets_public_hosts_through(host):
    Guard().check_host(host)


def test_guard_opened_checks_no_host():
    Guard(allow_private=True).check_host("2130706433")


def test_name_with_public_addresses_may_be_asked():
    Guard().check_addresses("a.kz", ["8.8.8.8", "2a00:1450::1"])


def test_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(ForbiddenAddress, match=r"a\.kz is 10\.0\.0\.1"):
        Guard().check_addresses("a.kz", ["8.8.8.8", "10.0.0.1"])
