-- People of this host reach this host and its own services only: hosts of one server are strangers to each other.
local st = require "util.stanza";
local host_of = require "util.jid".host;

local here = module.host;
local below = "." .. here;
local FIRST = 1000; -- before archives and any other hook sees the stanza

local function is_ours(host)
	return host == nil or host == here or host:sub(-#below) == below;
end

-- Answering these would start a loop, or tell a stranger that somebody is there.
local function wants_no_answer(stanza)
	local kind = stanza.attr.type;
	return stanza.name == "presence" or kind == "error" or kind == "result";
end

local function refuse_strangers(event)
	local origin, stanza = event.origin, event.stanza;
	if is_ours(host_of(stanza.attr.to)) then return; end
	if not wants_no_answer(stanza) then
		origin.send(st.error_reply(stanza, "cancel", "forbidden", "Another organisation cannot be reached"));
	end
	return true;
end

for _, name in ipairs { "message", "iq", "presence" } do
	for _, target in ipairs { "bare", "full", "host" } do
		module:hook("pre-" .. name .. "/" .. target, refuse_strangers, FIRST);
	end
end
