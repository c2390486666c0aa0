"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# machines are noisy: no deadline; the same examples in every run, and not many by default
settings.register_profile(
    "geoevents", deadline=None, max_examples=50, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("geoevents")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and gold data; a test that asks for it skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent: real articles and gold data are not part of the project")
    return SHARED
