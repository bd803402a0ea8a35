"""The output of `kpf trace`."""
