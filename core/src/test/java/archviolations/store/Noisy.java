package archviolations.store;

final class Noisy {
    private Noisy() {}

    static void out() {
        System.out.println("out");
    }

    static void err() {
        System.err.println("err");
    }

    static void trace(Exception exception) {
        exception.printStackTrace();
    }
}
