"""Signatures and time stamps made by an independent program: OpenSSL's command."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from aiqyn.cli import main
from aiqyn.signatures import cms
from aiqyn.signatures import tlv as reading
from tests.aiqyn.signatures.paper import Holder, attribute, tlv
from tests.aiqyn.signatures.paper import cms as written

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")

SETTINGS = """
[ca]
default_ca = own
[own]
database = index.txt
default_md = sha256
default_crl_days = 30
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person]
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[service]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
"""


def openssl(folder, *words):
    done = subprocess.run(
        ["openssl", *words], cwd=folder, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def certified(folder, name, section, *, kind):
    key = {"rsa": ["rsa:2048"], "ec": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]}[kind]
    openssl(
        folder, "req", "-newkey", *key, "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
        "-subj", f"/C=KZ/CN={name}/serialNumber=IIN000000000000", "-config", "settings",
    )  # fmt: skip
    openssl(
        folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "root.pem", "-CAkey", "root.key",
        "-CAcreateserial", "-days", "365", "-out", f"{name}.pem",
        "-extfile", "settings", "-extensions", section,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("openssl")
    (made / "settings").write_text(SETTINGS)
    (made / "index.txt").write_text("")
    (made / "serial").write_text("01\n")
    openssl(
        made, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key",
        "-out", "root.pem", "-subj", "/C=KZ/CN=Root", "-days", "3650",
        "-config", "settings", "-extensions", "root",
    )  # fmt: skip
    certified(made, "Aigul", "person", kind="rsa")
    certified(made, "Bolat", "person", kind="ec")
    certified(made, "Stamps", "service", kind="rsa")
    openssl(
        made, "ca", "-gencrl", "-config", "settings", "-keyfile", "root.key", "-cert", "root.pem",
        "-out", "root.crl",
    )  # fmt: skip
    (made / "paper.txt").write_bytes("Бұйрық № 1\n".encode() * 400)
    return made


def signed(folder, *more, by=("Aigul",)):
    """Sign paper.txt as OpenSSL does it."""
    people = [word for name in by for word in ("-signer", f"{name}.pem", "-inkey", f"{name}.key")]
    openssl(
        folder, "cms", "-sign", "-binary", "-in", "paper.txt", "-out", "paper.p7s",
        "-md", "sha256", *people, *more,
    )  # fmt: skip
    return folder / "paper.p7s"


def asked(folder, *words):
    trusted = ["--trust", str(folder / "root.pem"), "--trust", str(folder / "root.crl")]
    said = CliRunner().invoke(main, ["verify-signature", *map(str, words), *trusted])
    return said.exit_code, said.output


@pytest.mark.parametrize("by", ["Aigul", "Bolat"])
@pytest.mark.parametrize(
    "how",
    [
        ("-outform", "DER", "-cades"),
        ("-outform", "PEM", "-cades"),
        ("-outform", "DER", "-cades", "-md", "sha512"),
        ("-outform", "DER", "-keyid"),
        ("-outform", "DER", "-noattr"),
    ],
)
def test_signature_beside_its_document_holds(folder, by, how):
    signature = signed(folder, *how, by=[by])

    code, said = asked(folder, folder / "paper.txt", "--signature", signature)

    assert (code, "?" in said, "✗" in said) == (0, False, False)
    assert f"CN={by},C=KZ" in said
    assert ("CAdES" in said) == ("-cades" in how)


@pytest.mark.parametrize(
    "how",
    [
        ("-outform", "DER"),
        ("-outform", "PEM"),
        ("-outform", "DER", "-stream"),  # lengths left out, the content in pieces
    ],
)
def test_signature_around_its_document_holds(folder, how):
    signature = signed(folder, *how, "-nodetach", "-cades", by=["Aigul", "Bolat"])

    code, said = asked(folder, signature)

    assert (code, said.count("✓")) == (0, 12)


def test_changed_document_does_not_hold(folder):
    signature = signed(folder, "-outform", "DER", "-cades")
    (folder / "other.txt").write_bytes((folder / "paper.txt").read_bytes() + b".")

    code, said = asked(folder, folder / "other.txt", "--signature", signature, "--lang", "ru")

    assert code == 1
    assert "✗ Документ отличается от подписанного." in said


def test_signature_with_padding_nobody_here_knows_is_not_called_good(folder):
    signature = signed(folder, "-outform", "DER", "-keyopt", "rsa_padding_mode:pss")

    code, said = asked(folder, folder / "paper.txt", "--signature", signature, "--lang", "en")

    assert code == 1
    assert "? The algorithm of the signature is unknown or contradicts itself" in said
    assert "Do not rely on it." in said


def test_time_stamp_of_a_service_is_verified(folder):
    signature = signed(folder, "-outform", "DER", "-cades", by=["Bolat"])
    read = cms.read(signature.read_bytes())
    (folder / "value").write_bytes(read.signers[0].signature)
    openssl(folder, "ts", "-query", "-data", "value", "-sha256", "-cert", "-out", "asked.tsq")
    openssl(
        folder, "ts", "-reply", "-config", "settings", "-queryfile", "asked.tsq", "-signer",
        "Stamps.pem", "-inkey", "Stamps.key", "-token_out", "-out", "token",
    )  # fmt: skip
    (folder / "stamped.p7s").write_bytes(with_stamp(signature, (folder / "token").read_bytes()))

    code, said = asked(
        folder, folder / "paper.txt", "--signature", folder / "stamped.p7s", "--lang", "en"
    )

    assert code == 0
    assert "✓ A time stamp proves that the signature was there by: 20" in said


def with_stamp(signature: Path, token: bytes) -> bytes:
    """The same signature with a time stamp among what is not signed."""
    data = signature.read_bytes()
    [signer] = reading.read(data).parts[1].parts[0].parts[-1].parts
    unsigned = tlv(0xA1, attribute(cms.TIMESTAMP, token))
    [certificate] = cms.read(data).certificates
    return written([tlv(0x30, signer.content, unsigned)], [Holder(None, certificate)])
