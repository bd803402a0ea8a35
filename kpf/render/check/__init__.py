"""The formats of `kpf check`. A renderer does not filter, and does not decide the exit status."""
