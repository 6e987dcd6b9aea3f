"""`ebok`: run, fill and look after an office. One module here for each command; it is loaded when it is called."""

import logging
import os
import sys

import cyclopts
from cyclopts import Parameter

from deploy.cli.help import PlainHelp, told
from deploy.cli.terminal import say_error
from deploy.local.errors import LocalStackError
from services.chassis.profile.reading import ProfileError

COMMANDS = {
    "demo": ("demo:demo", "Start the whole office on this machine."),
    "stop": ("demo:stop", "Stop the office that `ebok demo` started, and only that."),
    "clean": ("demo:clean", "Stop the office and delete everything that `ebok demo` made."),
    "status": ("status:status", "Show each part of the office, its queues and how far behind it is."),
    "doctor": ("doctor:doctor", "Name what is missing or wrong with the office on this machine, and what to do."),
    "serve": ("serve:app", "Run one service until it is told to stop."),
    "migrate": ("migrate:app", "Bring the tables of one service to this version."),
    "broker": ("broker:app", "Print or declare the broker's queues and rights for a deployment."),
    "profile": ("profile:app", "Look after the utility profiles."),
    "import": ("imports:app", "Load a utility's data from a file, kind by kind."),
    "staff": ("staff:app", "Look after the clerks' accounts."),
    "account": ("accounts:app", "Look after the customers' accounts."),
    "replay": ("replay:app", "Rebuild the read model from what the services know."),
    "dead-letters": ("dead_letters:app", "List, show, retry or drop messages that failed for good."),
}
"""Each command: where it stands, and what it does; so much is told of it without loading it."""

app = cyclopts.App(
    name="ebok",
    help="Otwarty eBOK: run, fill and look after a customer office.",
    help_format="plaintext",
    help_formatter=PlainHelp({name: text for name, (_, text) in COMMANDS.items()}),
    default_parameter=Parameter(negative=(), show_default=False),
)
for name, (target, _) in COMMANDS.items():
    app.command(f"deploy.cli.{target}", name=name)
app.command("deploy.cli.demo:supervise", name="supervise", show=False)

FAILED, MISUSED = 1, 2
"""Exit codes: something that a person can put right; a command line that cannot be understood."""


def main() -> None:
    """Run the command line; a fault that a person can put right is told without a trace."""
    # What libraries would log of a fault stands in the one sentence; `serve` says where its own log goes.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        app(exit_on_error=False, print_error=False)
    except cyclopts.CycloptsError as error:
        say_error(told(error, app))
        sys.exit(MISUSED)
    except (LocalStackError, ProfileError) as error:
        say_error(f"ebok: {error}")
        sys.exit(FAILED)
    except BrokenPipeError:  # whoever read the output has left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
