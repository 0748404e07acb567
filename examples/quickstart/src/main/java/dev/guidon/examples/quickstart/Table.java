package dev.guidon.examples.quickstart;

/** Lines in columns: the flag, what it serves, two shares, and a remark. */
final class Table {

    private final StringBuilder text = new StringBuilder();
    private String flag = "";
    private String remark = "";

    Table title(String title, String first, String second) {
        return line(title, "", first, second, "");
    }

    /** A line; neither the name of the flag nor a remark is repeated. */
    void row(String ofFlag, String serves, String first, String second, String newRemark) {
        boolean same = ofFlag.equals(flag);
        line("  " + (same ? "" : ofFlag), serves, first, second, same && newRemark.equals(remark) ? "" : newRemark);
        flag = ofFlag;
        remark = newRemark;
    }

    private Table line(String name, String serves, String first, String second, String right) {
        String line = "%-20s %-13s %10s %10s   %s".formatted(name, serves, first, second, right);
        text.append(line.stripTrailing()).append(System.lineSeparator());
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
