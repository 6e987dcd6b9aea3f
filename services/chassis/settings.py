"""Where a process finds its neighbours: addresses and secrets, read from the environment (`EBOK_…`)."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One process's settings. Every service has its own broker user and its own database role."""

    model_config = SettingsConfigDict(env_prefix="EBOK_", frozen=True, extra="ignore")

    profile: str = Field(default="demo", description="Name of a profile in deploy/profiles, or a path to one.")
    amqp_url: str = Field(default="", repr=False, description="amqp://user:password@host:port/vhost")
    database_url: str = Field(default="", repr=False, description="postgresql://role:password@host:port/database")
    files_url: str = Field(default="", description="Object store: file:///folder or s3://bucket/prefix.")
    smtp_url: str = Field(
        default="",
        repr=False,
        description="smtp://[user:password@]host:port or smtps://…; a password asks for encryption (STARTTLS).",
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="The customer office's address in messages.")
    secret: str = Field(
        default="",
        repr=False,
        description="Signs for this service alone; each has its own.",
    )
    web_host: str = "127.0.0.1"
    web_port: int = 8000
    logins_per_minute: int = Field(default=30, ge=0, description="Of one address, at both doors; 0: no limit.")
    registrations_per_minute: int = Field(default=20, ge=0, description="Of one address; 0: no limit.")
    client_address_header: str = Field(
        default="",
        description="Where our own proxy tells the client's address, such as X-Forwarded-For; empty without a proxy.",
    )
    ops_host: str = "127.0.0.1"
    ops_port: int = Field(default=0, description="Health and metrics; 0 switches them off.")
    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
