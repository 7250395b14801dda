"""The invented cast: people of every office, and names that nobody bears."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from greenlane.law.authority import Office

FIRST = (
    "Ambrelle", "Bastiano", "Corvina", "Dorrick", "Elspetha", "Fennimore", "Gwendrake", "Hollisande", "Ivorwen",
    "Jessamont", "Kestrelle", "Lorimund", "Marisolde", "Nevarro", "Ottilienne", "Perrinald", "Quillan", "Rosmerta",
    "Sylvander", "Tamsinella", "Ulricka", "Vesperine", "Wystanley", "Xanthippe", "Yolandra", "Zephyrine",
)  # fmt: skip
LAST = (
    "Applegarth-Test", "Brambleford", "Cloverhitch", "Dunmerrow", "Everlasting", "Fictionham", "Glasswater",
    "Hollowbeam", "Inkwellson", "Juniperfield", "Kettleworth", "Lanternsby", "Makebelieve", "Nettlecombe",
    "Oddfellowes", "Paperwright", "Quillfeather", "Ravelstone", "Sampleton", "Thistledowne", "Underhillock",
    "Vellumson", "Willowmarsh", "Yarrowgate", "Zinniabrook",
)  # fmt: skip
FRONT = (
    "Amber Otter", "Blue Heron", "Cedar Lantern", "Drifting Kite", "Ember Finch", "Foxglove", "Gilded Teapot",
    "Harbor Moth", "Indigo Ladder", "Juniper Wheel", "Kindred Anchor", "Larkspur", "Moonlit Crane", "North Thimble",
    "Opal Sparrow", "Paper Whale", "Quartz Pigeon", "Red Umbrella", "Silver Turnip", "Twin Compass", "Umber Gate",
    "Velvet Barrow", "Winter Pear", "Yellow Kettle", "Zigzag Bridge",
)  # fmt: skip
BACK = {
    "importer": ("Imports", "Home Goods", "Trading House", "Toy Works"),
    "exporter": ("Exports", "Seed and Grain", "Machine Works"),
    "highway_carrier_us_canada": ("Haulage", "Freightways", "Trucking"),
    "highway_carrier_us_mexico": ("Carriers", "Cross-Border Freight", "Trucking"),
    "mexican_long_haul_carrier": ("Autotransportes", "Fletes"),
    "air_carrier": ("Air Cargo", "Airways"),
    "sea_carrier": ("Ocean Lines", "Steamships"),
    "rail_carrier": ("Railway", "Rail Freight"),
    "consolidator": ("Consolidators", "Forwarding"),
    "customs_broker": ("Customs Brokerage", "Customhouse Brokers"),
    "foreign_manufacturer": ("Manufacturas", "Ceramics", "Textile Mill"),
    "marine_terminal_operator": ("Terminals", "Port Services"),
    "third_party_logistics": ("Logistics", "Supply Chain"),
    "other": ("Cargo Survey", "Container Repair"),
}


AGENCY = "Invented Food Safety Agency"


@dataclass(frozen=True)
class Player:
    """A person of the programme: a short key, a name, an office and what the person does in the demonstration."""

    key: str
    name: str
    office: Office
    says: str


STAFF = (
    Player("manager", "Rosmerta Fictionham", Office.PROGRAMME_MANAGER, "Runs the programme"),
    Player("supervisor", "Fennimore Paperwright", Office.SUPERVISOR, "Assigns cases and decides as second person"),
    Player("supervisor2", "Ulricka Sampleton", Office.SUPERVISOR, "Decides as second person"),
    Player("specialist", "Jessamont Quillfeather", Office.SPECIALIST, "Reviews applications"),
    Player("specialist2", "Wystanley Cloverhitch", Office.SPECIALIST, "Reviews applications"),
    Player("specialist3", "Tamsinella Glasswater", Office.SPECIALIST, "Reviews applications"),
    Player("analyst", "Corvina Inkwellson", Office.VETTING_ANALYST, "Investigates backgrounds"),
    Player("appeals", "Lorimund Everlasting", Office.APPEAL_OFFICER, "Hears appeals"),
    Player("validator", "Hollisande Juniperfield", Office.VALIDATOR, "Validates from outside"),
    Player("agency", "Dorrick Underhillock", Office.PARTNER_AGENCY, "Reads and answers for a partner agency"),
    Player("auditor", "Xanthippe Ravelstone", Office.AUDITOR, "Audits the record"),
)


_OF_STAFF = {player.name for player in STAFF}


def person_name(random: Random) -> str:
    """A name that nobody of the staff bears."""
    while (name := f"{random.choice(FIRST)} {random.choice(LAST)}") in _OF_STAFF:
        pass
    return name


def company_name(business_type: str, serial: int) -> str:
    """A different name for every serial: 25 fronts, then a Roman-looking letter after them."""
    front = FRONT[serial % len(FRONT)]
    round_ = serial // len(FRONT)
    endings = BACK.get(business_type, ("Trading",))
    return " ".join(filter(None, (front, endings[round_ % len(endings)], chr(64 + round_) if round_ else "")))
