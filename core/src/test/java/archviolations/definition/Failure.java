package archviolations.definition;

final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
}
