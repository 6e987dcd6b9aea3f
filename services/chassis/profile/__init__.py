"""The utility profile: what differs between utilities, as data in one TOML file a utility.

A table of the file is a section, and its model stands in `profile.py` of the service that obeys it; this room holds
what sections are made of, the sections of everybody (`Utility`, `Languages`, `Looks`), and the reading of a file.

The letters and numbers after "Source" are requirements of the utilities that this product replaces: T MPEC Tarnów,
W MPEC Włocławek, M MPWiK, K KPEC Bydgoszcz, L MPWiK Lębork.
"""
