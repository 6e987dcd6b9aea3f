"""What carries a page: who asks, sessions, languages, forms, and the templates that all pages share."""
