"""What the services say to each other: the only code that two services share about each other's business.

A package per owning service holds the messages that this service publishes and the requests that it answers, in a file
per subject; they are imported from the package. `message` tells what a message is, `envelope` how it travels, `reply`
how a request is answered. Nothing here imports anything else of ours.
"""
