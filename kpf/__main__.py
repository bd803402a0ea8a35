"""The entry point of `python -m kpf`."""

from kpf.cli import main

if __name__ == "__main__":
    main()
