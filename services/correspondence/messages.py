"""The catalogues of the mails. `make messages` keeps them."""

import sys

from services.chassis.translating import Catalogues
from services.correspondence.rejections import REJECTIONS

CATALOGUES = Catalogues("services/correspondence", "mails", [rejection.words for rejection in REJECTIONS.values()])

if __name__ == "__main__":
    sys.exit(CATALOGUES.main(sys.argv[1:]))
