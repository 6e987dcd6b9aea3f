"""How files are loaded: rows out of a file, checked by their model, stored batch by batch."""
