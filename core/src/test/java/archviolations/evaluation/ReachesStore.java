package archviolations.evaluation;

import archviolations.store.FlagStore;

record ReachesStore(FlagStore store) {}
