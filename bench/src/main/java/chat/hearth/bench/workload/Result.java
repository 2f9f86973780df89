package chat.hearth.bench.workload;

import java.util.Locale;

/// One line of the table of figures.
///
/// @param workload the workload's name, such as `W1`
/// @param what what was measured
/// @param value the figure with its unit
/// @param target what it should be, empty when there is none
/// @param met whether it is; true when there is no target
public record Result(String workload, String what, String value, String target, boolean met) {

    /// A figure without a target.
    public static Result of(String workload, String what, String value) {
        return new Result(workload, what, value, "", true);
    }

    /// A figure that should be at least `target`.
    public static Result atLeast(
            String workload, String what, double value, double target, String unit) {
        boolean met = value >= target;
        return new Result(workload, what, number(value, unit), "≥ " + number(target, unit), met);
    }

    /// A figure that should be at most `target`.
    public static Result atMost(
            String workload, String what, double value, double target, String unit) {
        boolean met = value <= target;
        return new Result(workload, what, number(value, unit), "≤ " + number(target, unit), met);
    }

    private static String number(double value, String unit) {
        String digits = value >= 100 || value == Math.rint(value) ? "%,.0f %s" : "%.2f %s";
        return digits.formatted(value, unit).strip();
    }

    /// The head of the table.
    public static String head() {
        return "| | figure | value | target | |\n|---|---|---|---|---|";
    }

    /// This line of the table.
    public String row() {
        String verdict = target.isEmpty() ? "" : met ? "met" : "**missed**";
        return String.format(
                Locale.ROOT, "| %s | %s | %s | %s | %s |", workload, what, value, target, verdict);
    }
}
