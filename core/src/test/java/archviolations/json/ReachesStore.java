package archviolations.json;

import archviolations.store.FlagStore;

record ReachesStore(FlagStore store) {}
