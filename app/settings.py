"""Every setting: VARIORUM_* environment variables, read once at start."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """The installation's settings; `.env.sample` and docs/settings.md list the same fields
    (tested).
    """

    model_config = SettingsConfigDict(env_prefix="VARIORUM_", extra="ignore")

    data: Annotated[Path, Field(description="Folder for the database and all that is kept.")] = (
        Path("data")
    )
    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(description="Port to listen on, 1 to 65535.", ge=1, le=65535)] = 8000
    database_url: Annotated[
        str, Field(description="Database address; empty: SQLite in the data folder.")
    ] = ""
    base_url: Annotated[
        str,
        Field(
            description="Address that readers type, with a sub-path if any; "
            "empty: http://host:port."
        ),
    ] = ""
    allowed_hosts: Annotated[
        str,
        Field(
            description="Further host names to answer to, separated by commas; "
            "loopback names always work."
        ),
    ] = ""
    max_upload_bytes: Annotated[
        int, Field(description="Largest request body, in bytes.", ge=1024)
    ] = 20_000_000
    semantic: Annotated[
        bool,
        Field(
            description="Compare passages by meaning too, across languages; "
            "needs the extra `semantic`."
        ),
    ] = False
    log_json: Annotated[
        bool, Field(description="Log lines as JSON (for containers) instead of plain text.")
    ] = False

    @field_validator("base_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not (urlsplit(value).scheme in {"http", "https"} and urlsplit(value).netloc):
            raise ValueError("must be a whole address such as https://variorum.example/desk")
        return value.rstrip("/")

    @property
    def address(self) -> str:
        """The address to show: base_url, or host and port."""
        return (
            self.base_url
            or f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104 - only compared
        )

    @property
    def sub_path(self) -> str:
        """The path part of base_url, without a trailing slash; usually empty."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def hosts(self) -> frozenset[str]:
        """Host names that requests may name."""
        named = {part.strip().lower() for part in self.allowed_hosts.split(",") if part.strip()}
        own = urlsplit(self.address).hostname or ""
        return frozenset({*LOOPBACK, own, *named} - {""})

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'variorum.db'}"
