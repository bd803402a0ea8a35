"""The output of `kpf diff`."""
