package chat.hearth.rooms.membership;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.CAROL;
import static chat.hearth.rooms.TestRooms.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.TestRooms;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody becomes something else to a room after a request has seen what they are, and before it
/// changes that: to kick and to lift a ban are the same event, and neither is to do the other's
/// work.
final class MembershipMeanwhileTest {
    @TempDir private Path folder;

    private TestRooms rooms;
    private RoomId room;
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void start() {
        rooms = TestRooms.sqlite(folder);
        rooms.addAccount(CAROL);
        room = rooms.create(RoomVersion.V12);
        rooms.join(CAROL, room);
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    @Test
    void aKickDoesNotLiftABan() {
        meanwhile = () -> memberships().ban(ALICE, CAROL, room, null);
        MatrixException refusal =
                assertThrows(
                        MatrixException.class, () -> interrupted().kick(ALICE, CAROL, room, null));
        assertEquals(403, refusal.status());
        assertEquals(Membership.BAN, membership(CAROL));
    }

    @Test
    void aKickTakesAnInviteBackThatCameForWhoHadLeft() {
        meanwhile =
                () -> {
                    memberships().leave(CAROL, room, null);
                    memberships().invite(ALICE, CAROL, room, null);
                };
        interrupted().kick(ALICE, CAROL, room, null);
        assertEquals(Membership.LEAVE, membership(CAROL));
    }

    @Test
    void liftingABanDoesNotKick() {
        memberships().ban(ALICE, CAROL, room, null);
        meanwhile =
                () -> {
                    memberships().unban(ALICE, CAROL, room, null);
                    rooms.join(CAROL, room);
                };
        MatrixException refusal =
                assertThrows(
                        MatrixException.class, () -> interrupted().unban(ALICE, CAROL, room, null));
        assertEquals(403, refusal.status());
        assertEquals(Membership.JOIN, membership(CAROL));
    }

    private RoomMemberships memberships() {
        return rooms.engine().memberships();
    }

    private Membership membership(UserId user) {
        return rooms.room(room).state().members().membership(rooms.number(user));
    }

    /// Memberships of the same rooms, with something that happens, once, when they have looked at
    /// the target and look at who acts.
    private RoomMemberships interrupted() {
        RoomEngine engine = rooms.engine();
        return new RoomMemberships(
                engine.pipeline(),
                engine.rooms(),
                interrupted(rooms.stores()),
                rooms.database().journal(),
                engine.profiles(),
                engine.joins(),
                SERVER);
    }

    private Stores interrupted(Stores stores) {
        try {
            RecordComponent[] components = Stores.class.getRecordComponents();
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
            Object[] parts = new Object[components.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] =
                        types[i] == IdentifierStore.class
                                ? interrupted(stores.identifiers())
                                : components[i].getAccessor().invoke(stores);
            }
            return Stores.class.getDeclaredConstructor(types).newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private IdentifierStore interrupted(IdentifierStore identifiers) {
        return (IdentifierStore)
                Proxy.newProxyInstance(
                        IdentifierStore.class.getClassLoader(),
                        new Class<?>[] {IdentifierStore.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("findUser") && ALICE.equals(arguments[0])) {
                                Runnable once = meanwhile;
                                meanwhile = () -> {};
                                once.run();
                            }
                            try {
                                return method.invoke(identifiers, arguments);
                            } catch (InvocationTargetException e) {
                                throw Objects.requireNonNull(e.getCause());
                            }
                        });
    }
}
