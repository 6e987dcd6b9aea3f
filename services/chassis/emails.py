"""What an e-mail address is: the one rule for forms, files and messages."""

from email_validator import EmailNotValidError, validate_email

LONGEST = 200


def address(text: str) -> str:
    """The address as mail servers take it: the domain in small letters, an international one as `xn--…`.

    Raises ValueError for what is no address, or one that not every mail server takes (letters beyond ASCII
    before the @). Nobody is asked whether the domain exists.
    """
    try:
        # Domains such as .example are as good as any other: whether mail arrives is for its sender to find out.
        found = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False, strict=True
        )
    except EmailNotValidError as error:
        raise ValueError("is no e-mail address") from error
    plain = found.ascii_email
    if plain is None or len(plain) > LONGEST or "." not in found.ascii_domain:
        raise ValueError("is no e-mail address")
    return plain
