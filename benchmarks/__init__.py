"""How fast kpf is, beside other programs: `make bench`."""
