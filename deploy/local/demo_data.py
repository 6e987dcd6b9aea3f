"""The demo utility: its files are imported by the same commands that any utility's files are."""

from deploy.local.stack import Stack


def load(stack: Stack) -> None:
    """"""
