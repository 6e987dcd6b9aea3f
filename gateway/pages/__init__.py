"""The pages, mirroring the menu: a page function asks for what it shows and returns it."""
