"""What the tests stand on: real servers, a running office, a browser that checks every page."""
