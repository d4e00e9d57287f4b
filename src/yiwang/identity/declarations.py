"""The kinds this room owns: city, department, division, role."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from yiwang.identity import checks
from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Declaration, Kind, Part, Refers

Level = Literal["city", "district", "street", "community", "cell"]


class Hours(Part):
    """When an office is open, as people write it."""

    text: Text
    """In words."""


class City(Declaration):
    """The city itself: exactly one in a pack."""

    title: Text
    """Its name."""
    government: Text
    """The full name of its government."""
    division: Annotated[str, Refers("division")]
    """The division that is the whole city."""
    region_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    """The six digits of the city's region; licence numbers begin with them."""
    bureau: Annotated[str, Refers("department")]
    """The department that runs this platform."""
    hotline: str
    """The number people call about anything."""
    web: str = ""
    """The address of the city's own site."""
    case_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    """The letters every case number begins with."""
    appeal: Text
    """How people may object to a decision, where an item says nothing of its own."""
    about: Text
    """One or two sentences about the city."""


class Department(Declaration):
    """An office, hospital or utility that handles items."""

    title: Text
    """Its full name."""
    short: Text
    """The name people use."""
    kind: Literal["department", "institution", "hospital", "utility"] = "department"
    """What sort of office it is."""
    division: Annotated[str, Refers("division")]
    """Where it is responsible."""
    parent: Annotated[str, Refers("department")] | None = None
    """The department above it."""
    phone: str
    """The number for questions."""
    complaint_phone: str
    """The number for complaints; another office should answer it."""
    address: Text
    """Where to find it, down to the window."""
    hours: Text
    """When it is open: days and times."""
    duties: tuple[Text, ...] = ()
    """What it does, one duty an item."""


class Division(Declaration):
    """A piece of the city: district, street, community or grid cell."""

    title: Text
    """Its name."""
    level: Level
    """How high it stands; it lies inside a division of a higher level."""
    parent: Annotated[str, Refers("division")] | None = None
    """The division it lies in; only the whole city has none."""


class Role(Declaration):
    """What a member of staff may do; everything not listed is denied."""

    title: Text
    """Its name."""
    permissions: tuple[str, ...]
    """What it allows, by name; all else is denied."""
    services: tuple[Annotated[str, Refers("service")], ...] = ()
    """The items it is limited to; none listed: every item of the department."""
    about: Text
    """What people in this role do and see."""


KINDS.add("city", Kind("city", "city", City, Text(zh="城市", en="city"), checks.city, single=True))
KINDS.add(
    "department",
    Kind(
        "department",
        "departments",
        Department,
        Text(zh="部门", en="department"),
        checks.departments,
    ),
)
KINDS.add(
    "division",
    Kind("division", "divisions", Division, Text(zh="区划", en="division"), checks.divisions),
)
KINDS.add("role", Kind("role", "roles", Role, Text(zh="岗位", en="role"), checks.roles))
