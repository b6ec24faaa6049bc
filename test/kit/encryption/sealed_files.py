# Files and envelopes as another program makes and reads them: from the standards (XEP-0420, 0446, 0447, 0448, 0363), with Python's own XML and HTTP
# and Debian's python3-cryptography. Nothing of ours is in it.
import base64
import datetime
import hashlib
import os
import urllib.request
import xml.etree.ElementTree as ET

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CLIENT = "{jabber:client}"
SCE = "{urn:xmpp:sce:1}"
UPLOAD = "{urn:xmpp:http:upload:0}"
SHARING = "{urn:xmpp:sfs:0}"
METADATA = "{urn:xmpp:file:metadata:0}"
ENCRYPTED = "{urn:xmpp:esfs:0}"
HASHES = "{urn:xmpp:hashes:2}"
URL = "{http://jabber.org/protocol/url-data}"
CIPHER = "urn:xmpp:ciphers:aes-256-gcm-nopadding:0"
PATIENCE_S = 30


def text_of(data):
    return base64.b64encode(data).decode()


class SealedFile:
    def __init__(self, data, name, media_type):
        self.name, self.media_type, self.size = name, media_type, len(data)
        self.digest = hashlib.sha256(data).digest()
        self.key, self.iv = AESGCM.generate_key(256), os.urandom(12)
        self.sealed = AESGCM(self.key).encrypt(self.iv, data, None)

    def slot_request(self):
        facts = {"filename": os.urandom(8).hex(), "size": str(len(self.sealed)), "content-type": "application/octet-stream"}
        return ET.tostring(ET.Element(UPLOAD + "request", facts), encoding="unicode")

    def put(self, slot):
        place = ET.fromstring(slot).find(UPLOAD + "put")
        headers = {one.get("name"): one.text for one in place.findall(UPLOAD + "header")}
        headers["Content-Type"] = "application/octet-stream"
        request = urllib.request.Request(place.get("url"), data=self.sealed, method="PUT", headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            if answer.status not in (200, 201):
                raise ValueError(answer.status)
        return ET.fromstring(slot).find(UPLOAD + "get").get("url")

    def element(self, url, caption):
        sharing = ET.Element(SHARING + "file-sharing", {"disposition": "attachment"})
        file = ET.SubElement(sharing, METADATA + "file")
        facts = {"media-type": self.media_type, "name": self.name, "size": str(self.size), "desc": caption}
        for tag, words in facts.items():
            ET.SubElement(file, METADATA + tag).text = words
        ET.SubElement(file, HASHES + "hash", {"algo": "sha-256"}).text = text_of(self.digest)
        sources = ET.SubElement(sharing, SHARING + "sources")
        encrypted = ET.SubElement(sources, ENCRYPTED + "encrypted", {"cipher": CIPHER})
        ET.SubElement(encrypted, ENCRYPTED + "key").text = text_of(self.key)
        ET.SubElement(encrypted, ENCRYPTED + "iv").text = text_of(self.iv)
        inner = ET.SubElement(encrypted, SHARING + "sources")
        ET.SubElement(inner, URL + "url-data", {"target": url})
        return sharing


def body(words):
    element = ET.Element(CLIENT + "body")
    element.text = words
    return element


def write_envelope(content, sender, recipient):
    envelope = ET.Element(SCE + "envelope")
    inside = ET.SubElement(envelope, SCE + "content")
    inside.append(content)
    ET.SubElement(envelope, SCE + "rpad").text = text_of(os.urandom(24))
    ET.SubElement(envelope, SCE + "from", {"jid": sender})
    ET.SubElement(envelope, SCE + "to", {"jid": recipient})
    now = datetime.datetime.now(datetime.timezone.utc)
    ET.SubElement(envelope, SCE + "time", {"stamp": now.strftime("%Y-%m-%dT%H:%M:%SZ")})
    return ET.tostring(envelope)


def read_envelope(data):
    envelope = ET.fromstring(data)
    content = envelope.find(SCE + "content")
    file = content.find(SHARING + "file-sharing")
    told = {"from": envelope.find(SCE + "from").get("jid"), "text": content.findtext(CLIENT + "body")}
    recipient = envelope.find(SCE + "to")
    if recipient is not None:
        told["to"] = recipient.get("jid")
    if file is not None:
        about = file.find(METADATA + "file")
        told["text"] = about.findtext(METADATA + "desc")
        told["file"] = {"name": about.findtext(METADATA + "name"), "type": about.findtext(METADATA + "media-type")}
    return told


# All that the message promised of its file is looked at: size, tag and hash.
def fetch_file(data):
    sharing = ET.fromstring(data).find(SCE + "content").find(SHARING + "file-sharing")
    about = sharing.find(METADATA + "file")
    encrypted = sharing.find(SHARING + "sources").find(ENCRYPTED + "encrypted")
    if encrypted.get("cipher") != CIPHER:
        raise ValueError(encrypted.get("cipher"))
    key, iv = (base64.b64decode(encrypted.findtext(ENCRYPTED + tag)) for tag in ("key", "iv"))
    url = encrypted.find(SHARING + "sources").find(URL + "url-data").get("target")
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
        plain = AESGCM(key).decrypt(iv, answer.read(), None)
    digest = next(one for one in about.findall(HASHES + "hash") if one.get("algo") == "sha-256")
    if hashlib.sha256(plain).digest() != base64.b64decode(digest.text):
        raise ValueError("another hash")
    if len(plain) != int(about.findtext(METADATA + "size")):
        raise ValueError("another size")
    return plain
