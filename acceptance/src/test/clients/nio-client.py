"""Drives an unmodified matrix-nio by commands: one JSON object a line on standard input, one answer a line on
standard output. Every verb goes through nio's own calls and its own sync loop."""

import asyncio
import json
import os
import sys
import time
import traceback

import nio

WAIT_SECONDS = int(os.environ.get("CLIENT_WAIT_MS", "30000")) / 1000
PAGE = 100


def checked(answer):
    """nio hands errors back as values; a verb that met one has failed."""
    if isinstance(answer, nio.ErrorResponse):
        raise RuntimeError(f"{type(answer).__name__}: {answer.status_code} {answer.message}")
    return answer


class Driver:
    def __init__(self, base_url):
        self.base_url = base_url
        self.client = None
        self.syncing = None
        self.events = {}
        self.order = {}
        self.receipts = {}

    # What the sync loop has shown so far.

    def on_event(self, room, event):
        self.order.setdefault(room.room_id, []).append(event.event_id)
        self.events.setdefault(room.room_id, {})[event.event_id] = event.source

    def on_receipt(self, room, event):
        for receipt in event.receipts:
            self.receipts[(room.room_id, receipt.user_id)] = receipt.event_id

    async def until(self, what, probe):
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            found = probe()
            if found:
                return found
            if time.monotonic() > deadline:
                raise RuntimeError(f"nothing within {WAIT_SECONDS} s: {what}")
            await asyncio.sleep(0.02)

    async def event_where(self, room_id, what, test):
        def probe():
            return next((e for e in self.events.get(room_id, {}).values() if test(e)), None)

        return await self.until(what, probe)

    # The verbs.

    async def register(self, user, password):
        anonymous = nio.AsyncClient(self.base_url)
        try:
            return {"user_id": checked(await anonymous.register(user, password)).user_id}
        finally:
            await anonymous.close()

    async def login(self, user, password):
        self.client = nio.AsyncClient(self.base_url, user)
        answer = checked(await self.client.login(password))
        self.client.add_event_callback(self.on_event, nio.Event)
        self.client.add_ephemeral_callback(self.on_receipt, nio.ReceiptEvent)
        self.syncing = asyncio.create_task(self.client.sync_forever(timeout=5000, full_state=True))
        await asyncio.wait_for(self.client.synced.wait(), WAIT_SECONDS)
        return {"user_id": answer.user_id, "device_id": answer.device_id}

    async def create_room(self, alias, name, preset):
        answer = await self.client.room_create(alias=alias, name=name, preset=nio.RoomPreset(preset))
        return {"room_id": checked(answer).room_id}

    async def invite(self, room_id, user_id):
        checked(await self.client.room_invite(room_id, user_id))
        return {}

    async def await_invite(self, room_id):
        await self.until("invite", lambda: room_id in self.client.invited_rooms)
        return {}

    async def join(self, room):
        room_id = checked(await self.client.join(room)).room_id
        await self.until("own join", lambda: room_id in self.client.rooms)
        return {"room_id": room_id}

    async def post(self, room_id, kind, content):
        return {"event_id": checked(await self.client.room_send(room_id, kind, content)).event_id}

    async def send(self, room_id, body):
        return await self.post(room_id, "m.room.message", {"msgtype": "m.text", "body": body})

    async def send_many(self, room_id, count, prefix):
        for n in range(count):
            await self.send(room_id, f"{prefix}{n}")
        return {"count": count}

    async def await_message(self, room_id, body):
        event = await self.event_where(room_id, f"message {body}", lambda e: e["content"].get("body") == body)
        return {"event_id": event["event_id"], "sender": event["sender"]}

    async def typing(self, room_id, on):
        checked(await self.client.room_typing(room_id, on, timeout=20000))
        return {}

    async def await_typing(self, room_id, user_id, on):
        await self.until("typing", lambda: (user_id in self.client.rooms[room_id].typing_users) == on)
        return {}

    async def read(self, room_id, event_id):
        checked(await self.client.update_receipt_marker(room_id, event_id))
        return {}

    async def await_receipt(self, room_id, user_id, event_id):
        await self.until("receipt", lambda: self.receipts.get((room_id, user_id)) == event_id)
        return {}

    async def page_back(self, room_id, count, prefix):
        bodies, token, seen = [], self.client.next_batch, set()
        while len(bodies) < count:
            page = checked(await self.client.room_messages(room_id, start=token, limit=PAGE))
            for event in page.chunk:
                body = event.source["content"].get("body", "")
                if body.startswith(prefix) and event.event_id not in seen:
                    seen.add(event.event_id)
                    bodies.insert(0, body)
            if not page.end or page.end == token:
                break
            token = page.end
        return {"bodies": bodies}

    async def edit(self, room_id, event_id, body):
        content = {
            "msgtype": "m.text",
            "body": f"* {body}",
            "m.new_content": {"msgtype": "m.text", "body": body},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
        }
        return await self.post(room_id, "m.room.message", content)

    async def await_edit(self, room_id, event_id, body):
        def test(event):
            relation = event["content"].get("m.relates_to", {})
            edited = event["content"].get("m.new_content", {}).get("body")
            return relation.get("event_id") == event_id and relation.get("rel_type") == "m.replace" and edited == body

        await self.event_where(room_id, "edit", test)
        return {}

    async def react(self, room_id, event_id, key):
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.post(room_id, "m.reaction", {"m.relates_to": relation})

    async def await_reaction(self, room_id, event_id, key):
        def test(event):
            relation = event["content"].get("m.relates_to", {})
            return event["type"] == "m.reaction" and (relation.get("event_id"), relation.get("key")) == (event_id, key)

        event = await self.event_where(room_id, "reaction", test)
        return {"event_id": event["event_id"], "sender": event["sender"]}

    async def redact(self, room_id, event_id):
        return {"event_id": checked(await self.client.room_redact(room_id, event_id)).event_id}

    async def await_redaction(self, room_id, event_id):
        def test(event):
            return event["type"] == "m.room.redaction" and event_id in (
                event.get("redacts"),
                event["content"].get("redacts"),
            )

        await self.event_where(room_id, "redaction", test)
        answer = checked(await self.client.room_get_event(room_id, event_id))
        return {"keys": list(answer.event.source["content"])}

    async def leave(self, room_id):
        checked(await self.client.room_leave(room_id))
        # nio keeps a left room in its own list, so the server is asked.
        if room_id in checked(await self.client.joined_rooms()).rooms:
            raise RuntimeError("the room is still joined after leaving it")
        return {}

    async def await_leave(self, room_id, user_id):
        await self.until("leave", lambda: user_id not in self.client.rooms[room_id].users)
        return {}

    async def event_ids(self, room_id):
        return {"event_ids": self.order.get(room_id, [])}

    async def stop(self):
        if self.syncing:
            self.syncing.cancel()
        if self.client:
            await self.client.close()
        return {}


async def main():
    driver = Driver(sys.argv[1])
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        command = json.loads(line)
        try:
            answer = {"ok": await getattr(driver, command["verb"])(**command["args"])}
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
        if command["verb"] == "stop":
            return


asyncio.run(main())
