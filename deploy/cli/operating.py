"""What operators' commands share: where a service's database and broker are."""

from deploy.catalog import SERVICES, entry
from deploy.local import environment
from deploy.local.errors import LocalStackError
from services.chassis.settings import Settings


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
    for name in services:
        try:
            entry(name)
        except KeyError as error:
            raise LocalStackError(str(error.args[0])) from error
    wanted = services or tuple(service.name for service in SERVICES)
    if len(wanted) > 1 and Settings().amqp_url:
        raise LocalStackError(f"The environment gives one service's {of}: name that service.")
    return wanted
