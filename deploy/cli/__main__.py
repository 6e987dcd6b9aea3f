"""`python -m deploy.cli`, for where the script `ebok` is not installed."""

from deploy.cli import main

main()
