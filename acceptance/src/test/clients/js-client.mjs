// Drives an unmodified matrix-js-sdk by commands: one JSON object a line on standard input, one answer a line
// on standard output. Every verb goes through the SDK's own calls and its own sync loop, so what this proves is
// what an application built on the SDK sees.
import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";

const WAIT_MS = Number(process.env.CLIENT_WAIT_MS ?? 30000);
const baseUrl = process.argv[2];
let client;

logger.setLevel("warn", false);
for (const level of ["log", "info", "warn", "error", "debug", "trace"]) {
    console[level] = (...parts) => process.stderr.write(parts.map(String).join(" ") + "\n");
}

/** Waits until probe gives something truthy, asking again whenever the SDK tells that anything changed. */
async function until(what, probe) {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
        const found = probe();
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`nothing within ${WAIT_MS} ms: ${what}`);
        await new Promise((done) => setTimeout(done, 20));
    }
}

const room = (id) => until(`room ${id}`, () => client.getRoom(id));

async function eventsOf(id) {
    return (await room(id)).getLiveTimeline().getEvents();
}

async function awaitEvent(id, what, test) {
    const timeline = (await room(id)).getLiveTimeline();
    return until(what, () => timeline.getEvents().find((event) => event.status === null && test(event)));
}

const relation = (event) => event.getWireContent()["m.relates_to"] ?? {};

const verbs = {
    async register({ user, password }) {
        const anonymous = sdk.createClient({ baseUrl });
        let session;
        try {
            await anonymous.registerRequest({ username: user, password });
            throw new Error("the server asked for no authentication stage");
        } catch (error) {
            if (error.httpStatus !== 401) throw error;
            session = error.data.session;
        }
        const answer = await anonymous.registerRequest({
            username: user,
            password,
            auth: { type: "m.login.dummy", session },
        });
        return { user_id: answer.user_id };
    },

    async login({ user, password }) {
        const answer = await sdk.createClient({ baseUrl }).loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
        });
        client = sdk.createClient({
            baseUrl,
            userId: answer.user_id,
            deviceId: answer.device_id,
            accessToken: answer.access_token,
        });
        await client.startClient({ initialSyncLimit: 20, lazyLoadMembers: true, pollTimeout: 5000 });
        await until("first sync", () => client.isInitialSyncComplete());
        return { user_id: answer.user_id, device_id: answer.device_id };
    },

    async create_room({ alias, name, preset }) {
        const answer = await client.createRoom({ room_alias_name: alias, name, preset });
        return { room_id: answer.room_id };
    },

    async invite({ room_id, user_id }) {
        await client.invite(room_id, user_id);
        return {};
    },

    async await_invite({ room_id }) {
        await until("invite", () => client.getRoom(room_id)?.getMyMembership() === "invite");
        return {};
    },

    async join({ room }) {
        const joined = await client.joinRoom(room);
        await until("own join", () => client.getRoom(joined.roomId)?.getMyMembership() === "join");
        return { room_id: joined.roomId };
    },

    async send({ room_id, body }) {
        return { event_id: (await client.sendTextMessage(room_id, body)).event_id };
    },

    async send_many({ room_id, count, prefix }) {
        for (let n = 0; n < count; n++) await client.sendTextMessage(room_id, `${prefix}${n}`);
        return { count };
    },

    async await_message({ room_id, body }) {
        const event = await awaitEvent(room_id, `message ${body}`, (e) => e.getContent().body === body);
        return { event_id: event.getId(), sender: event.getSender() };
    },

    async typing({ room_id, on }) {
        await client.sendTyping(room_id, on, 20000);
        return {};
    },

    async await_typing({ room_id, user_id, on }) {
        const within = await room(room_id);
        await until("typing", () => (within.getMember(user_id)?.typing ?? false) === on);
        return {};
    },

    async read({ room_id, event_id }) {
        const event = await awaitEvent(room_id, `event ${event_id}`, (e) => e.getId() === event_id);
        await client.sendReadReceipt(event);
        return {};
    },

    async await_receipt({ room_id, user_id, event_id }) {
        const within = await room(room_id);
        await until("receipt", () => within.getEventReadUpTo(user_id) === event_id);
        return {};
    },

    async page_back({ room_id, count, prefix }) {
        const within = await room(room_id);
        const bodies = () =>
            within
                .getLiveTimeline()
                .getEvents()
                .map((e) => e.getContent().body)
                .filter((body) => body?.startsWith(prefix));
        let before = -1;
        while (bodies().length < count && within.getLiveTimeline().getEvents().length !== before) {
            before = within.getLiveTimeline().getEvents().length;
            await client.scrollback(within, 100);
        }
        return { bodies: bodies() };
    },

    async edit({ room_id, event_id, body }) {
        const answer = await client.sendMessage(room_id, {
            "msgtype": "m.text",
            "body": `* ${body}`,
            "m.new_content": { msgtype: "m.text", body },
            "m.relates_to": { rel_type: "m.replace", event_id },
        });
        return { event_id: answer.event_id };
    },

    async await_edit({ room_id, event_id, body }) {
        const event = await awaitEvent(room_id, `event ${event_id}`, (e) => e.getId() === event_id);
        await until("edit", () => event.replacingEvent() && event.getContent().body === body);
        return {};
    },

    async react({ room_id, event_id, key }) {
        const answer = await client.sendEvent(room_id, "m.reaction", {
            "m.relates_to": { rel_type: "m.annotation", event_id, key },
        });
        return { event_id: answer.event_id };
    },

    async await_reaction({ room_id, event_id, key }) {
        const event = await awaitEvent(room_id, "reaction", (e) => {
            return e.getType() === "m.reaction" && relation(e).event_id === event_id && relation(e).key === key;
        });
        return { event_id: event.getId(), sender: event.getSender() };
    },

    async redact({ room_id, event_id }) {
        return { event_id: (await client.redactEvent(room_id, event_id)).event_id };
    },

    async await_redaction({ room_id, event_id }) {
        const event = await awaitEvent(room_id, `event ${event_id}`, (e) => e.getId() === event_id);
        await until("redaction", () => event.isRedacted());
        return { keys: Object.keys(event.getContent()) };
    },

    async leave({ room_id }) {
        await client.leave(room_id);
        await until("own leave", () => (client.getRoom(room_id)?.getMyMembership() ?? "leave") === "leave");
        return {};
    },

    async await_leave({ room_id, user_id }) {
        const within = await room(room_id);
        await until("leave", () => within.getMember(user_id)?.membership === "leave");
        return {};
    },

    async event_ids({ room_id }) {
        return { event_ids: (await eventsOf(room_id)).map((event) => event.getId()) };
    },

    async stop() {
        client?.stopClient();
        setTimeout(() => process.exit(0), 50);
        return {};
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { verb, args } = JSON.parse(line);
    let answer;
    try {
        answer = { ok: await verbs[verb](args) };
    } catch (error) {
        answer = { error: `${error.name}: ${error.message}` };
        process.stderr.write(`${verb}: ${error.stack}\n`);
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
}
