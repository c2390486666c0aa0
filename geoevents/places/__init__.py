"""Places: the gazetteer, and finding and resolving toponyms with it."""
