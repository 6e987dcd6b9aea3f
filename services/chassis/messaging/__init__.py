"""How services speak through the broker: the topology, and each way a message goes out, comes in, or fails."""

from services.chassis.messaging.frames import tolerate

tolerate()
