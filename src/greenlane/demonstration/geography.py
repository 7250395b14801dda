"""Real cities and ports between which the invented cargo moves (6 USC 963(2))."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Route:
    """A partner's city abroad, a site's city at home, and the ports between them."""

    partner_city: str
    partner_country: str
    site_city: str
    site_country: str
    mode: str
    lading: str
    unlading: str


SEA = (
    Route("Shanghai", "CN", "Los Angeles", "US", "sea", "CNSHA", "2704"),
    Route("Shenzhen", "CN", "Long Beach", "US", "sea", "CNYTN", "2709"),
    Route("Ho Chi Minh City", "VN", "Oakland", "US", "sea", "VNSGN", "2811"),
    Route("Rotterdam", "NL", "Newark", "US", "sea", "NLRTM", "4601"),
    Route("Hamburg", "DE", "Savannah", "US", "sea", "DEHAM", "1703"),
    Route("Santos", "BR", "Houston", "US", "sea", "BRSSZ", "5301"),
    Route("Busan", "KR", "Seattle", "US", "sea", "KRPUS", "3001"),
    Route("Mumbai", "IN", "Charleston", "US", "sea", "INNSA", "1601"),
    Route("Colombo", "LK", "Norfolk", "US", "sea", "LKCMB", "1401"),
)
LAND_SOUTH = (
    Route("Monterrey", "MX", "Laredo", "US", "road", "", "2304"),
    Route("Tijuana", "MX", "San Diego", "US", "road", "", "2506"),
    Route("Guadalajara", "MX", "Laredo", "US", "road", "", "2304"),
)
LAND_NORTH = (
    Route("Windsor", "CA", "Detroit", "US", "road", "", "3801"),
    Route("Toronto", "CA", "Buffalo", "US", "road", "", "0901"),
)
AIR = (
    Route("Singapore", "SG", "Los Angeles", "US", "air", "SGSIN", "2720"),
    Route("London", "GB", "New York City", "US", "air", "GBLHR", "4701"),
)
ROUTES = {
    "highway_carrier_us_canada": LAND_NORTH,
    "highway_carrier_us_mexico": LAND_SOUTH,
    "mexican_long_haul_carrier": LAND_SOUTH,
    "rail_carrier": LAND_NORTH,
    "air_carrier": AIR,
    "foreign_manufacturer": LAND_SOUTH,
}


def route_for(business_type: str, random: Random) -> Route:
    """A route that fits the business type; most cargo comes by sea."""
    return random.choice(ROUTES.get(business_type, SEA))
