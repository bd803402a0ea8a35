"""What `kpf check` writes. A renderer filters nothing and decides no exit status."""
