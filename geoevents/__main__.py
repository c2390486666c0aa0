"""``python -m geoevents``."""

from geoevents.cli import main

main(prog_name="geoevents")
