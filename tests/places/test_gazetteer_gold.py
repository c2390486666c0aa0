"""The bundled gazetteer against gold data: floors that may only rise, and curated points against those of coders."""

import csv
from pathlib import Path

import pytest

from geoevents.places.gazetteer import Gazetteer
from tests.evaluation.candidates import recall
from tests.evaluation.check_places import check

CURATED = Path(__file__).resolve().parents[2] / "gazetteer" / "curated"
#: share of gold toponyms with coordinates that have a candidate within 161 km
FLOORS = {"lgl": 0.935, "trnews": 0.943}
#: places of the check list that bear the name of a curated place and, looked at one by one, are another place
NAMESAKES = {
    ("Al Ashrafiyah town", "Homs Governorate"),  # a village, not the quarter of Aleppo
    ("Al Khalidiyah village", "Aleppo Governorate"),  # a village, not the quarter of Homs
    ("Al Khalidiyah village", "Homs Governorate"),  # a village N of the city, not its quarter
    ("Al Misrab village", "Deir ez Zor Governorate"),  # not Misraba by Damascus
    ("Al Muaddamiyah town", "Rif Dimashq Governorate"),  # in Qalamun, not the suburb of Damascus
    ("al Sora town", "Daraa Governorate"),  # not Al-Suwar on the Khabur
    ("Az Zarah town", "Hamah Governorate"),  # N of Rastan, not Zara by Talkalakh
    ("Barissa village", "Idlib Governorate"),  # SE of Idlib, not Barisha by the Turkish border
    ("Bayda village", "Latakia Governorate"),  # not Bayda by Baniyas
    ("Hadar town", "Quneitra Governorate"),
    ("Hamdaniyah village", "Al Hasakah Governorate"),  # villages, not the quarter of Aleppo
    ("Hamdaniyah village", "Idlib Governorate"),
    ("Kafrayya village", "Idlib Governorate"),  # S of Ma'arrat al-Nu'man, not Kafraya by Fu'a
    ("Kafriyah village", "Latakia Governorate"),
    ("Khaldiya village", "Ar Raqqah Governorate"),
    ("Khaldiya village", "Ar Raqqah governorate"),
    ("Midaana village", "Rif Dimashq Governorate"),  # a village in Ghouta, not the quarter Midan
    ("Sukkar town", "Deir ez Zor Governorate"),  # not the quarter of Aleppo
    ("Tishrin town", "Aleppo Governorate"),  # by the dam, not the quarter of Damascus
}


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.shared
@pytest.mark.parametrize("corpus", FLOORS)
def test_gold_toponyms_have_a_candidate(world: Gazetteer, shared: Path, corpus: str) -> None:
    assert recall(shared / "corpora" / "geoparsing" / f"{corpus}.jsonl", world) >= FLOORS[corpus]


@pytest.mark.shared
def test_curated_places_lie_where_coders_put_them(world: Gazetteer, shared: Path) -> None:
    precision: dict[str, float] = {}
    for path in CURATED.glob("*.csv"):
        if path.name != "aliases.csv":
            with path.open(encoding="utf-8", newline="") as file:
                precision |= {f"geo:{row['id']}": float(row["precision_km"]) for row in csv.DictReader(file)}
    met = [one for one in check(shared / "corpora" / "check" / "places.csv", world) if one.match]
    curated = [one for one in met if one.match and one.match.place.id in precision]
    apart = {
        (one.row["name"], one.row["admin1"])
        for one in curated
        if one.match and one.km > max(precision[one.match.place.id], one.match.place.radius_km)
    }
    assert len(curated) > 140
    assert apart - NAMESAKES == set()
