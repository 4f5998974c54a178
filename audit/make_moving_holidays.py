"""Writes tests/expected/moving-holidays.csv: Easter, Midsummer and All Saints' Day from 1900 to 2200, by others' code.

usage: pip install python-dateutil && python3 audit/make_moving_holidays.py > tests/expected/moving-holidays.csv
"""

import calendar
import datetime

from dateutil.easter import easter


def saturday(first: datetime.date) -> datetime.date:
    """The Saturday among the seven days from `first`."""
    days = [first + datetime.timedelta(days=number) for number in range(7)]
    return next(day for day in days if day.weekday() == calendar.SATURDAY)


print("# Påskdagen, midsommardagen, alla helgons dag. Made by audit/make_moving_holidays.py with python-dateutil.")
for year in range(1900, 2201):
    days = (easter(year), saturday(datetime.date(year, 6, 20)), saturday(datetime.date(year, 10, 31)))
    print(",".join(day.isoformat() for day in days))
