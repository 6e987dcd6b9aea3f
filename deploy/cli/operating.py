"""What operators' commands share: which service is meant, and where its database and broker are."""

from typing import Annotated

from cyclopts import Parameter

from deploy.catalog import SERVICES, ServiceEntry, entry
from deploy.local import environment
from deploy.local.errors import LocalStackError
from services.chassis.settings import Settings

ServiceName = Annotated[str, Parameter(help=f"One of {', '.join(service.name for service in SERVICES)}.")]
"""The argument of a command that is about one service."""

ProfileName = Annotated[str, Parameter(metavar="NAME")]
"""The option that names a utility's profile, or the path of one."""

DATABASE_AWAY = "The database does not answer. See whether it runs: `ebok status`."


def service_of(name: str) -> ServiceEntry:
    """The service called `name`. Raises LocalStackError with the names that there are."""
    try:
        return entry(name)
    except KeyError as error:
        raise LocalStackError(str(error.args[0])) from error


def settings_of(service: str) -> Settings:
    """The settings of `service`: what the environment says, else those of the stack that runs on this machine.

    Raises LocalStackError when there is neither.
    """
    own = Settings()
    if own.amqp_url or own.database_url:
        return own
    stack = environment.of_running_stack(service)
    if not stack:
        raise LocalStackError(
            "No office was started on this machine: run `ebok demo`, or set EBOK_DATABASE_URL and EBOK_AMQP_URL."
        )
    prefix = Settings.model_config["env_prefix"]
    return Settings.model_validate({name.removeprefix(prefix).lower(): value for name, value in stack.items()})


def chosen(services: tuple[str, ...], *, of: str) -> tuple[str, ...]:
    """The services that a command is about: those named, else all.

    Raises LocalStackError for a name that is none, and when the environment, which is one service's, stands against
    the wish for several; `of` says which of its addresses.
    """
    wanted = services or tuple(service.name for service in SERVICES)
    for name in wanted:
        service_of(name)
    if len(wanted) > 1 and Settings().amqp_url:
        raise LocalStackError(f"The environment gives one service's {of}: name that service.")
    return wanted
