"""Where each door leads first, and what everybody may know: terms, contact, language."""
