"""Broker and database server in containers, where Docker runs and has the image already: nothing is ever pulled."""

import base64
import json
import os
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from tests.support.brokers import Broker, ControlledBroker
from tests.support.waiting import wait_until

BROKER_IMAGES = ("rabbitmq:4", "rabbitmq:4-management", "rabbitmq:latest")
DATABASE_IMAGES = ("postgres:18", "postgres:17", "postgres:latest")

Once = Callable[[str, Callable[[], dict[str, Any]]], dict[str, Any]]
"""Makes what the workers of a run share: `Run.once`. It keeps the `id` of a container, by which the run ends it."""


def broker(once: Once) -> Broker | None:
    """The broker in the run's container, or None."""
    image = _present(BROKER_IMAGES)
    if image is None:
        return None

    def start() -> dict[str, Any]:
        note = _started(image, 5672)
        _control(note["id"], "rabbitmqctl -q await_startup --timeout 120")
        return note

    there = once("container-broker", start)

    def import_definitions(definitions: Mapping[str, Any]) -> None:
        encoded = base64.b64encode(json.dumps(definitions).encode()).decode()
        file = f"/tmp/{secrets.token_hex(4)}.json"
        _control(there["id"], f"echo {encoded} | base64 -d > {file} && rabbitmqctl -q import_definitions {file}")

    def url(vhost: str, user: str, password: str) -> str:
        return f"amqp://{quote(user, safe='')}:{quote(password, safe='')}@{there['place']}/{quote(vhost, safe='')}"

    return ControlledBroker(import_definitions, url)


def database_url(once: Once) -> str | None:
    """The superuser's address of the database server in the run's container, or None."""
    image = _present(DATABASE_IMAGES)
    if image is None:
        return None

    def start() -> dict[str, Any]:
        password = secrets.token_urlsafe(16)
        command = "postgres -c fsync=off -c max_connections=400"
        note = _started(image, 5432, command=command, POSTGRES_PASSWORD=password)
        # The server that only initialises the data listens on no port, so asking by TCP tells the real one.
        ready = ["pg_isready", "-h", "127.0.0.1", "-U", "postgres"]
        container = _client().containers.get(note["id"])
        wait_until(lambda: container.exec_run(ready)[0] == 0, 60, "the database in the container takes connections")
        return {**note, "password": password}

    there = once("container-database", start)
    return f"postgresql://postgres:{there['password']}@{there['place']}/postgres"


def remove(container_id: str) -> None:
    """End a container, with its data."""
    _client().containers.get(container_id).remove(force=True, v=True)


def _client() -> Any:
    import docker

    return docker.from_env(timeout=60)


def _present(images: tuple[str, ...]) -> str | None:
    import docker

    try:
        client = docker.from_env(timeout=5)
        present = {tag for image in client.images.list() for tag in image.tags}
    except docker.errors.DockerException:
        return None
    return next((image for image in images if image in present), None)


def _started(image: str, port: int, command: str = "", **environment: str) -> dict[str, Any]:
    # Its helper container would have to be pulled; the run ends ours itself.
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.core.container import DockerContainer

    container = DockerContainer(image).with_exposed_ports(port).with_envs(**environment)
    if command:
        container.with_command(command)
    container.start()
    place = f"{container.get_container_host_ip()}:{container.get_exposed_port(port)}"
    return {"id": container.get_wrapped_container().id, "place": place}


def _control(container_id: str, script: str) -> None:
    code, output = _client().containers.get(container_id).exec_run(["sh", "-c", script])
    if code:
        raise RuntimeError(f"in the broker's container: {output.decode(errors='replace')}")
