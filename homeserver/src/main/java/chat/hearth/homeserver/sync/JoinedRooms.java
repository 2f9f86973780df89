package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.RoomFilter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.unread.Reader;
import chat.hearth.rooms.unread.UnreadCounter;
import chat.hearth.rooms.unread.UnreadCounts;
import chat.hearth.storage.AccountDataOutline;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gathers what there is to tell of rooms that the user has joined, and of those that the user has
/// left: what they need is read for all of them at once.
final class JoinedRooms {
    private static final int ACCOUNT_DATA_MAX = 1_000;
    private static final int[] NO_HEROES = {};

    private final AccountDataStore accountData;
    private final TimelineReader timelines;
    private final TimelineState states;
    private final RoomSummary summaries;
    private final EphemeralEvents ephemeral;
    private final UnreadCounter unread;

    JoinedRooms(
            AccountDataStore accountData,
            TimelineReader timelines,
            TimelineState states,
            RoomSummary summaries,
            EphemeralEvents ephemeral,
            UnreadCounter unread) {
        this.accountData = accountData;
        this.timelines = timelines;
        this.states = states;
        this.summaries = summaries;
        this.ephemeral = ephemeral;
        this.unread = unread;
    }

    /// Gathers what there is to tell of joined rooms, without those that have nothing new.
    List<RoomParts> joined(SyncContext context, List<RoomView> views) {
        if (views.isEmpty()) {
            return List.of();
        }
        List<Shown> rooms = shown(context, views);
        Map<Integer, List<EventOutline>> state = state(context, rooms);
        Map<Integer, List<Receipt>> receipts = receipts(context, rooms);
        Map<Integer, List<byte[]>> moments = ephemeral.events(context, rooms, receipts);
        var told = new ArrayList<RoomParts>();
        var hidden = new ArrayList<RoomParts>();
        for (Shown each : rooms) {
            boolean read =
                    receipts.getOrDefault(each.room(), List.of()).stream()
                            .anyMatch(receipt -> receipt.user() == context.query().user());
            var parts =
                    new RoomParts(
                            each,
                            state.getOrDefault(each.room(), List.of()),
                            moments.getOrDefault(each.room(), List.of()),
                            accountData(context, each),
                            read,
                            UnreadCounts.NONE);
            if (parts.hasNews()) {
                told.add(parts);
            } else if (each.view().changed(ChangeKind.EVENT)) {
                hidden.add(parts);
            }
        }
        told.addAll(withUnreadNews(context, hidden));
        if (told.isEmpty()) {
            return told;
        }
        Map<Integer, UnreadCounts> counts = unread(context, told);
        for (RoomParts parts : told) {
            if (parts.shown().view().isNew() && !context.span().initial()) {
                context.entered().add(parts.shown().room());
            }
        }
        told.replaceAll(
                parts -> parts.with(counts.getOrDefault(parts.shown().room(), UnreadCounts.NONE)));
        return told;
    }

    /// Gathers what there is to tell of rooms that were left, up to the leaving.
    List<RoomParts> left(SyncContext context, List<RoomView> views) {
        if (views.isEmpty()) {
            return List.of();
        }
        Map<Integer, Timeline> read = timelines(context, views);
        List<Shown> rooms =
                views.stream()
                        .map(view -> new Shown(view, timeline(read, view), false, NO_HEROES))
                        .toList();
        Map<Integer, List<EventOutline>> state =
                state(
                        context,
                        rooms.stream().filter(each -> each.view().stateUntil() != 0).toList());
        return rooms.stream()
                .map(
                        each ->
                                new RoomParts(
                                        each,
                                        state.getOrDefault(each.room(), List.of()),
                                        List.of(),
                                        accountData(context, each),
                                        false,
                                        null))
                .toList();
    }

    /// A client may have an earlier time in a room that it comes to know: it is told that what it
    /// has does not go on where the timeline begins.
    private List<Shown> shown(SyncContext context, List<RoomView> views) {
        Map<Integer, Timeline> read = timelines(context, views);
        if (!context.span().initial()) {
            views.stream()
                    .filter(RoomView::isNew)
                    .forEach(
                            view ->
                                    read.computeIfPresent(
                                            view.room().number(),
                                            (_, timeline) -> timeline.asLimited()));
        }
        var summed = new ArrayList<RoomView>();
        for (RoomView view : views) {
            if (isFull(context, view) || timeline(read, view).summaryChanged()) {
                summed.add(view);
            }
        }
        Map<Integer, int[]> heroes = summaries.heroes(summed, context.query().user());
        var rooms = new ArrayList<Shown>(views.size());
        for (RoomView view : views) {
            int[] named = heroes.get(view.room().number());
            rooms.add(
                    new Shown(
                            view,
                            timeline(read, view),
                            named != null,
                            named == null ? NO_HEROES : named));
        }
        return rooms;
    }

    private static boolean isFull(SyncContext context, RoomView view) {
        return view.isNew() || context.query().fullState();
    }

    private static Timeline timeline(Map<Integer, Timeline> read, RoomView view) {
        Timeline timeline = read.get(view.room().number());
        return timeline == null ? Timeline.empty(view.until()) : timeline;
    }

    /// The timelines of those rooms where something happened.
    private Map<Integer, Timeline> timelines(SyncContext context, List<RoomView> views) {
        RoomFilter filter = context.query().filter().room();
        Map<Integer, Timeline> read = new HashMap<>();
        var wanted = new ArrayList<RoomView>();
        for (RoomView view : views) {
            if (view.isNew() || view.changed(ChangeKind.EVENT)) {
                if (filter.timeline().acceptsRoom(view.room().id().value())) {
                    wanted.add(view);
                } else {
                    read.put(view.room().number(), unwanted(view));
                }
            }
        }
        read.putAll(timelines.read(wanted, filter.timeline(), context.settings().ignored()));
        return read;
    }

    private Timeline unwanted(RoomView view) {
        return new Timeline(List.of(), false, view.until(), false, states.isChanged(view));
    }

    private Map<Integer, List<EventOutline>> state(SyncContext context, List<Shown> rooms) {
        RoomFilter filter = context.query().filter().room();
        return states.read(
                context.query(),
                rooms.stream().filter(each -> filter.state().wants(each.roomId())).toList());
    }

    private Map<Integer, List<Receipt>> receipts(SyncContext context, List<Shown> rooms) {
        return ephemeral.receipts(
                rooms.stream()
                        .map(Shown::view)
                        .filter(view -> isFull(context, view) || view.changed(ChangeKind.RECEIPT))
                        .toList(),
                context.query().user(),
                context.settings().ignored());
    }

    private List<AccountDataOutline> accountData(SyncContext context, Shown shown) {
        var filter = context.query().filter().room().accountData();
        if (!filter.wants(shown.roomId())) {
            return List.of();
        }
        SyncQuery query = context.query();
        String userId = query.userId().value();
        if (shown.view().isNew() && !context.span().initial()) {
            return accountData.outlines(query.user(), shown.room(), ACCOUNT_DATA_MAX).stream()
                    .filter(data -> filter.matches(data.type(), userId))
                    .toList();
        }
        return context.accountData().of(shown.room(), filter.events(), userId);
    }

    /// Those rooms where events that the filter hides changed what is unread, which is told
    /// nevertheless.
    private List<RoomParts> withUnreadNews(SyncContext context, List<RoomParts> hidden) {
        if (hidden.isEmpty()) {
            return List.of();
        }
        SyncSpan span = context.span();
        List<Room> changed =
                unread.changed(rooms(hidden), reader(context), span.since(), span.until());
        return hidden.stream()
                .filter(parts -> changed.contains(parts.shown().view().room()))
                .toList();
    }

    private Map<Integer, UnreadCounts> unread(SyncContext context, List<RoomParts> told) {
        return unread.counts(rooms(told), reader(context), context.span().until());
    }

    private static List<Room> rooms(List<RoomParts> parts) {
        return parts.stream().map(each -> each.shown().view().room()).toList();
    }

    private static Reader reader(SyncContext context) {
        SyncQuery query = context.query();
        return new Reader(
                query.user(),
                query.userId(),
                context.settings().rules(),
                context.settings().ignored(),
                context.settings().changedAt(),
                context.feed());
    }
}
