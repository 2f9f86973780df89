package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Recipient ALICE = new Recipient("@alice:example.org", "Alice (*away*)");

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {'kind':'event_match','key':'content.topic','pattern':'lunc?*'} ; {'content':{'topic':'Lunch plans'}} ; true
                    {'kind':'event_match','key':'content.topic','pattern':'lunc?*'} ; {'content':{'topic':'LUNCH'}}       ; true
                    {'kind':'event_match','key':'content.topic','pattern':'lunc?*'} ; {'content':{'topic':' lunch'}}      ; false
                    {'kind':'event_match','key':'content.topic','pattern':'lunc?*'} ; {'content':{'topic':'lunc'}}        ; false
                    {'kind':'event_match','key':'content.topic','pattern':'lunc?*'} ; {'content':{'topic':null}}          ; false
                    {'kind':'event_match','key':'content.topic','pattern':'*'}      ; {'content':{}}                      ; false
                    {'kind':'event_match','key':'content.topic','pattern':'*'}      ; {'content':{'topic':1}}             ; false
                    {'kind':'event_match','key':'content.body','pattern':'ex*ple'}  ; {'content':{'body':'An example event.'}} ; true
                    {'kind':'event_match','key':'content.body','pattern':'ex*ple'}  ; {'content':{'body':'exple'}}        ; true
                    {'kind':'event_match','key':'content.body','pattern':'ex*ple'}  ; {'content':{'body':'An exciting triple-whammy'}} ; true
                    {'kind':'event_match','key':'content.body','pattern':'ex*ple'}  ; {'content':{'body':'examples'}}     ; false
                    {'kind':'event_match','key':'content.m\\\\.x.y','pattern':'a'}  ; {'content':{'m.x':{'y':'A'}}}       ; true
                    {'kind':'event_match','key':'content.m.x.y','pattern':'a'}      ; {'content':{'m.x':{'y':'a'}}}       ; false
                    {'kind':'event_match','key':'room_id','pattern':'!room:example.org'} ; {}                             ; true
                    {'kind':'event_match','key':'sender','pattern':'@sender:*'}     ; {}                                  ; true
                    {'kind':'event_match','key':'state_key','pattern':''}           ; {'state_key':''}                    ; true
                    {'kind':'event_match','key':'state_key','pattern':''}           ; {}                                  ; false
                    {'kind':'event_match','key':'type'}                             ; {}                                  ; false
                    {'kind':'event_property_is','key':'content.m\\\\.federate','value':true} ; {'content':{'m.federate':true}}   ; true
                    {'kind':'event_property_is','key':'content.m\\\\.federate','value':true} ; {'content':{'m.federate':'true'}} ; false
                    {'kind':'event_property_is','key':'content.m\\\\.federate','value':true} ; {'content':{'m.federate':1}}      ; false
                    {'kind':'event_property_is','key':'content.a','value':'X'}      ; {'content':{'a':'x'}}               ; false
                    {'kind':'event_property_is','key':'content.a','value':5}        ; {'content':{'a':5}}                 ; true
                    {'kind':'event_property_is','key':'content.a','value':5}        ; {'content':{'a':5.0}}               ; false
                    {'kind':'event_property_is','key':'content.a','value':null}     ; {'content':{'a':null}}              ; true
                    {'kind':'event_property_is','key':'content.a','value':null}     ; {'content':{}}                      ; false
                    {'kind':'event_property_is','key':'content.a','value':{}}       ; {'content':{'a':{}}}                ; false
                    {'kind':'event_property_is','key':'content.a'}                  ; {'content':{'a':null}}              ; false
                    {'kind':'event_property_contains','key':'content.l','value':'b'} ; {'content':{'l':['a','b']}}        ; true
                    {'kind':'event_property_contains','key':'content.l','value':'b'} ; {'content':{'l':['ab',['b']]}}     ; false
                    {'kind':'event_property_contains','key':'content.l','value':'b'} ; {'content':{'l':'b'}}              ; false
                    {'kind':'event_property_contains','key':'content.l','value':1}  ; {'content':{'l':[{},1]}}            ; true
                    {'kind':'event_property_contains','key':'content.l','value':[]} ; {'content':{'l':[[]]}}              ; false
                    {'kind':'contains_display_name'} ; {'content':{'body':'hello alice (*AWAY*)!'}} ; true
                    {'kind':'contains_display_name'} ; {'content':{'body':'hello alice (far away)'}} ; false
                    {'kind':'contains_display_name'} ; {'content':{'body':'malice (*away*)'}} ; false
                    {'kind':'contains_display_name'} ; {'content':{'topic':'alice (*away*)'}} ; false
                    {'kind':'room_member_count','is':'7'}                           ; {} ; true
                    {'kind':'room_member_count','is':'==7'}                         ; {} ; true
                    {'kind':'room_member_count','is':'>=7'}                         ; {} ; true
                    {'kind':'room_member_count','is':'<=7'}                         ; {} ; true
                    {'kind':'room_member_count','is':'<7'}                          ; {} ; false
                    {'kind':'room_member_count','is':'>7'}                          ; {} ; false
                    {'kind':'room_member_count','is':'>6'}                          ; {} ; true
                    {'kind':'room_member_count','is':'<8'}                          ; {} ; true
                    {'kind':'room_member_count','is':'6'}                           ; {} ; false
                    {'kind':'room_member_count','is':'=7'}                          ; {} ; false
                    {'kind':'room_member_count','is':'seven'}                       ; {} ; false
                    {'kind':'room_member_count','is':''}                            ; {} ; false
                    {'kind':'room_member_count','is':'<99999999999999999999999'}    ; {} ; false
                    {'kind':'room_member_count'}                                    ; {} ; false
                    {'kind':'sender_notification_permission','key':'room'}          ; {} ; true
                    {'kind':'sender_notification_permission','key':'high'}          ; {} ; false
                    {'kind':'sender_notification_permission'}                       ; {} ; false
                    {'kind':'device','profile_tag':'x'}                             ; {} ; false
                    """)
    void aConditionHolds(String condition, String event, boolean expected) {
        UserPushRules rules = override("{'conditions':[" + condition + "],'actions':['notify']}");
        assertEquals(expected ? "mine" : null, ruleFor(rules, event));
    }

    @Test
    void allConditionsMustHold() {
        String holds = "{'kind':'event_match','key':'type','pattern':'m.test'}";
        String fails = "{'kind':'event_match','key':'type','pattern':'m.other'}";
        String body = "{'conditions':[%s,%s],'actions':[]}";
        assertEquals("mine", ruleFor(override(body.formatted(holds, holds)), "{}"));
        assertEquals(null, ruleFor(override(body.formatted(holds, fails)), "{}"));
        assertEquals("mine", ruleFor(override("{'actions':[]}"), "{}"));
    }

    @Test
    void aMemberWithoutDisplayNameIsNotCalledByIt() {
        UserPushRules rules =
                override("{'conditions':[{'kind':'contains_display_name'}],'actions':[]}");
        NotifyVerdict verdict = NotifyClass.of(rules).evaluate(TestEvent.message(" null "), room());
        assertEquals(true, verdict.asksDisplayNames());
        for (@Nullable String name : Arrays.asList(null, "", "  ")) {
            var recipient = new Recipient("@alice:example.org", name);
            assertEquals(".m.rule.message", verdict.outcomeFor(recipient).ruleId());
        }
    }

    private static UserPushRules override(String body) {
        return UserPushRules.NONE.put(RuleKind.OVERRIDE, "mine", TestEvent.json(body), null, null);
    }

    private static @Nullable String ruleFor(UserPushRules rules, String event) {
        return NotifyClass.of(rules)
                .evaluate(TestEvent.of(event), room())
                .outcomeFor(ALICE)
                .ruleId();
    }

    private static RoomFacts room() {
        return new RoomFacts(7, 50, kind -> kind.equals("high") ? 51 : 50);
    }
}
