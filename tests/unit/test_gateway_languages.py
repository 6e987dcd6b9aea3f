"""Languages of the pages."""
