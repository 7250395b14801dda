"""The points of the seven-point and the seventeen-point inspection, as data (6 USC 965(a), 966(b)(3))."""

from __future__ import annotations

from dataclasses import dataclass

from greenlane.law.sentences import N_


@dataclass(frozen=True)
class PointList:
    """A list of points in the order in which they are looked at. ``source``: the publication of the facts."""

    kind: str
    title: str
    source: str
    points: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.points)


SEVEN_POINT = PointList(
    "seven_point",
    N_("Seven-point inspection of a container"),
    "U.S. Customs and Border Protection, C-TPAT minimum security criteria: seven-point inspection of containers",
    (
        ("front_wall", N_("Front wall")),
        ("left_side", N_("Left side")),
        ("right_side", N_("Right side")),
        ("floor", N_("Floor")),
        ("ceiling_roof", N_("Ceiling and roof")),
        ("doors", N_("Inside and outside of the doors")),
        ("outside_undercarriage", N_("Outside and undercarriage")),
    ),
)

SEVENTEEN_POINT = PointList(
    "seventeen_point",
    N_("Seventeen-point inspection of a truck and trailer"),
    "U.S. Customs and Border Protection, C-TPAT truck and trailer inspection workshop: seventeen-point inspection",
    (
        ("bumper", N_("Bumper")),
        ("engine", N_("Engine")),
        ("tires", N_("Tires of truck and trailer")),
        ("truck_floor", N_("Floor inside the truck")),
        ("fuel_tanks", N_("Fuel tanks")),
        ("cab_storage", N_("Cab and storage compartments")),
        ("air_tanks", N_("Air tanks")),
        ("drive_shafts", N_("Drive shafts")),
        ("fifth_wheel", N_("Fifth wheel")),
        ("outside_undercarriage", N_("Outside and undercarriage")),
        ("trailer_floor", N_("Floor inside the trailer")),
        ("doors", N_("Outside and inside of the doors")),
        ("side_walls", N_("Side walls")),
        ("ceiling_roof", N_("Ceiling and roof")),
        ("front_wall", N_("Front wall")),
        ("refrigeration_unit", N_("Refrigeration unit")),
        ("exhaust", N_("Exhaust")),
    ),
)

LISTS = {one.kind: one for one in (SEVEN_POINT, SEVENTEEN_POINT)}
