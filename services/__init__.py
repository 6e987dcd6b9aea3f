"""The services of the office, and the chassis that they stand on."""
