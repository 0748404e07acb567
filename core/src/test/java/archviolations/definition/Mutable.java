package archviolations.definition;

final class Mutable {}
