"""The catalogues of the mails. `make messages` keeps them."""

import sys

from services.chassis.translating import Catalogues

CATALOGUES = Catalogues("services/correspondence", "mails")

if __name__ == "__main__":
    sys.exit(CATALOGUES.main(sys.argv[1:]))
