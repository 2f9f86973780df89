package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import java.util.List;

/// An event for rules that do not ask where in its room's history it stands.
public interface UnplacedEvent extends Event {
    @Override
    default long originServerTs() {
        return 0;
    }

    @Override
    default long depth() {
        return 1;
    }

    @Override
    default List<EventId> prevEvents() {
        return List.of();
    }

    @Override
    default List<EventId> authEvents() {
        return List.of();
    }
}
