"""One content, one sequence of bytes; and the text formats of keys, notes and checkpoints."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.authority import Office
from greenlane.records import signing
from greenlane.records.canonical import NotCanonical, canonical
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 971(b)")
ROOT = bytes(range(32))
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcdäé"), inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_canonical_is_stable_and_reads_back(value: Any) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"ä": "Mu\u0308nchen ✓"}, '{"ä":"München ✓"}'),
        (date(2026, 1, 2), '"2026-01-02"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2))), '"2026-01-02T01:04:05.000000Z"'),
        (UUID(int=7), '"00000000-0000-0000-0000-000000000007"'),
        ((1, 2), "[1,2]"),
        (Office.SPECIALIST, '"specialist"'),
    ],
)
def test_canonical_forms(value: Any, text: str) -> None:
    assert canonical(value).decode() == text


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": {"b": [1, 0.5]}}, r"a\.b\[1\]"),
        ({"a": float("nan")}, "a"),
        ({"a": Decimal("1.5")}, "Decimal"),
        ({"a": b"x"}, "bytes"),
        ({"a": {1, 2}}, "set"),
        ({1: "x"}, "keys are text"),
        ({"a": 2**53}, "exact"),
        ({"a": datetime(2026, 1, 2)}, "time zone"),  # noqa: DTZ001 - the fault under test
        ({"a": "\ud800"}, "surrogate"),
        ({"a": "\0"}, "NUL"),
        ({"ä": 1, "a\u0308": 2}, "twice"),
    ],
)
def test_what_has_no_single_form_is_refused_with_its_place(value: Any, where: str) -> None:
    with pytest.raises(NotCanonical, match=where):
        canonical(value)


def test_naughty_strings_are_kept_exactly() -> None:
    for text in json.loads(Path(shared_data("vectors/strings/blns.json")).read_text(encoding="utf-8")):
        once = canonical(text)
        assert canonical(json.loads(once)) == once


def a_key(name: str = "example.org/records") -> signing.SigningKey:
    return signing.SigningKey(name, Ed25519PrivateKey.generate())


def test_a_checkpoint_in_the_format_of_signed_notes() -> None:
    key = a_key()
    note = signing.sign_checkpoint(key, 7, ROOT, AT)
    assert note.split("\n")[:5] == [
        "example.org/records",
        "7",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "sealed 2026-01-02T03:04:05.000000Z",
        "",
    ]
    assert note.split("\n")[5].startswith("— example.org/records ")
    read = signing.open_checkpoint(note, [key.verifier])
    assert read == signing.SignedCheckpoint("example.org/records", 7, ROOT, "2026-01-02T03:04:05.000000Z")


def test_the_published_example_of_a_verifier_key() -> None:
    """PeterNeumann's key is the example in the documentation of the signed note format."""
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = signing.VerifierKey.parse(text)
    assert str(key) == text
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
        "\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert signing.open_note(note, [key]).startswith("If you think")
    with pytest.raises(signing.NoteRefused, match="false"):
        signing.open_note(note.replace("cryptography", "Cryptography"), [key])


def test_other_signatures_are_allowed_beside_a_trusted_one() -> None:
    key, other = a_key(), a_key("witness.example")
    note = signing.sign_checkpoint(key, 7, ROOT, AT)
    cosigned = note + other.sign(signing.open_note(note, [key.verifier])).rpartition("\n\n")[2]
    assert signing.open_checkpoint(cosigned, [key.verifier]).size == 7
    assert signing.open_checkpoint(cosigned, [other.verifier]).size == 7
    with pytest.raises(signing.NoteRefused, match="no signature of a trusted key"):
        signing.open_checkpoint(cosigned, [a_key().verifier])


@given(st.data())
def test_any_changed_character_of_a_checkpoint_is_refused(data: st.DataObject) -> None:
    key = a_key()
    note = signing.sign_checkpoint(key, 7, ROOT, AT)
    at = data.draw(st.integers(0, len(note) - 1))
    put = data.draw(st.characters(codec="utf-8").filter(lambda c: c != note[at]))
    changed = note[:at] + put + note[at + 1 :]
    try:
        assert signing.open_checkpoint(changed, [key.verifier]) == signing.open_checkpoint(note, [key.verifier])
    except signing.NoteRefused:
        return
    # only the unused bits of the signature's base64 and the line that ends it may differ without harm
    assert changed.rpartition("\n\n")[0] == note.rpartition("\n\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n7\n",
        "origin\nseven\nAAAA\n",
        "origin\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n7\nAAAA\n",
        "origin\n7\n!\n",
        "origin\n" + "9" * 30 + "\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    key = a_key()
    with pytest.raises(signing.NoteRefused):
        signing.open_checkpoint(key.sign(text), [key.verifier])


@pytest.mark.parametrize(
    "text",
    ["", "a+b", "name+00000000+AQ==", "name+00000000+!", "name+00000000+Ag==", "na me+00000000+AQ==", "+00000000+AQ=="],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(signing.KeyRefused):
        signing.VerifierKey.parse(text)


def test_a_verifier_key_with_a_false_key_hash_is_refused() -> None:
    name, _, public = str(a_key().verifier).split("+", 2)
    with pytest.raises(signing.KeyRefused, match="key hash"):
        signing.VerifierKey.parse(f"{name}+00000000+{public}")


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_signing_key_that_does_not_read_is_refused_and_not_replaced(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    with pytest.raises(signing.KeyRefused):
        signing.load_or_make_key(path, "name")
    assert path.read_bytes() == content
