package chat.hearth.rooms.history;

/// The bound of every list in an answer: so many items at most, and about so many bytes. What does
/// not fit comes with the next page. For one page and one thread.
public final class PageBudget {
    /// A page is about so large at most, in bytes of what is stored. It is held in memory a few
    /// times over while it is written, so a megabyte lets many be written at once; ordinary events
    /// are so small that a thousand of them fit. The specification sets no limit.
    public static final int BYTES_MAX = 1 << 20;

    private int itemsLeft;
    private long bytesLeft;
    private boolean begun;

    /// A page of at most `items`.
    public PageBudget(int items) {
        this(items, BYTES_MAX);
    }

    private PageBudget(int items, long bytes) {
        this.itemsLeft = items;
        this.bytesLeft = bytes;
    }

    /// One of two lists of a page, with room for at most `items`.
    static PageBudget half(int items) {
        return new PageBudget(items, BYTES_MAX / 2);
    }

    /// Takes room for one more, if there is any. However large it is, the first item has room, or
    /// no page would lead past it.
    public boolean take(long bytes) {
        if (isFull() || begun && bytes > bytesLeft) {
            return false;
        }
        begun = true;
        itemsLeft--;
        bytesLeft -= bytes;
        return true;
    }

    /// Whether nothing more has room.
    public boolean isFull() {
        return itemsLeft <= 0 || bytesLeft <= 0;
    }

    int itemsLeft() {
        return itemsLeft;
    }
}
