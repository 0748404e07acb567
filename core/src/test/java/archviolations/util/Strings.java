package archviolations.util;

final class Strings {}
