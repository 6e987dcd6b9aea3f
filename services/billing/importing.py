"""Files that billing loads: parties, agreements, tariffs, payments."""

from services.billing import agreement_files, party_files, payment_files, tariff_files

IMPORTERS = {
    importer.kind: importer
    for importer in (party_files.IMPORTER, agreement_files.IMPORTER, tariff_files.IMPORTER, payment_files.IMPORTER)
}
