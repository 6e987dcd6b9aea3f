"""The settings that each process gets by its environment (`EBOK_…`), and where they point on this machine."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from deploy.local import account as accounts
from deploy.local import state as states
from deploy.local.account import Account
from deploy.local.postgres import with_database
from deploy.local.state import State


def port_names(services: Iterable[str]) -> list[str]:
    """Every port that the stack needs but the web page's, by name."""
    fixed = ["amqp", "erlang", "epmd", "postgres", "smtp", "imap", "inbox"]
    return [*fixed, *(f"ops.{service}" for service in services)]


def broker_url(state: State, user: str) -> str:
    """The broker's address for one service, or for `admin`."""
    if state.amqp_url:
        return state.amqp_url
    name, password = f"{state.slug}.{user}", state.secret(f"broker.{state.slug}.{user}")
    return f"amqp://{quote(name, safe='')}:{quote(password, safe='')}@127.0.0.1:{state.ports['amqp']}/{state.slug}"


def database_name(state: State, service: str) -> str:
    """The name of a service's database and of the role that owns it."""
    return f"{state.slug}_{service}"


def database_url(state: State, service: str) -> str:
    """The address of a service's own database for its own role."""
    server = state.database_url or f"postgresql://127.0.0.1:{state.ports['postgres']}/postgres"
    name = database_name(state, service)
    return with_database(server, name, name, state.secret(f"database.{name}"))


def files_folder(account: Account, state: State) -> Path:
    """The folder that stands for the object store."""
    return account.home / "stack" / "files" / state.slug


def web_url(state: State) -> str:
    """The customer office's address."""
    return f"http://127.0.0.1:{state.ports['web']}"


def knows(state: State, service: str) -> bool:
    """Whether the stack was started with this service: one that the catalogue has gained since has no port yet."""
    return f"ops.{service}" in state.ports


def ops_url(state: State, service: str) -> str:
    """Where a service tells its health and its counts."""
    return f"http://127.0.0.1:{state.ports[f'ops.{service}']}"


def of_service(account: Account, state: State, service: str) -> dict[str, str]:
    """The settings of one service's process, and of a command that works for that service."""
    return {
        "EBOK_PROFILE": state.profile,
        "EBOK_AMQP_URL": broker_url(state, service),
        "EBOK_DATABASE_URL": database_url(state, service),
        "EBOK_FILES_URL": files_folder(account, state).as_uri(),
        "EBOK_SMTP_URL": f"smtp://127.0.0.1:{state.ports['smtp']}",
        "EBOK_PUBLIC_URL": web_url(state),
        "EBOK_SECRET": state.secret(f"{service}.{state.slug}"),
        "EBOK_WEB_HOST": "127.0.0.1",
        "EBOK_WEB_PORT": str(state.ports["web"]),
        "EBOK_OPS_HOST": "127.0.0.1",
        "EBOK_OPS_PORT": str(state.ports[f"ops.{service}"]),
        "EBOK_LOG_FORMAT": "json",
    }


def of_running_stack(service: str) -> dict[str, str]:
    """For a command that a person types: the settings of `service` in this machine's stack, empty if there is none.

    A command takes from it what its own environment does not say. `EBOK_OPS_PORT` is left out: it is the service's.
    """
    account = accounts.existing()
    state = states.load(account) if account else None
    if account is None or state is None or not knows(state, service):
        return {}
    settings = of_service(account, state, service)
    del settings["EBOK_OPS_PORT"]
    return settings
