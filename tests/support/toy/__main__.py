"""A toy as a process: notes each reading when it begins and half a second later when it has finished it."""

import asyncio

from contracts.metering import ReadingAccepted
from services.chassis.logs import configure_logs
from services.chassis.process import Process
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.profiles import a_profile
from tests.support.toy import PACKAGE, note

SLOW_SECONDS = 0.5


async def _slowly(event: ReadingAccepted, work: UnitOfWork) -> None:
    print("begun", flush=True)  # noqa: T201 (what the test waits for)
    await asyncio.sleep(SLOW_SECONDS)
    await note(work, event.reading_id)


def main() -> None:
    settings = Settings()
    configure_logs(settings, "toy")
    service = Service("billing", settings, a_profile(), migrations=PACKAGE)
    service.on(ReadingAccepted, _slowly)
    asyncio.run(Process(service).run())


if __name__ == "__main__":
    main()
