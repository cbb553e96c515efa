"""What a storage asks for over TLS: a certificate of this machine's own, and a token of Entra."""

import base64
import ipaddress
import json
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, and its key, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(place, critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "tls.pem", folder / "tls.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


def entra_token() -> str:
    """As Azurite wants one to be: it looks at who made it for whom, not at the signature."""
    now = int(datetime.now(UTC).timestamp())
    says = {"aud": "https://storage.azure.com", "iss": f"https://sts.windows.net/{uuid4()}/"}
    parts = (
        {"alg": "none", "typ": "JWT"},
        {**says, "nbf": now - 60, "iat": now, "exp": now + 3600},
    )
    texts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts]
    return b".".join((*texts, b"none")).decode()


async def container(address: str, certificate: Path) -> None:
    """Make one for blobs, as the deployment does."""
    trusting = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=certificate))
    known = {"Authorization": f"Bearer {entra_token()}", "x-ms-version": "2023-11-03"}
    async with (
        aiohttp.ClientSession(connector=trusting, headers=known) as http,
        http.put(f"{address}?restype=container") as made,
    ):
        assert made.status == 201
