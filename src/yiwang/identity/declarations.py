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


class City(Declaration):
    """The city itself: exactly one in a pack."""

    title: Text
    government: Text
    division: Annotated[str, Refers("division")]
    region_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    bureau: Annotated[str, Refers("department")]
    hotline: str
    web: str = ""
    case_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    appeal: Text
    about: Text


class Department(Declaration):
    """An office, hospital or utility that handles items."""

    title: Text
    short: Text
    kind: Literal["department", "institution", "hospital", "utility"] = "department"
    division: Annotated[str, Refers("division")]
    parent: Annotated[str, Refers("department")] | None = None
    phone: str
    complaint_phone: str
    address: Text
    hours: Text
    duties: tuple[Text, ...] = ()


class Division(Declaration):
    """A piece of the city: district, street, community or grid cell."""

    title: Text
    level: Level
    parent: Annotated[str, Refers("division")] | None = None


class Role(Declaration):
    """What a member of staff may do; everything not listed is denied."""

    title: Text
    permissions: tuple[str, ...]
    services: tuple[Annotated[str, Refers("service")], ...] = ()
    about: Text


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
