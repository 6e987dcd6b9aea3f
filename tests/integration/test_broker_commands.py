"""`ebok broker`, run as a person who deploys runs it, against a real broker."""

import json
import os
import secrets
import subprocess
import sys

import aio_pika
import pytest
from aiormq.exceptions import ChannelAccessRefused

from deploy.catalog import SERVICES, parts
from deploy.profiles import profile_names
from services.chassis.messaging import topology
from tests.support.brokers import ControlledBroker
from tests.support.infrastructure import Servers
from tests.support.profiles import a_profile

PASSWORDS = {service.name: f"geheim-{service.name}" for service in SERVICES}
VARIABLES = {f"EBOK_BROKER_PASSWORD_{name.upper()}": password for name, password in PASSWORDS.items()}


def ebok_broker(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EBOK_")}
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", "broker", *words],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_the_printed_definitions_make_a_broker_that_each_service_enters_with_least_rights(
    servers: Servers,
) -> None:
    if not isinstance(servers.broker, ControlledBroker):
        pytest.skip("the broker is known by one address only, so no definitions can be imported")
    vhost = f"t{secrets.token_hex(4)}"
    printed = ebok_broker("definitions", "--vhost", vhost, "--profile", profile_names()[0], **VARIABLES)
    assert printed.returncode == 0, printed.stderr
    servers.broker.import_definitions(json.loads(printed.stdout))
    readers = {part.name for part in parts(a_profile()) if part.consumes}
    for name, password in PASSWORDS.items():
        async with await aio_pika.connect(servers.broker.url(vhost, f"{vhost}.{name}", password)) as connection:
            if name in readers:
                async with connection.channel() as channel:
                    await (await channel.get_queue(f"{name}.events", ensure=False)).get(fail=False)
            async with connection.channel() as channel:
                other = "billing.parked" if name != "billing" else "identity.parked"
                with pytest.raises(ChannelAccessRefused):
                    await (await channel.get_queue(other, ensure=False)).get(fail=False)


def test_printed_definitions_hold_no_password_and_name_users_by_service_in_the_root_host() -> None:
    printed = ebok_broker("definitions", **VARIABLES)
    assert printed.returncode == 0, printed.stderr
    assert "geheim" not in printed.stdout
    found = json.loads(printed.stdout)
    assert found["vhosts"] == [{"name": "/"}]
    assert {user["name"] for user in found["users"]} == {f"ebok.{service.name}" for service in SERVICES}
    assert {right["user"] for right in found["permissions"]} == {user["name"] for user in found["users"]}


def test_a_service_without_a_password_is_refused_by_the_name_of_the_variable() -> None:
    given = {**VARIABLES, "EBOK_BROKER_PASSWORD_METERING": ""}
    del given["EBOK_BROKER_PASSWORD_BILLING"]
    refused = ebok_broker("definitions", **given)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "EBOK_BROKER_PASSWORD_BILLING" in refused.stderr
    assert "geheim" not in refused.stderr


async def test_declare_makes_every_queue_and_binding_and_may_be_repeated(servers: Servers) -> None:
    address = servers.broker.fresh([]).admin
    known = parts(a_profile())
    for _ in range(2):
        done = ebok_broker("declare", EBOK_AMQP_URL=address)
        assert done.returncode == 0, done.stderr
    async with await aio_pika.connect(address) as connection, connection.channel() as channel:
        for part in known:
            for queue in topology.queues(part):
                await channel.declare_queue(queue.name, passive=True)
        exchange = await channel.get_exchange(topology.EVENTS, ensure=False)
        await exchange.publish(aio_pika.Message(b"{}"), routing_key="billing.party.recorded.v1", mandatory=True)
        assert (await (await channel.get_queue("gateway.events")).get(timeout=5)) is not None


def test_declare_without_an_address_or_a_broker_says_so_without_a_traceback() -> None:
    nowhere = ebok_broker("declare")
    assert nowhere.returncode == 1
    assert "EBOK_AMQP_URL" in nowhere.stderr
    away = ebok_broker("declare", EBOK_AMQP_URL="amqp://ebok:geheim@127.0.0.1:9/")
    assert away.returncode == 1
    assert "Traceback" not in away.stderr
    assert "geheim" not in away.stderr
