"""The catalogues of the pages, with why services say no. `make messages` keeps them."""

import sys

from gateway.web.refusals import REASONS
from services.chassis.translating import Catalogues

CATALOGUES = Catalogues("gateway", "pages", [words for reasons in REASONS.values() for words in reasons.words.values()])

if __name__ == "__main__":
    sys.exit(CATALOGUES.main(sys.argv[1:]))
