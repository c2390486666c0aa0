"""Every error geoevents raises on purpose.

The tree::

    GeoeventsError
    ├── SettingsError (ValueError)        an option or a settings file says something impossible
    ├── ArticleError (ValueError)         one input cannot be read; becomes a Problem in a run
    │   ├── UnknownFormatError            neither its name nor its bytes tell what it is
    │   ├── EmptyArticleError             nothing readable in it
    │   └── TooLargeError                 over the limit set for one input
    ├── GazetteerError (ValueError)       gazetteer data is missing, damaged, cut or foreign
    ├── GeocoderError (OSError)           an online geocoder failed; becomes a Problem in a run
    ├── RecogniserError (ImportError)     a recogniser or its model is not installed
    ├── RecordError (ValueError)          a record's fields contradict each other, or a JSONL line is no record
    ├── StoreError (OSError)              a project store is locked, damaged or of another version
    ├── CorrectionError (ValueError)      a row of a corrections file cannot be understood
    └── ExportError (OSError)             an output cannot be written

Messages say what was wrong, where (file, line, field) and what to do.
"""


class GeoeventsError(Exception):
    """Base of all errors that geoevents raises on purpose."""


class SettingsError(GeoeventsError, ValueError):
    """An option or a settings file says something impossible."""


class ArticleError(GeoeventsError, ValueError):
    """One input cannot be read."""


class UnknownFormatError(ArticleError):
    """Neither the name nor the bytes of an input tell what it is."""


class EmptyArticleError(ArticleError):
    """Nothing readable in an input."""


class TooLargeError(ArticleError):
    """An input is over the limit set for one input."""


class GazetteerError(GeoeventsError, ValueError):
    """Gazetteer data is missing, damaged, cut or foreign."""


class GeocoderError(GeoeventsError, OSError):
    """An online geocoder failed."""


class RecogniserError(GeoeventsError, ImportError):
    """A recogniser or its model is not installed."""


class RecordError(GeoeventsError, ValueError):
    """A record's fields contradict each other, or a line of JSONL is no record."""


class StoreError(GeoeventsError, OSError):
    """A project store is locked, damaged or of another version."""


class CorrectionError(GeoeventsError, ValueError):
    """A row of a corrections file cannot be understood."""


class ExportError(GeoeventsError, OSError):
    """An output cannot be written."""
