"""Settings, from the environment alone, long as each stands here once. `.env.example` lists each
with its meaning."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.listed import listed
from bot.teams.service_urls import is_loopback, malformed
from records.changes.restricting import MOST as MOST_GATEKEEPERS
from records.evaluation.collating import MOST_EVALUATORS
from records.kept_secret import HoldsSecret
from records.mail_address import normal

MICROSOFT_SERVICE_URLS: Final = ("smba.trafficmanager.net", "*.botframework.com")
MOST_ON_PRACTICE_TEAM: Final = 12
"""People who hear of each outcome: their messages have to fit its storage transaction."""
TURN_LIMIT: Final = 10.0
"""Seconds after which Teams gives up on a card action. Source: Teams, universal actions."""

MIN_SECRET: Final = 32
"""Characters of the secret that signs links: 128 bits even where it is hexadecimal."""


class BadSettings(Exception):
    """The settings do not hold together. `problems` has one readable line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _each(sound: Callable[[str], bool], kind: str) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not sound(value):
                # What stands before an @ or after a ? may be a secret.
                told = "one of them" if set("@?") & set(value) else repr(value)
                raise ValueError(f"{told} is not {kind}")
        return values

    return AfterValidator(check)


def _web_address(value: str) -> str:
    if malformed([value]) or "://" not in value:
        raise ValueError("give an https address (http only on this machine)")
    return value


def _mail_or_nothing(value: str) -> str:
    return str(listed(value)) if value else value


def _ledger(value: str) -> str:
    """A file, or a blob that the bot's own identity opens: no secret stands in its address."""
    if "://" not in value:
        return value
    if "?" in value:
        raise ValueError("give the blob's address without a signature: the bot's identity opens it")
    return _web_address(value)


def _mails(values: tuple[str, ...]) -> tuple[str, ...]:
    found = {(one.tenant, normal(one.mail)): str(one) for one in map(listed, values)}
    return tuple(found.values())


Several = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
OptionalAddress = Annotated[str, AfterValidator(lambda url: url and _web_address(url))]
Mails = Annotated[Several, AfterValidator(_mails)]
Urls = Annotated[Several, _each(lambda url: not malformed([url]), "a host or an https prefix")]
TeamsId = Annotated[str, AfterValidator(lambda value: unquote(value).strip())]
"""Of a team or channel, also as it stands in a link: `19%3a…%40thread.tacv2`."""
Seconds = Annotated[float, Field(gt=0, le=86_400)]


def _at_most(most: int) -> AfterValidator:
    def check(mails: tuple[str, ...]) -> tuple[str, ...]:
        if len(mails) > most:
            raise ValueError(f"give {most} addresses at most")
        return mails

    return AfterValidator(check)


class Settings(HoldsSecret, BaseSettings):
    """Everything that differs between one running bot and another."""

    model_config = SettingsConfigDict(
        case_sensitive=False,
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        # An error would quote everything that was given, secrets as they stand in the environment.
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(3978, ge=0, le=65_535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    demo: bool = False
    instances: int = Field(1, ge=1, le=100)

    microsoft_app_id: str = ""
    microsoft_app_password: SecretStr = SecretStr("")
    microsoft_app_type: Literal["SingleTenant", "UserAssignedMSI"] = "SingleTenant"
    microsoft_app_tenant_id: str = ""
    allowed_tenants: Several = ()
    channel_openid_metadata_url: WebAddress = (
        "https://login.botframework.com/v1/.well-known/openidconfiguration"
    )
    outbound_token_authority: WebAddress = "https://login.microsoftonline.com"  # noqa: S105  # an address
    allowed_service_urls: Urls = MICROSOFT_SERVICE_URLS

    tables_connection_string: SecretStr = SecretStr("")
    tables_endpoint: str = ""
    tables_prefix: str = Field("", pattern=r"^([A-Za-z][A-Za-z0-9]{0,19})?$")
    tables_through_proxy: bool = False
    erasure_ledger: Annotated[str, AfterValidator(_ledger)] = ""

    facilitators: Mails = ()
    practice_team: Annotated[Mails, _at_most(MOST_ON_PRACTICE_TEAM)] = ()
    monthly_digest: bool = False
    facilitation_lead: Annotated[str, AfterValidator(_mail_or_nothing)] = ""
    facilitation_deputy: Annotated[str, AfterValidator(_mail_or_nothing)] = ""
    gatekeepers: Annotated[Mails, _at_most(MOST_GATEKEEPERS)] = ()
    evaluators: Annotated[Mails, _at_most(MOST_EVALUATORS)] = ()
    facilitation_team_id: TeamsId = ""
    facilitation_channel_id: TeamsId = ""
    partnership_file: Path | None = None

    figures_csv: Path | None = None

    public_url: OptionalAddress = ""
    link_secret: SecretStr = SecretStr("")
    file_hosts: Urls = ("*.sharepoint.com",)
    link_minutes: int = Field(60, ge=1, le=10_080)

    turn_seconds: Seconds = 7
    person_turns_a_minute: int = Field(60, ge=1, le=10_000)
    person_turns_at_once: int = Field(4, ge=1, le=100)
    send_timeout_seconds: Seconds = 20
    lease_seconds: Seconds = 300
    tick_seconds: Seconds = 30
    leader_seconds: Seconds = 30
    retry_first_seconds: Seconds = 5
    retry_longest_seconds: Seconds = 900
    ask_again_seconds: Seconds = 86_400
    tell_again_seconds: Seconds = 900
    clock_offset_seconds: float = Field(0, ge=-86_400, le=86_400)

    @property
    def browsers(self) -> str:
        """Where a browser reaches the bot; empty means that no pages are served."""
        return self.public_url or (f"http://{self.host}:{self.port}" if self.demo else "")

    @property
    def tenants(self) -> frozenset[str] | None:
        """The tenants that are served; None, in a demo that names none, means every one."""
        named = self.allowed_tenants or (self.microsoft_app_tenant_id,)
        found = frozenset(name.casefold() for name in named if name)
        return found or None

    @property
    def team(self) -> str:
        """The facilitation team; where its channel alone is set, that may be the general one, which
        has the team's id."""
        return self.facilitation_team_id or self.facilitation_channel_id

    @property
    def home(self) -> str:
        """The tenant in which a listed address counts that names none; empty is the only one."""
        return self.microsoft_app_tenant_id if len(self.tenants or ()) > 1 else ""

    def warnings(self) -> Iterator[str]:
        """What an operator should know at the start, though it holds together."""
        lead = (self.facilitation_lead,) if self.facilitation_lead else ()
        deputy = (self.facilitation_deputy,) if self.facilitation_deputy else ()
        lists = {
            "FACILITATORS": self.facilitators,
            "PRACTICE_TEAM": self.practice_team,
            "FACILITATION_LEAD": lead,
            "FACILITATION_DEPUTY": deputy,
            "GATEKEEPERS": self.gatekeepers,
            "EVALUATORS": self.evaluators,
        }
        for name, found in lists.items():
            if self.home and any("/" not in one for one in found):
                yield (
                    f"{name}: an address without a tenant counts for MICROSOFT_APP_TENANT_ID"
                    " alone. Write tenant-id/address for anybody else."
                )
        if not self.facilitators and not self.team:
            yield "FACILITATION_TEAM_ID or FACILITATORS is missing: nobody can pick up a request."
        ids = {
            "FACILITATION_TEAM_ID": self.facilitation_team_id,
            "FACILITATION_CHANNEL_ID": self.facilitation_channel_id,
        }
        for name, one in ids.items():
            if one and not one.startswith("19:"):
                yield f"{name}: this is no id of Teams', such as 19:...@thread.tacv2."

    @model_validator(mode="after")
    def _hold_together(self) -> "Settings":
        problems = list(self._problems())
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        yield from self._identity_problems()
        if self.facilitation_deputy and not self.facilitation_lead:
            yield "FACILITATION_DEPUTY is set without FACILITATION_LEAD: give both, or the lead."
        yield from self._tables_problems()
        if self.public_url and not self.demo and self._secret_is_short():
            yield f"LINK_SECRET has to have {MIN_SECRET} characters: it signs the links to files."
        if self.turn_seconds >= TURN_LIMIT:
            yield f"TURN_SECONDS has to be under {TURN_LIMIT:.0f}: Teams waits no longer."
        if self.clock_offset_seconds and not self.demo:
            yield "CLOCK_OFFSET_SECONDS is for a demo: a bot that serves people keeps true time."
        if self.lease_seconds <= 2 * self.send_timeout_seconds:
            yield "LEASE_SECONDS has to be over twice SEND_TIMEOUT_SECONDS."
        if self.figures_csv is not None and not self.figures_csv.parent.is_dir():
            yield f"FIGURES_CSV: there is no folder {self.figures_csv.parent}."
        if self.partnership_file is not None and not self.partnership_file.is_file():
            yield f"PARTNERSHIP_FILE: there is no file {self.partnership_file}."

    def _tables_problems(self) -> Iterator[str]:
        if self.tables_connection_string.get_secret_value() and self.tables_endpoint:
            yield "Give TABLES_CONNECTION_STRING or TABLES_ENDPOINT, not both."
        if any(mark in self.tables_endpoint for mark in "?@"):
            yield (
                "TABLES_ENDPOINT is an address alone: with a signature or a key in it, it is a"
                " TABLES_CONNECTION_STRING."
            )
        if not self.demo and not self._has_tables():
            yield "Give TABLES_CONNECTION_STRING or TABLES_ENDPOINT: records have to be kept."

    def _secret_is_short(self) -> bool:
        return len(self.link_secret.get_secret_value()) < MIN_SECRET

    def _has_tables(self) -> bool:
        return bool(self.tables_connection_string.get_secret_value() or self.tables_endpoint)

    def _identity_problems(self) -> Iterator[str]:
        if self.demo and not is_loopback(self.host):
            yield "DEMO runs on this machine alone: set HOST to 127.0.0.1, or DEMO to false."
        if not self.microsoft_app_id:
            if not self.demo:
                yield "MICROSOFT_APP_ID is missing: without it anybody could pose as Teams."
            return
        if self.tenants is None:
            yield "ALLOWED_TENANTS or MICROSOFT_APP_TENANT_ID is missing: nobody could be let in."
        if self.microsoft_app_type == "SingleTenant":
            if not self.microsoft_app_tenant_id:
                yield "MICROSOFT_APP_TENANT_ID is missing: a single-tenant app belongs to one."
            if not self.microsoft_app_password.get_secret_value():
                yield "MICROSOFT_APP_PASSWORD is missing: the bot could receive but not send."


def load_settings() -> Settings:
    """The settings in the environment. Raises BadSettings, whose lines never repeat a secret."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings(list(_lines(error))) from None


def _lines(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        words = problem["msg"].removeprefix("Value error, ")
        if problem["loc"]:
            yield f"{str(problem['loc'][0]).upper()}: {words[:1].lower()}{words[1:]}."
        else:
            yield from words.split("\n")
