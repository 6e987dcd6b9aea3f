"""`ebok broker`: the declaring step of a deployment. `ebok demo` does the same for the office on this machine."""

import asyncio
import os
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from deploy.catalog import SERVICES, parts
from deploy.cli.operating import ProfileName
from deploy.cli.terminal import say, say_json
from deploy.local.errors import LocalStackError
from deploy.profiles import load_profile
from services.chassis.errors import told
from services.chassis.messaging import topology
from services.chassis.messaging.publishing import BROKER_FAULTS
from services.chassis.messaging.topology import Part
from services.chassis.settings import Settings

app = cyclopts.App(name="broker", help="Print or declare the broker's queues and rights for a deployment.")


@app.command
def definitions(*, vhost: Annotated[str, Parameter(metavar="NAME")] = "/", profile: ProfileName = "") -> None:
    """Print RabbitMQ's importable definitions: exchanges, queues, bindings, and a user with least rights per service.

    Give them to `rabbitmqctl import_definitions` or to the management page. The users are called `<vhost>.<service>`
    (`ebok.<service>` in `/`). Each one's password is taken from `EBOK_BROKER_PASSWORD_<SERVICE>`; printed is its
    salted hash, which differs from run to run.

    Parameters
    ----------
    vhost
        The virtual host, without it /; it is made when it is not there.
    profile
        The utility's profile; without it that of EBOK_PROFILE.

    """
    found = topology.definitions(vhost, _parts(profile), _passwords())
    say_json(found)


@app.command
def declare(*, profile: ProfileName = "") -> None:
    """Declare exchanges, queues and bindings on a broker whose users are managed elsewhere.

    EBOK_AMQP_URL names it and a user who may configure, write and read everything in the virtual host. Declaring again
    changes nothing.

    Parameters
    ----------
    profile
        The utility's profile; without it that of EBOK_PROFILE.

    """
    address = Settings().amqp_url
    if not address:
        raise LocalStackError("Set EBOK_AMQP_URL: amqp://user:password@host:port/vhost, its user may configure.")
    known = _parts(profile)
    try:
        asyncio.run(topology.declare(address, known))
    except BROKER_FAULTS as error:
        raise LocalStackError(f"The broker did not take it: {told(error)}") from error
    say(f"Declared: {sum(len(topology.queues(part)) for part in known)} queues of {len(known)} services.")


def _parts(profile: str) -> list[Part]:
    return parts(load_profile(profile or Settings().profile))


def _passwords() -> dict[str, str]:
    variables = {service.name: f"EBOK_BROKER_PASSWORD_{service.name.upper()}" for service in SERVICES}
    missing = [variable for variable in variables.values() if not os.environ.get(variable)]
    if missing:
        raise LocalStackError(f"Every service needs a password of its own; set {', '.join(missing)}.")
    return {name: os.environ[variable] for name, variable in variables.items()}
