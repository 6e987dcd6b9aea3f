"""Which readings are accepted, as pure functions.

Two kinds of rule: what no reading may break (`against_history`), whoever took it, and what is asked of a customer who
types a reading into the office (`of_customer`): allowed days, precision, and whether the value is believable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from contracts.message import Unit
from contracts.metering import ReadingSource
from services.chassis.errors import Refused
from services.chassis.refusals import Quantity
from services.metering.profile import Readings as ReadingRules
from services.metering.profile import ReadingWindow
from services.metering.refusals import reasons

DECIMALS: dict[Unit, int] = {"GJ": 3, "m3": 3}
"""Digits after the comma that a register shows at most: a litre of water, a thousandth of a GJ."""

REGISTER_END = Decimal(10) ** 9
"""No register has more than nine digits before the comma."""

HIGHEST_DAILY: dict[Unit, Decimal] = {"GJ": Decimal(864), "m3": Decimal(3000)}
"""What no meter that people read by eye can count in a day.

864 GJ is 10 MW around the clock (1 MW = 3,6 GJ/h); 3000 m3 is 125 m3/h, the overload flow Q4 of a DN 100 meter with
Q3 = 100 m3/h (ISO 4064: Q4 = 1,25 Q3). Larger meters are read remotely.
"""

HIGHEST_DAILY_REMOTE: dict[Unit, Decimal] = {unit: 10 * highest for unit, highest in HIGHEST_DAILY.items()}
"""The same for meters that are read remotely: 100 MW of heat around the clock; Q4 of a meter with Q3 = 1000 m3/h."""

ORDINARY_DAILY: dict[Unit, Decimal] = {"GJ": Decimal("0.2"), "m3": Decimal("0.3")}
"""Use that surprises nobody: a small house on a winter day, three people at 100 l. The usual use counts as no less than
this, so that a flat that stood empty is not suspected of every bath."""

USUAL_DAYS = 365
"""The usual use is the mean of about this many last days, so that a heat meter's winter and summer are both in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An accepted cumulative register on a local date."""

    read_on: date
    value: Decimal
    source: ReadingSource


def against_history(last: Reading | None, read_on: date, value: Decimal, *, unit: Unit, today: date) -> None:
    """What no reading may break.

    Raises `Refused`: `future`, `negative`, `impossible` (more than a register shows), `twice`, `before_last`, `lower`.
    Source: requirement M02; a register only counts upwards, and readings are settled in the order of their days.
    """
    _day_follows(last, read_on, unit, today)
    _on_a_register(value)
    if last is not None and value < last.value:
        raise Refused(reasons.error("lower", "value", last=Quantity(last.value, unit), last_on=last.read_on))


def of_customer(
    history: Sequence[Reading],
    read_on: date,
    value: Decimal,
    *,
    unit: Unit,
    installed_on: date,
    today: date,
    rules: ReadingRules,
    unusual_confirmed: bool,
) -> None:
    """All that is asked of a reading that a customer types; `history` is in the order of days.

    Raises `Refused` with the codes of `against_history` and `not_taken`, `outside_window`, `once_a_month`, `precision`,
    `before_installation`, `impossible`, `unusual`, and `invalid` where both day and value have a reason.
    An unusual value is accepted when the customer has seen it and confirms it.
    """
    if not rules.submission:
        raise Refused(reasons.error("not_taken"))
    last = history[-1] if history else None

    def day() -> None:
        _allowed_today(history, read_on, today, rules)
        if read_on < installed_on:
            raise Refused(reasons.error("before_installation", "read_on", installed_on=installed_on))
        _day_follows(last, read_on, unit, today)

    def register() -> None:
        _on_a_register(value)  # first: rounding a number of more than 28 digits would fail
        if value != round(value, DECIMALS[unit]):
            raise Refused(reasons.error("precision", "value", decimals=DECIMALS[unit]))

    _together(register, day)
    against_history(last, read_on, value, unit=unit, today=today)
    if last is None:
        return
    possible(last, read_on, value, unit)
    if not unusual_confirmed:
        _usual(history, last, read_on, value, unit, rules.unusual_factor)


def with_all_decimals(value: Decimal, unit: Unit) -> Decimal:
    """The register as it is stored and told: 21 GJ is 21.000."""
    return value.quantize(Decimal(1).scaleb(-DECIMALS[unit]))


def usual_daily_use(history: Sequence[Reading]) -> Decimal | None:
    """Mean use a day over the last `USUAL_DAYS` or as much as is known; None when fewer than two readings are."""
    if len(history) < 2:
        return None
    last = history[-1]
    earlier = [reading for reading in history[:-1] if (last.read_on - reading.read_on).days >= USUAL_DAYS]
    first = earlier[-1] if earlier else history[0]
    return _daily(first, last.read_on, last.value)


def _together(*checks: Callable[[], None]) -> None:
    """Raise what the checks refuse as one refusal, so that a person mends all of it at once."""
    refused = []
    for check in checks:
        try:
            check()
        except Refused as refusal:
            refused.append(refusal)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise Refused(*(error for refusal in refused for error in refusal.errors), code="invalid")


def _day_follows(last: Reading | None, read_on: date, unit: Unit, today: date) -> None:
    if read_on > today:
        raise Refused(reasons.error("future", "read_on", today=today))
    if last is not None and read_on == last.read_on:
        raise Refused(reasons.error("twice", "read_on", last=Quantity(last.value, unit), last_on=last.read_on))
    if last is not None and read_on < last.read_on:
        raise Refused(reasons.error("before_last", "read_on", last=Quantity(last.value, unit), last_on=last.read_on))


def _on_a_register(value: Decimal) -> None:
    if value < 0:
        raise Refused(reasons.error("negative", "value"))
    if value >= REGISTER_END:
        raise Refused(reasons.error("beyond_register", "value"), code="impossible")


def _allowed_today(history: Sequence[Reading], read_on: date, today: date, rules: ReadingRules) -> None:
    window = rules.window
    if window is not None and not (window.contains(today) and window.contains(read_on) and _same_month(today, read_on)):
        raise _outside(window)
    if rules.frequency == "monthly":
        for reading in history:
            if reading.source == "customer" and _same_month(reading.read_on, read_on):
                raise Refused(reasons.error("once_a_month", "read_on", given_on=reading.read_on))


def possible(last: Reading, read_on: date, value: Decimal, unit: Unit, *, remote: bool = False) -> None:
    """Refuses, as `impossible`, what no meter can have counted since the `last` reading: by eye, or read `remote`ly."""
    highest = HIGHEST_DAILY_REMOTE if remote else HIGHEST_DAILY
    if _daily(last, read_on, value) > highest[unit]:
        used = Quantity(value - last.value, unit)
        raise Refused(reasons.error("impossible", "value", used=used, last_on=last.read_on))


def _usual(
    history: Sequence[Reading], last: Reading, read_on: date, value: Decimal, unit: Unit, factor: Decimal
) -> None:
    """Use far above the usual is asked back, once. Source: M02, `readings.unusual_factor` of the profile."""
    usual = usual_daily_use(history)
    limit = factor * max(usual or Decimal(0), ORDINARY_DAILY[unit])
    daily = _daily(last, read_on, value)
    if daily <= limit:
        return
    told = _rounded(daily, unit)
    if usual is None:
        raise Refused(reasons.error("unusual_at_first", "value", daily=told, last_on=last.read_on), code="unusual")
    raise Refused(reasons.error("unusual", "value", daily=told, usual=_rounded(usual, unit), last_on=last.read_on))


def _daily(since: Reading, read_on: date, value: Decimal) -> Decimal:
    return (value - since.value) / (read_on - since.read_on).days


def _rounded(value: Decimal, unit: Unit) -> Quantity:
    return Quantity(value.quantize(Decimal("0.01"), ROUND_HALF_UP), unit)


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def _outside(window: ReadingWindow) -> Refused:
    first = window.first_day
    if window.reaches_month_end:
        return Refused(reasons.error("outside_window_to_month_end", "read_on", first_day=first), code="outside_window")
    return Refused(reasons.error("outside_window", "read_on", first_day=first, last_day=window.last_day))
