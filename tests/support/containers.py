"""Broker and database server in containers, where Docker runs and has the image already: nothing is ever pulled."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

from tests.support.brokers import Broker, ControlledBroker
from tests.support.waiting import wait_until

BROKER_IMAGES = ("rabbitmq:4", "rabbitmq:4-management", "rabbitmq:latest")
DATABASE_IMAGES = ("postgres:18", "postgres:17", "postgres:latest")


def broker(ends: ExitStack) -> Broker | None:
    """A broker in a container, or None."""
    container = _container(BROKER_IMAGES, 5672)
    if container is None:
        return None
    container.start()
    ends.callback(container.stop)
    place = f"{container.get_container_host_ip()}:{container.get_exposed_port(5672)}"

    def control(script: str) -> None:
        code, output = container.exec(["sh", "-c", script])
        if code:
            raise RuntimeError(f"in the broker's container: {output.decode(errors='replace')}")

    def import_definitions(definitions: Mapping[str, Any]) -> None:
        encoded = base64.b64encode(json.dumps(definitions).encode()).decode()
        control(f"echo {encoded} | base64 -d > /tmp/d.json && rabbitmqctl -q import_definitions /tmp/d.json")

    def url(vhost: str, user: str, password: str) -> str:
        return f"amqp://{quote(user, safe='')}:{quote(password, safe='')}@{place}/{quote(vhost, safe='')}"

    control("rabbitmqctl -q await_startup --timeout 120")
    return ControlledBroker(import_definitions, url)


def database_url(ends: ExitStack) -> str | None:
    """The superuser's address of a database server in a container, or None."""
    container = _container(DATABASE_IMAGES, 5432)
    if container is None:
        return None
    password = secrets.token_urlsafe(16)
    container.with_env("POSTGRES_PASSWORD", password).with_command("postgres -c fsync=off -c max_connections=400")
    container.start()
    ends.callback(container.stop)
    # The server that only initialises the data listens on no port, so asking by TCP tells the real one.
    ready = ["pg_isready", "-h", "127.0.0.1", "-U", "postgres"]
    wait_until(lambda: container.exec(ready)[0] == 0, 60, "the database in the container takes connections")
    place = f"{container.get_container_host_ip()}:{container.get_exposed_port(5432)}"
    return f"postgresql://postgres:{password}@{place}/postgres"


def _container(images: tuple[str, ...], port: int) -> Any:
    import docker

    # Its helper container would have to be pulled; we stop ours ourselves.
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    try:
        client = docker.from_env(timeout=5)
        present = {tag for image in client.images.list() for tag in image.tags}
    except docker.errors.DockerException:
        return None
    wanted = next((image for image in images if image in present), None)
    if wanted is None:
        return None
    from testcontainers.core.container import DockerContainer

    return DockerContainer(wanted).with_exposed_ports(port)
