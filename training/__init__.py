"""What trains the weights and counts the tables that geoevents carries; not part of the installed package."""
