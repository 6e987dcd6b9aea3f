"""What a unit costs, and from which day on."""
