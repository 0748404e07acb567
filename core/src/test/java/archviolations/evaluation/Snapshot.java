package archviolations.evaluation;

public interface Snapshot {}
