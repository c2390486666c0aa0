"""The data dictionary names every field that comes out."""

from pathlib import Path

import pytest

from geoevents.exports.dialects import GEOEVENTS
from geoevents.jsonl import event_row, incident_row
from tests.records import make_event, make_incident

TEXT = (Path(__file__).parents[1] / "docs" / "data-dictionary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", sorted({*incident_row(make_incident()), *event_row(make_event()), *GEOEVENTS}))
def test_field_is_explained(field: str) -> None:
    assert f"`{field}`" in TEXT
