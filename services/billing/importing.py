"""Files that billing loads: parties, agreements, tariffs, payments."""

from services.billing.imports import agreements, parties, payments, tariffs

IMPORTERS = {
    importer.kind: importer for importer in (parties.IMPORTER, agreements.IMPORTER, tariffs.IMPORTER, payments.IMPORTER)
}
