"""Who does the units of a sweep: threads of this process, child processes, or a cluster."""
