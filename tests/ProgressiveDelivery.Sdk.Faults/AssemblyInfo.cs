// Scenarios count the process's threads, handles and timers: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
