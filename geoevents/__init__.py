"""From folders of news articles to a map of conflict events: places, dates, casualty ranges, quotes; offline."""

__version__ = "0.1.0"
