"""The one error of the local stack that a person reads."""


class LocalStackError(Exception):
    """Something the person at the keyboard can put right; the text says what is wrong and what to do."""
