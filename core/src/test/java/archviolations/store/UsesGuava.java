package archviolations.store;

import com.google.common.hash.HashCode;

record UsesGuava(HashCode code) {}
