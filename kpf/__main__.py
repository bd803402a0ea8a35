"""Lets `python -m kpf` do what `kpf` does."""

from kpf.cli import main

if __name__ == "__main__":
    main()
