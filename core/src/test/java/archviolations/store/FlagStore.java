package archviolations.store;

import archviolations.evaluation.SegmentMembers;

public record FlagStore(SegmentMembers members) {}
