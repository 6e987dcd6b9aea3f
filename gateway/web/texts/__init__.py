"""How texts, figures and days are written on a page, in each language."""
