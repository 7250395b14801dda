"""What the operator sets from outside, each as GREENLANE_<NAME>; secrets come from files or variables."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Operator settings. ``home`` holds the embedded database, documents and keys."""

    model_config = SettingsConfigDict(env_prefix="GREENLANE_", env_file=None, extra="ignore")

    home: Path = Field(Path("var"), description="folder of the embedded database, documents, keys and static files")
    database: str = Field("", description="postgresql://user:password@host:port/name; empty means the embedded SQLite")
    secret_key: SecretStr = Field(
        SecretStr(""), description="signs sessions; empty means a key kept in the home folder"
    )
    signing_key: Path | None = Field(
        None, description="file with the Ed25519 key (PEM) that signs the record; empty: in the home folder"
    )
    hosts: str = Field("localhost,127.0.0.1,[::1]", description="host names that the site answers to, comma-separated")
    origins: str = Field("", description="trusted https origins for forms, comma-separated")
    https: bool = Field(False, description="served behind https: secure cookies and strict transport security")
    debug: bool = Field(False, description="pages that show the source of a fault; never where others can reach them")
    demonstration: bool = Field(False, description="set only by the demonstration; the database must agree")
    log_origin: str = Field("greenlane.example/records", description="name of this record in its signed checkpoints")
    verifier_keys: str = Field("", description="verifier keys of earlier signing keys, separated by spaces")
    clamav: str = Field("", description="virus scanner: unix:/path/of/clamd.sock or tcp:host:port; empty means none")
    time_zone: str = Field(
        "America/New_York", description="where the programme has its seat; legal days are counted there"
    )
    max_upload_bytes: int = Field(20 * 1024 * 1024, description="largest document that is taken, in bytes")

    @property
    def documents(self) -> Path:
        return self.home / "documents"
