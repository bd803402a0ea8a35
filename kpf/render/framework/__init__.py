"""The output of `kpf framework`."""
