package chat.hearth.acceptance.cost;

/// What one operation takes.
///
/// @param statements SQL statements that requests caused, without what a commit takes for all of
///   its writes
/// @param bytes bytes allocated by the server
record Cost(double statements, double bytes) {

    /// What cannot be less than itself: where a search for the least begins.
    static final Cost BOUNDLESS = new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    Cost plus(Cost other) {
        return new Cost(statements + other.statements, bytes + other.bytes);
    }

    Cost minus(Cost other) {
        return new Cost(statements - other.statements, bytes - other.bytes);
    }

    Cost times(double factor) {
        return new Cost(statements * factor, bytes * factor);
    }

    /// What one of `count` equal operations takes.
    Cost dividedBy(int count) {
        return new Cost(statements / count, bytes / count);
    }

    /// The least of each.
    Cost least(Cost other) {
        return new Cost(Math.min(statements, other.statements), Math.min(bytes, other.bytes));
    }

    boolean isWithin(Cost limit) {
        return statements <= limit.statements && bytes <= limit.bytes;
    }

    @Override
    public String toString() {
        return "%.2f statements, %,.0f bytes".formatted(statements, bytes);
    }
}
