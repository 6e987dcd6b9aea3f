"""`ebok`: run, fill and look after an office. One module here for each command; it is loaded when it is called."""

import sys

import cyclopts

from deploy.local.errors import LocalStackError
from services.chassis.texts import visible

app = cyclopts.App(name="ebok", help="Otwarty eBOK: run, fill and look after a customer office.")

for name, target, text in (
    ("demo", "demo:demo", "Start the whole office on this machine."),
    ("stop", "demo:stop", "Stop the office that `ebok demo` started."),
    ("clean", "demo:clean", "Stop it and delete everything that `ebok demo` made."),
    ("status", "status:status", "Show each part, its queues and how far behind it is."),
    ("doctor", "doctor:doctor", "Name what is missing or wrong, and what to do."),
    ("serve", "serve:app", "Run one service."),
    ("migrate", "migrate:app", "Bring the tables of one service to this version."),
    ("broker", "broker:app", "Print or declare the broker's queues and rights for a deployment."),
    ("profile", "profile:app", "Look after the utility profiles."),
    ("import", "imports:app", "Load a utility's parties, agreements, meters, readings, tariffs from files."),
    ("staff", "staff:app", "Look after the clerks' accounts."),
    ("account", "accounts:app", "Look after the customers' accounts."),
    ("replay", "replay:app", "Rebuild the read model from the services."),
    ("dead-letters", "dead_letters:app", "List, show, retry or drop messages that failed for good."),
):
    app.command(f"deploy.cli.{target}", name=name, help=text)
app.command("deploy.cli.demo:supervise", name="supervise", show=False)


def main() -> None:
    """Run the command line; a fault that a person can put right is one message and exit code 1."""
    try:
        app()
    except LocalStackError as error:
        print(visible(f"ebok: {error}"), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
