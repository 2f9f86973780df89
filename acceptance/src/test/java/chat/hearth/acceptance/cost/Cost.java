package chat.hearth.acceptance.cost;

/// What one operation takes.
///
/// @param statements SQL statements, those of the journal and those of readers
/// @param bytes bytes allocated by the server
record Cost(double statements, double bytes) {

    private static final double STRAY_STATEMENTS = 0.1;

    /// What cannot be less than itself: where a search for the least begins.
    static final Cost BOUNDLESS = new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    Cost minus(Cost other) {
        return new Cost(statements - other.statements, bytes - other.bytes);
    }

    Cost times(double factor) {
        return new Cost(statements * factor, bytes * factor);
    }

    /// The least of each.
    Cost least(Cost other) {
        return new Cost(Math.min(statements, other.statements), Math.min(bytes, other.bytes));
    }

    /// Whether it stays within a limit. A statement now and then is somebody else's, such as of the
    /// server's own upkeep.
    boolean isWithin(Cost limit) {
        return statements < limit.statements + STRAY_STATEMENTS && bytes <= limit.bytes;
    }

    @Override
    public String toString() {
        return "%.2f statements, %,.0f bytes".formatted(statements, bytes);
    }
}
