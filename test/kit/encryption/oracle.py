# Somebody else's OMEMO, behind a pipe: one JSON request a line, one JSON answer a line. It runs as a process of its own and never ships.
import asyncio
import base64
import json
import logging
import sys
import warnings

import oldmemo
import oldmemo.etree
import omemo.storage
import twomemo
import twomemo.etree
import x3dh
import xml.etree.ElementTree as ET
from omemo.storage import Just, Nothing

import sealed_files

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

# Few, and never taken away: this implementation works its way through all of them at each step.
PREKEYS = 5
PLAIN_KEY_LENGTH = {"omemo-2": 32, "legacy": 16}
IMPLEMENTATIONS = {"omemo-2": twomemo.twomemo, "legacy": oldmemo.oldmemo}
ELEMENTS = {"omemo-2": twomemo.etree, "legacy": oldmemo.etree}


class Memory(omemo.storage.Storage):
    def __init__(self):
        super().__init__(True)
        self.rows = {}

    async def _load(self, key):
        return Just(self.rows[key]) if key in self.rows else Nothing()

    async def _store(self, key, value):
        self.rows[key] = value

    async def _delete(self, key):
        self.rows.pop(key, None)


class Device:
    def __init__(self, dialect):
        self.dialect = dialect
        self.module = IMPLEMENTATIONS[dialect]
        backend = self.module.Twomemo if dialect == "omemo-2" else self.module.Oldmemo
        self.backend = backend(Memory())
        # By whom they are with.
        self.sessions = {}
        self.pending = {}
        self.written = None
        self.peer_negative = False

    def material(self, plaintext):
        length = PLAIN_KEY_LENGTH[self.dialect]
        return self.module.PlainKeyMaterialImpl(plaintext[:length], plaintext[length:])

    async def bundle(self):
        if self.written is None:
            await self.backend.generate_pre_keys(PREKEYS)
            bundle = await self.backend.get_bundle("theirs@b.test", 1)
            self.written = ET.tostring(ELEMENTS[self.dialect].serialize_bundle(bundle), encoding="unicode")
        return self.written

    async def begin(self, peer, xml):
        bundle = ELEMENTS[self.dialect].parse_bundle(ET.fromstring(xml), "ours@a.test", 2)
        # The first message is sealed with the session, so the session is made when there is one.
        self.pending[peer] = bundle

    async def seal(self, peer, plaintext):
        session = self.sessions.get(peer)
        if session is None:
            session, sealed = await self.backend.build_session_active("ours@a.test", 2, self.pending[peer], self.material(plaintext))
            self.sessions[peer] = session
        else:
            sealed = await self.backend.encrypt_key_material(session, self.material(plaintext))
        message = sealed.serialize()
        first = session.initiation is self.module.Initiation.ACTIVE and not session.confirmed
        if first:
            written = session.key_exchange.serialize(message)
            message = written[0] if isinstance(written, tuple) else written
        return {"bytes": message.hex(), "withExchange": first}

    async def open(self, peer, data, with_exchange):
        session = self.sessions.get(peer)
        exchange = None
        if with_exchange:
            parsed = self.module.KeyExchangeImpl.parse
            exchange, data = parsed(data) if self.dialect == "omemo-2" else parsed(data, self.peer_negative)
        material = self.module.EncryptedKeyMaterialImpl.parse(data, "ours@a.test", 2)
        if exchange is not None and (session is None or not session.key_exchange.builds_same_session(exchange)):
            self.sessions[peer], plain = await self.backend.build_session_passive("ours@a.test", 2, exchange, material)
        else:
            plain = await self.backend.decrypt_key_material(session, material)
        return (plain.key + plain.auth_tag).hex()

    async def seal_payload(self, plaintext):
        content, plain = await self.backend.encrypt_plaintext(plaintext)
        iv = getattr(content, "initialization_vector", b"")
        return {"payload": content.ciphertext.hex(), "keyAndTag": (plain.key + plain.auth_tag).hex(), "iv": iv.hex()}

    async def open_payload(self, payload, key_and_tag, iv):
        content = self.module.ContentImpl(payload) if self.dialect == "omemo-2" else self.module.ContentImpl(payload, iv)
        return (await self.backend.decrypt_plaintext(content, self.material(key_and_tag))).hex()


# What no device has a part in.
def answer_of_files(files, request):
    do, ends = request["do"], (request.get("from"), request.get("to"))
    if do == "write-words":
        return sealed_files.write_envelope(sealed_files.body(request["text"]), *ends).hex()
    if do == "read-envelope":
        return sealed_files.read_envelope(bytes.fromhex(request["bytes"]))
    if do == "fetch-file":
        return base64.b64encode(sealed_files.fetch_file(bytes.fromhex(request["bytes"]))).decode()
    if do == "seal-file":
        files.append(sealed_files.SealedFile(base64.b64decode(request["bytes"]), request["name"], request["type"]))
        return {"file": len(files) - 1, "request": files[-1].slot_request()}
    if do == "put-file":
        file = files[request["file"]]
        return sealed_files.write_envelope(file.element(file.put(request["slot"]), request["text"]), *ends).hex()
    raise ValueError(do)


async def answer(devices, files, request):
    do = request["do"]
    if do == "make":
        devices.append(Device(request["dialect"]))
        return len(devices) - 1
    if "device" not in request:
        return answer_of_files(files, request)
    device = devices[request["device"]]
    if do == "bundle":
        return await device.bundle()
    if do == "begin":
        return await device.begin(request["peer"], request["bundle"])
    if do == "seal":
        return await device.seal(request["peer"], bytes.fromhex(request["plaintext"]))
    if do == "open":
        return await device.open(request["peer"], bytes.fromhex(request["bytes"]), request["withExchange"])
    if do == "seal-payload":
        return await device.seal_payload(bytes.fromhex(request["plaintext"]))
    if do == "open-payload":
        return await device.open_payload(bytes.fromhex(request["payload"]), bytes.fromhex(request["keyAndTag"]), bytes.fromhex(request["iv"]))
    if do == "forget":
        device.sessions.clear()
        return None
    raise ValueError(do)


def why(error):
    while error is not None:
        if type(error).__name__ == "DuplicateMessageException":
            return "repeat"
        error = error.__cause__ or error.__context__
    return "refused"


async def main():
    devices, files = [], []
    for line in sys.stdin:
        try:
            said = {"value": await answer(devices, files, json.loads(line))}
        except Exception as error:
            said = {"why": why(error), "text": repr(error)}
        print(json.dumps(said), flush=True)


asyncio.run(main())
