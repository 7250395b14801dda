"""Signed checkpoints: the signed-note and tlog-checkpoint text formats of C2SP, with Ed25519 (6 USC 971(b))."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from greenlane.records.canonical import instant
from greenlane.records.log import HASH_BYTES

_ED25519 = b"\x01"
_DASH = "\u2014 "
_SEALED = "sealed "


class KeyRefused(ValueError):
    """Raised when a key file or a verifier key cannot be used."""


class NoteRefused(ValueError):
    """Raised when a signed note is malformed, unsigned by a trusted key, or signed falsely."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name that it signs under; its text form is '<name>+<key hash>+<key>'."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or " " in self.name or not self.name.isprintable():
            raise KeyRefused(f"a key name is printable and holds no space and no plus sign: {self.name!a}")
        if len(self.public) != 32:
            raise KeyRefused("an Ed25519 public key has 32 bytes")

    @property
    def key_hash(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read the text form. Raises KeyRefused."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise KeyRefused("a verifier key reads '<name>+<key hash>+<key in base64>'")
        try:
            raw = base64.b64decode(parts[2], validate=True)
        except (binascii.Error, ValueError):
            raise KeyRefused("the verifier key is not base64") from None
        if raw[:1] != _ED25519:
            raise KeyRefused("the verifier key is not an Ed25519 key")
        key = cls(parts[0], raw[1:])
        if key.key_hash.hex() != parts[1]:
            raise KeyRefused("the verifier key does not match its own key hash")
        return key

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Is *signature* this key's signature of *message*?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The private key that signs checkpoints, with its name (the origin of the log)."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text: str) -> str:
        """*text* (ending in a newline) as a signed note."""
        signature = base64.b64encode(self.verifier.key_hash + self.private.sign(text.encode())).decode()
        return f"{text}\n{_DASH}{self.name} {signature}\n"


@dataclass(frozen=True)
class SignedCheckpoint:
    """What a checkpoint note says: the log, its size in leaves, its root, and when it was sealed (UTC text, or '')."""

    origin: str
    size: int
    root: bytes
    sealed_at: str

    def text(self) -> str:
        sealed = f"{_SEALED}{self.sealed_at}\n" if self.sealed_at else ""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{sealed}"


def load_or_make_key(path: Path, name: str) -> SigningKey:
    """The Ed25519 key at *path* (PEM), made there with mode 0600 when there is none. Raises KeyRefused."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        # written aside and linked: of two processes the first wins, and nobody ever reads half a key
        aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(fresh)
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(aside, path)
        finally:
            aside.unlink()
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise KeyRefused(f"the signing key cannot be read as PEM: {problem}") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyRefused("the signing key is not an Ed25519 key")
    return SigningKey(name, private)


def sign_checkpoint(key: SigningKey, size: int, root: bytes, at: datetime) -> str:
    """A signed checkpoint note for a log of *size* leaves under *root*, sealed at the instant *at*."""
    return key.sign(SignedCheckpoint(key.name, size, root, instant(at)).text())


def open_note(note: str, trusted: Iterable[VerifierKey]) -> str:
    """The text of a signed note, once one of the *trusted* keys is shown to have signed it. Raises NoteRefused."""
    text, separator, block = note.rpartition("\n\n")
    if not separator or not note.endswith("\n"):
        raise NoteRefused("it is not a signed note: text, an empty line, signatures")
    message = (text + "\n").encode(errors="surrogatepass")
    keys = {(key.name, key.key_hash): key for key in trusted}
    proven = False
    for line in block.splitlines():
        name, key_hash, signature = _signature(line)
        key = keys.get((name, key_hash))
        if key is None:
            continue  # others may sign as well; only trusted keys count
        if not key.holds(message, signature):
            raise NoteRefused(f"the signature of {name} is false")
        proven = True
    if not proven:
        raise NoteRefused("it carries no signature of a trusted key")
    return text + "\n"


def open_checkpoint(note: str, trusted: Iterable[VerifierKey]) -> SignedCheckpoint:
    """Check the signature of *note* by one of the *trusted* keys and read it as a checkpoint. Raises NoteRefused."""
    return read_checkpoint(open_note(note, trusted))


def read_checkpoint(text: str) -> SignedCheckpoint:
    """Read the signed text of a checkpoint, without looking at signatures. Raises NoteRefused."""
    lines = text.split("\n\n")[0].rstrip("\n").split("\n")
    try:
        origin, size, encoded = lines[:3]
        root = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("it does not read as a checkpoint: origin, size, root in base64") from None
    if not (size.isascii() and size.isdigit()) or len(size) > 18 or size != str(int(size)) or len(root) != HASH_BYTES:
        raise NoteRefused("its size or root is malformed")
    sealed = next((line.removeprefix(_SEALED) for line in lines[3:] if line.startswith(_SEALED)), "")
    return SignedCheckpoint(origin, int(size), root, sealed)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """Name, key hash and signature of one line '— <name> <base64>'. Raises NoteRefused."""
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if not line.startswith(_DASH) or not name or len(raw) < 5:
        raise NoteRefused("a signature line is malformed")
    return name, raw[:4], raw[4:]
