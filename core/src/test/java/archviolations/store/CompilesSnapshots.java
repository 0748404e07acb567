package archviolations.store;

import archviolations.evaluation.Snapshot;

record CompilesSnapshots(Snapshot snapshot) {}
