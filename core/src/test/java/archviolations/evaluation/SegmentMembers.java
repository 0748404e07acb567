package archviolations.evaluation;

public interface SegmentMembers {}
