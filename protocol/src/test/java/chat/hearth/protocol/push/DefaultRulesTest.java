package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.protocol.auth.Creators;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultRulesTest {
    private static final String ALICE = "@alice:example.org";

    @ParameterizedTest(name = "{0} in a room of {1}, sender at {2}: {3}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            textBlock =
                    """
                    {'type':'m.room.message','content':{'body':'hi','msgtype':'m.text'}} ; 3 ; 0 ; .m.rule.message         ; true  ; false ; -
                    {'type':'m.room.message','content':{'body':'hi','msgtype':'m.text'}} ; 2 ; 0 ; .m.rule.room_one_to_one ; true  ; false ; default
                    {'type':'m.room.message','content':{'body':'hi','msgtype':'m.notice'}} ; 2 ; 0 ; .m.rule.suppress_notices ; false ; false ; -
                    {'type':'m.room.message','content':{'body':'alice'}}                 ; 3 ; 0 ; .m.rule.message         ; true  ; false ; -
                    {'type':'m.room.encrypted','content':{}}                             ; 3 ; 0 ; .m.rule.encrypted       ; true  ; false ; -
                    {'type':'m.room.encrypted','content':{}}                             ; 2 ; 0 ; .m.rule.encrypted_room_one_to_one ; true ; false ; default
                    {'type':'m.call.invite','content':{}}                                ; 3 ; 0 ; .m.rule.call            ; true  ; false ; ring
                    {'type':'m.room.member','state_key':'@alice:example.org','content':{'membership':'invite'}} ; 3 ; 0 ; .m.rule.invite_for_me ; true ; false ; default
                    {'type':'m.room.member','state_key':'@bob:example.org','content':{'membership':'invite'}} ; 3 ; 0 ; .m.rule.member_event ; false ; false ; -
                    {'type':'m.room.member','state_key':'@alice:example.org','content':{'membership':'join'}} ; 3 ; 0 ; .m.rule.member_event ; false ; false ; -
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'user_ids':['@bob:x','@alice:example.org']}}} ; 3 ; 0 ; .m.rule.is_user_mention ; true ; true ; default
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'user_ids':['@bob:x']}}} ; 3 ; 0 ; .m.rule.message ; true ; false ; -
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'user_ids':'@alice:example.org'}}} ; 3 ; 0 ; .m.rule.message ; true ; false ; -
                    {'type':'m.any','content':{'m.mentions':{'user_ids':['@alice:example.org']}}} ; 3 ; 0 ; .m.rule.is_user_mention ; true ; true ; default
                    {'type':'m.room.message','content':{'body':'x','msgtype':'m.notice','m.mentions':{'user_ids':['@alice:example.org']}}} ; 3 ; 0 ; .m.rule.suppress_notices ; false ; false ; -
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'room':true}}} ; 3 ; 50 ; .m.rule.is_room_mention ; true ; true ; -
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'room':true}}} ; 3 ; 49 ; .m.rule.message ; true ; false ; -
                    {'type':'m.room.message','content':{'body':'x','m.mentions':{'room':'true'}}} ; 3 ; 50 ; .m.rule.message ; true ; false ; -
                    {'type':'m.room.tombstone','state_key':'','content':{}}              ; 3 ; 0 ; .m.rule.tombstone       ; true  ; true  ; -
                    {'type':'m.room.tombstone','content':{}}                             ; 3 ; 0 ; -                       ; false ; false ; -
                    {'type':'m.reaction','content':{}}                                   ; 3 ; 0 ; .m.rule.reaction        ; false ; false ; -
                    {'type':'m.room.server_acl','state_key':'','content':{}}             ; 3 ; 0 ; .m.rule.room.server_acl ; false ; false ; -
                    {'type':'m.room.message','content':{'body':'x','m.relates_to':{'rel_type':'m.replace'}}} ; 2 ; 0 ; .m.rule.suppress_edits ; false ; false ; -
                    {'type':'m.room.topic','state_key':'','content':{'topic':'x'}}       ; 3 ; 0 ; -                       ; false ; false ; -
                    {'type':'m.room.message','sender':'@alice:example.org','content':{'body':'x','m.mentions':{'user_ids':['@alice:example.org']}}} ; 2 ; 0 ; - ; false ; false ; -
                    """)
    void theDefaultsDecide(
            String event,
            long members,
            long senderLevel,
            String ruleId,
            boolean notifies,
            boolean highlights,
            String sound) {
        var room = new RoomFacts(members, senderLevel, _ -> 50);
        PushOutcome outcome =
                NotifyClass.DEFAULT
                        .evaluate(TestEvent.of(event), room)
                        .outcomeFor(new Recipient(ALICE, "alice"));
        assertEquals(ruleId, outcome.ruleId());
        assertEquals(notifies, outcome.notifies());
        assertEquals(highlights, outcome.highlights());
        assertEquals(sound, outcome.sound());
    }

    @Test
    void onlyTheNamedUsersDifferFromPlainMembers() {
        PushEvent event =
                TestEvent.of(
                        "{'type':'m.room.message','content':{'body':'x','m.mentions':{'user_ids':"
                                + "['@bob:x','@alice:example.org','@bob:x',7,'@sender:example.org']}}}");
        NotifyVerdict verdict = NotifyClass.DEFAULT.evaluate(event, new RoomFacts(9, 0, _ -> 50));
        Map<String, PushOutcome> exceptions = verdict.exceptions();
        assertEquals(List.of("@bob:x", ALICE), List.copyOf(exceptions.keySet()));
        exceptions.values().forEach(each -> assertEquals(true, each.highlights()));
        assertEquals(".m.rule.message", verdict.plain().ruleId());
        assertFalse(verdict.asksDisplayNames());
    }

    @Test
    void aRoomMentionHighlightsEveryPlainMember() {
        PushEvent event = TestEvent.of("{'content':{'m.mentions':{'room':true}}}");
        NotifyVerdict verdict = NotifyClass.DEFAULT.evaluate(event, new RoomFacts(9, 50, _ -> 50));
        assertEquals(true, verdict.plain().highlights());
        assertEquals(Map.of(), verdict.exceptions());
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {}              ; 50                  ; true
                    {}              ; 49                  ; false
                    {'room':20}     ; 20                  ; true
                    {'room':20}     ; 19                  ; false
                    {'room':'20'}   ; 19                  ; false
                    {'room':'20'}   ; 20                  ; true
                    {'room':'x'}    ; 49                  ; false
                    {'room':100}    ; 9223372036854775807 ; true
                    {'other':0}     ; 49                  ; false
                    """)
    void theRoomSaysWhoMayMentionIt(String notifications, long level, boolean may) {
        JsonObject content = TestEvent.json("{'notifications':" + notifications + "}");
        var creators = new Creators(Set.of(), false);
        PowerLevels levels = PowerLevels.of(RoomVersion.V9.rules(), creators, content);
        var room = new RoomFacts(9, level, levels::notification);
        assertEquals(may, room.senderMayNotify("room"));
    }
}
