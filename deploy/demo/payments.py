"""Makes the demo utility's payments: what the customers transferred for the invoices that billing makes of their readings.

`python -m deploy.demo.payments [FOLDER]` writes payments.csv from the other files of this folder, the same each time.
"""
